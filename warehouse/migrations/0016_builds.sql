-- What each derived table was made of and what came of it: where nothing of the first has changed it is not made again.
create table ledger.builds (
    table_name varchar,
    -- Digest of everything that it was made of, and one of its rows in whatever order.
    inputs varchar,
    content varchar,
    rows bigint,
    made_at timestamptz,
    -- What its rules asked, of what, and the run that holds their verdicts.
    rules varchar,
    checked_by varchar
);
