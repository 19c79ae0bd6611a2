-- What was published: by which definitions, from what was known when, and what each table then held.
create table ledger.publications (
    version varchar,
    closing_date date,
    run_id varchar,
    published_at timestamptz,
    -- Versions first seen before this instant are those it was made of.
    cut_at timestamptz,
    reference_version varchar,
    versions varchar
);

create table ledger.published_tables (
    version varchar,
    table_name varchar,
    rows bigint,
    content_hash varchar
);

-- The files of objectives, targets, calendar, units and maps as they stood, each text once.
create table ledger.reference_texts (
    text_hash varchar,
    content varchar
);

create table ledger.reference_files (
    reference_version varchar,
    name varchar,
    position integer,
    file varchar,
    text_hash varchar
);

-- A run that computes a closing date as it was published then names that publication.
create table ledger.replays (
    run_id varchar,
    version varchar
);

-- The publication that the closing date in hand is compared with, and its figures.
create table ledger.compared (
    closing_date_before date,
    closing_date_after date,
    version varchar,
    published_at timestamptz,
    versions varchar
);

create table ledger.figures_before (
    indicator varchar,
    definition varchar,
    unit_code varchar,
    applicant_group varchar,
    period_calendar varchar,
    period_kind varchar,
    period_start date,
    period_end date,
    numerator bigint,
    denominator bigint,
    quarantined bigint
);

-- The records behind the newest two closing dates, to say what about them has changed.
create table ledger.published_dossiers (
    closing_date date,
    record_key varchar,
    dossier_code varchar,
    unit_code varchar,
    applicant_group varchar,
    is_aside boolean,
    is_counted boolean,
    accepted_on date,
    ended_on date,
    is_settled boolean,
    lateness integer,
    due_on_effective timestamp,
    due_on_statutory timestamp,
    is_paused boolean,
    classification varchar,
    source_facts varchar,
    source_end timestamp,
    source_pauses struct(started_at timestamp, ended_at timestamp)[]
);

create table ledger.published_records (
    closing_date date,
    indicator varchar,
    definition varchar,
    basis varchar,
    unit_code varchar,
    on_date date,
    record_key varchar,
    outcome varchar
);
