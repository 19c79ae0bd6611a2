-- The chain of what was published and withdrawn, as it was written: number, name of the file without its ending, digest.
create table ledger.manifests (
    sequence bigint,
    name varchar,
    sha256 varchar
);
