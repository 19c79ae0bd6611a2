-- Since when a record has been set aside by a rule, by which version of it, and when it was released.
alter table quarantine.records add column rule_version varchar;

create table quarantine.history (
    checked_table varchar,
    system varchar,
    resource varchar,
    record_key varchar,
    rule varchar,
    rule_version varchar,
    message varchar,
    advice varchar,
    first_set_aside_at timestamptz,
    last_set_aside_at timestamptz,
    released_at timestamptz
);
