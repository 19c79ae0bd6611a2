-- TTHC hai phía tại từng ngày chốt, ghép theo mã; chỉ những ngày cả hai nguồn đều đã được đọc.
with days as (
    select
        scope.as_at,
        configured.compared_with,
        configured.compared_label,
        configured.compared_keys,
        max(scope.observed_on)      as national_observed_on,
        max(configured.observed_on) as portal_observed_on
    from (
        select
            as_at,
            max(observed_on) as observed_on
        from core.procedures_in_scope
        group by as_at
    ) as scope
    inner join core.procedures_configured as configured using (as_at)
    group by all
),

-- The whole code decides; only what that leaves on both sides is paired by the national part of the code, one to one.
national as (
    select
        scope.*,
        if(
            configured.procedure_code is not null, scope.procedure_code,
            scope.national_code || '#' || row_number() over (
                partition by scope.as_at, scope.national_code, configured.procedure_code is null
                order by scope.procedure_code
            )
        ) as pair_key
    from core.procedures_in_scope as scope
    left join core.procedures_configured as configured using (as_at, procedure_code)
),

portal as (
    select
        configured.*,
        if(
            scope.procedure_code is not null, configured.procedure_code,
            configured.national_code || '#' || row_number() over (
                partition by configured.as_at, configured.national_code, scope.procedure_code is null
                order by configured.procedure_code
            )
        ) as pair_key
    from core.procedures_configured as configured
    left join core.procedures_in_scope as scope using (as_at, procedure_code)
)

select
    days.*,
    national.procedure_code                                 as national_procedure_code,
    portal.procedure_code                                   as portal_procedure_code,
    coalesce(national.national_code, portal.national_code)  as national_code,
    national.exclusion_reason,
    national.exclusion_citation,
    national.procedure_name                                 as national_name,
    portal.procedure_name                                   as portal_name,
    national.field_code                                     as national_field_code,
    portal.field_code                                       as portal_field_code,
    national.field_name                                     as national_field_name,
    portal.field_name                                       as portal_field_name,
    national.level_codes                                    as national_level_codes,
    portal.level_name                                       as portal_level_name,
    national.limits                                         as national_limits,
    portal.limits                                           as portal_limits,
    national.agencies                                       as national_agencies,
    portal.agencies                                         as portal_agencies
from national
full outer join portal using (as_at, pair_key)
inner join days on days.as_at = coalesce(national.as_at, portal.as_at)
