-- Mỗi TTHC mới, được sửa đổi hoặc bị bãi bỏ trong một quyết định công bố của tỉnh; mã TTHC theo cổng công khai.
-- What is rescinded must be announced too (NĐ 63/2010 Đ14(1)); the parameter rescinded_procedures may leave it out. A
-- decision that rescinds and announces one procedure announces it.
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

changes as (
    select
        decision_id,
        internal_id,
        any_value(procedure_name)                                                           as procedure_name,
        coalesce(max(change_kind) filter (where change_kind <> 'rescinded'), 'rescinded')   as change_kind
    from staging.tthc__decision_procedures
    where change_kind in ('new', 'amended', 'rescinded')
    group by decision_id, internal_id
),

-- The next decision that undoes it: from then on nothing more can be seen of it.
ends as (
    select
        changes.internal_id,
        decisions.decision_id,
        decisions.on_date,
        changes.change_kind = 'rescinded' as is_rescission
    from changes
    inner join decisions using (decision_id)
),

named as (
    select
        decisions.*,
        change.internal_id,
        change.change_kind,
        change.change_kind = 'rescinded' as is_rescission,
        codes.procedure_code is not null as has_code,
        -- Never the internal id: what has no public code yet is named by its decision and its name.
        coalesce(
            codes.procedure_code, decisions.decision_number || ': ' || display_name(change.procedure_name)
        ) as procedure_code
    from changes as change
    inner join decisions using (decision_id)
    left join codes using (internal_id)
)

select
    named.procedure_code,
    named.decision_id,
    any_value(named.decision_number)    as decision_number,
    any_value(named.signed_on)          as signed_on,
    any_value(named.on_date)            as on_date,
    any_value(named.has_code)           as has_code,
    max(named.change_kind)              as change_kind,
    bool_and(named.is_rescission)       as is_rescission,
    coalesce(
        any_value(exclusion.reason),
        any_value(if(
            named.is_rescission and (parameter.value ->> '$') = 'loai_tru',
            'TTHC bị bãi bỏ, không tính theo tham số đã chọn', null
        ))
    )                                   as exclusion_reason,
    min(ends.on_date)                   as undone_on
from named
inner join reference.parameters as parameter
    on
        parameter.code = 'rescinded_procedures'
        and coalesce(named.on_date, date '9999-12-31') between parameter.holds_from and parameter.holds_to
left join ends
    on
        ends.internal_id = named.internal_id
        and ends.decision_id <> named.decision_id
        and ends.on_date >= named.on_date
        and ends.is_rescission <> named.is_rescission
left join reference.procedure_exclusions as exclusion
    on
        exclusion.national_code = national_procedure_code(named.procedure_code)
        and named.on_date >= coalesce(exclusion.valid_from, date '1900-01-01')
        and named.on_date <= coalesce(exclusion.valid_to, date '9999-12-31')
group by named.procedure_code, named.decision_id
