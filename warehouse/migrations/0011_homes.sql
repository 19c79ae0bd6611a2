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
