-- Raw tables are made when they are first landed or read (raw_tables.py); until then the view over all of them has no row.
create or replace view raw.versions as
select
    null::varchar as system,
    null::varchar as resource,
    null::varchar as record_key,
    null::integer as version,
    null::varchar as content_hash,
    null::varchar as source_updated_at,
    null::timestamptz as first_seen_at,
    null::timestamptz as last_seen_at,
    null::timestamptz as withdrawn_at,
    null::varchar as run_id
where false;
