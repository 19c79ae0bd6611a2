-- Raw payloads whose time was over: the row stays with the hash of what it held, its text is gone since then.
create table ledger.retention_cuts (
    system varchar,
    resource varchar,
    record_key varchar,
    version integer,
    content_hash varchar,
    cut_at timestamptz,
    -- The number of days that held then (reference.retention, raw_days).
    days integer
);
