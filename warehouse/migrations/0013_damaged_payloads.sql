-- Raw payloads that did not match their stored hash: as they were found, since when, and what put the right one back.
create table quarantine.damaged_payloads (
    system varchar,
    resource varchar,
    record_key varchar,
    version integer,
    content_hash varchar,
    payload varchar,
    found_at timestamptz,
    mended_at timestamptz,
    -- backup or source.
    mended_from varchar
);
