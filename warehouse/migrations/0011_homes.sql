-- What the home is, as told each time it became more: the newest row counts, all stay.
create table ledger.identities (
    number integer,
    noted_at timestamptz,
    identity varchar
);

-- The same for readers: no row, or one that says whether its data are invented.
create table reference.home (
    is_rehearsal boolean,
    notice varchar
);

-- Publications that were taken back: why, when, and which one was named afterwards (none: there was no other).
create table ledger.withdrawals (
    version varchar,
    run_id varchar,
    closing_date date,
    reason varchar,
    withdrawn_at timestamptz,
    version_after varchar
);
