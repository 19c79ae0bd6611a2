-- The keys for pseudonyms that came in place of an earlier one: each by its salted fingerprint, since when, by whom.
create table ledger.key_epochs (
    number integer,
    fingerprint varchar,
    since timestamptz,
    by_user varchar
);
