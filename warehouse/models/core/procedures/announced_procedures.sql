-- Mỗi TTHC mới hoặc được sửa đổi trong một quyết định công bố của tỉnh; mã TTHC theo cổng công khai.
-- What a decision rescinds has left the database, and with it the text that was the occasion: nothing to measure.
with decisions as (
    select
        decision.record_key                                                     as decision_id,
        decision.decision_number,
        decision.published_on                                                   as signed_on,
        -- A decision without a readable day of signing stands on the day it was first seen.
        coalesce(decision.published_on, local_day(decision.first_seen_at))      as on_date
    from staging.tthc__decisions as decision
    inner join reference.announcing_agencies as agency on agency.folded_name = fold_ascii(decision.agency_name)
),

identities as (
    select
        internal_id,
        procedure_code,
        first_seen_at
    from staging.tthc__public_procedure_versions
    union all
    select
        internal_id,
        record_key,
        first_seen_at
    from staging.tthc__procedure_versions
),

codes as (
    select
        internal_id,
        arg_max(procedure_code, (first_seen_at, procedure_code)) as procedure_code
    from identities
    group by internal_id
),

-- The next decision that takes it out again: from then on nothing more can be seen of it.
ends as (
    select
        change.internal_id,
        decisions.on_date
    from staging.tthc__decision_procedures as change
    inner join decisions using (decision_id)
    where change.change_kind = 'rescinded'
),

named as (
    select
        decisions.*,
        change.internal_id,
        change.change_kind,
        codes.procedure_code is not null as has_code,
        -- Never the internal id: what has no public code yet is named by its decision and its name.
        coalesce(
            codes.procedure_code, decisions.decision_number || ': ' || display_name(change.procedure_name)
        ) as procedure_code
    from staging.tthc__decision_procedures as change
    inner join decisions using (decision_id)
    left join codes using (internal_id)
    where change.change_kind in ('new', 'amended')
)

select
    named.procedure_code,
    named.decision_id,
    any_value(named.decision_number)    as decision_number,
    any_value(named.signed_on)          as signed_on,
    any_value(named.on_date)            as on_date,
    any_value(named.has_code)           as has_code,
    max(named.change_kind)              as change_kind,
    any_value(exclusion.reason)         as exclusion_reason,
    min(ends.on_date)                   as rescinded_on
from named
left join ends on ends.internal_id = named.internal_id and ends.on_date >= named.on_date
left join reference.procedure_exclusions as exclusion
    on
        exclusion.national_code = national_procedure_code(named.procedure_code)
        and named.on_date >= coalesce(exclusion.valid_from, date '1900-01-01')
        and named.on_date <= coalesce(exclusion.valid_to, date '9999-12-31')
group by named.procedure_code, named.decision_id
