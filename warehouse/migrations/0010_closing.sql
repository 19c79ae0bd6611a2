-- Periods whose figures have been signed: each closing of a period by its number, and what it was made of.
create table ledger.closings (
    period varchar,
    number integer,
    period_start date,
    period_end date,
    closed_at timestamptz,
    -- What is computed as known before this instant knows nothing of the closing: just after its publication.
    known_at timestamptz,
    -- The publication whose figures were closed: its closing date, name, definitions, and the hash of its file.
    closing_date date,
    version varchar,
    versions varchar,
    file_sha256 varchar,
    figures bigint,
    -- Why a closed figure was changed; none at the first closing.
    reason varchar
);

-- The rows of marts.indicator_result as they were closed: all of them the first time, those that changed later.
create table ledger.closed_figures (
    period varchar,
    number integer,
    indicator varchar,
    definition varchar,
    is_headline boolean,
    unit_code varchar,
    unit_name varchar,
    is_rollup boolean,
    applicant_group varchar,
    period_calendar varchar,
    period_kind varchar,
    period_start date,
    period_end date,
    numerator bigint,
    denominator bigint,
    excluded bigint,
    quarantined bigint,
    doubtful bigint,
    actual double,
    lower_bound double,
    upper_bound double,
    operator varchar,
    target double,
    interim_target double,
    verdict varchar,
    verdict_reason varchar,
    failures_allowed bigint,
    successes_needed bigint,
    citation varchar,
    commitment_verb varchar,
    is_retrospective boolean,
    definition_version varchar,
    calendar_version varchar,
    is_example boolean,
    actual_last_year double,
    numerator_last_year bigint,
    denominator_last_year bigint,
    early bigint,
    on_time bigint
);
