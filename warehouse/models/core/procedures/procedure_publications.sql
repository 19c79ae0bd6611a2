-- Ngày công khai của từng TTHC theo quyết định: suy từ lần đầu quan sát thấy bản ghi mang quyết định, không đoán.
-- The wire has no day of publication. What we saw first on a day was published by then; what a whole reading did not
-- show was not there (staging.ledger__publication_looks). The first sight counts, whatever is clicked again (T26); a
-- record that carries a later decision has taken the earlier one in. What is rescinded is published when taken off.
with carried as (
    select
        procedure_code,
        decision_id,
        first_seen_at
    from staging.tthc__public_procedure_versions
    union all
    select
        record_key,
        decision_id,
        first_seen_at
    from staging.tthc__procedure_versions
),

dated as (
    select
        carried.*,
        decision.published_on as carried_signed_on
    from carried
    left join staging.tthc__decisions as decision on decision.record_key = carried.decision_id
),

seen as (
    select
        announced.procedure_code,
        announced.decision_id,
        announced.signed_on,
        announced.undone_on,
        min(dated.first_seen_at) as seen_at
    from core.announced_procedures as announced
    left join dated
        on
            dated.procedure_code = announced.procedure_code
            and (dated.decision_id = announced.decision_id or dated.carried_signed_on >= announced.signed_on)
    where not announced.is_rescission
    group by all
),

hours as (
    select
        to_minutes(date_diff('minute', time '00:00', min(starts))) as opening,
        holds_from,
        holds_to
    from reference.office_hours
    group by holds_from, holds_to
)

select
    seen.procedure_code,
    seen.decision_id,
    -- Published on this day at the latest.
    local_day(seen.seen_at - any_value(hours.opening))              as published_by,
    -- Not yet published at the end of this day.
    max(looks.told_through)                                         as absent_through
from seen
left join hours on local_day(seen.seen_at) between hours.holds_from and hours.holds_to
left join staging.ledger__publication_looks as looks
    on
        looks.ended_at < coalesce(seen.seen_at, timestamptz 'infinity')
        and looks.looked_on < coalesce(seen.undone_on, date '9999-12-31')
group by seen.procedure_code, seen.decision_id, seen.seen_at
union all
select
    procedure_code,
    decision_id,
    published_by,
    absent_through
from core.procedure_removals
