-- The layers, and the ledger of everything that was asked, built, checked and published.
create schema raw;
create schema staging;
create schema core;
create schema indicators;
create schema marts;
create schema reference;
create schema quarantine;

create table ledger.extractions (
    extraction_id bigint,
    run_id varchar,
    system varchar,
    resource varchar,
    window_from varchar,
    window_to varchar,
    cursor_before varchar,
    pages bigint,
    records bigint,
    landed bigint,
    duplicates bigint,
    refused bigint,
    bytes bigint,
    requests bigint,
    retries bigint,
    started_at timestamptz,
    ended_at timestamptz,
    outcome varchar,
    error varchar
);

create table ledger.cursors (
    system varchar,
    resource varchar,
    position varchar,
    updated_at timestamptz
);

create table ledger.runs (
    run_id varchar,
    closing_date date,
    started_at timestamptz,
    ended_at timestamptz,
    outcome varchar,
    version varchar,
    reason varchar
);

create table ledger.checks (
    run_id varchar,
    checked_table varchar,
    rule varchar,
    severity varchar,
    success boolean,
    unexpected_count bigint,
    element_count bigint,
    checked_at timestamptz
);

create table quarantine.records (
    checked_table varchar,
    system varchar,
    resource varchar,
    record_key varchar,
    rule varchar,
    message varchar,
    advice varchar,
    first_seen_at timestamptz,
    content_hash varchar
);

create table reference.closing (
    closing_date date,
    known_from date,
    known_until timestamptz,
    run_id varchar,
    org_code varchar
);
