-- Thời hạn và cơ quan thực hiện của từng cặp TTHC, viết cùng một cách ở hai phía, và kết luận có bằng nhau hay không.
-- Amounts are compared with their unit. Where one side has something that cannot be read, nothing is said; of agencies
-- that only the portal's code or only its name tells, that alone is compared.
with units as (
    select map_from_entries(list((folded_value, label))) as labels
    from reference.limit_units
),

written as (
    select
        pair.as_at,
        pair.national_procedure_code,
        list_transform(pair.national_limits, lambda span: limit_text(span, units.labels))   as national_limits,
        list_transform(pair.portal_limits, lambda span: limit_text(span, units.labels))     as portal_limits,
        pair.national_agencies,
        pair.portal_agencies,
        flatten(list_transform(pair.national_agencies, lambda ours: list_transform(
            pair.portal_agencies, lambda theirs: is_same_agency(ours, theirs)
        )))                                                                                 as matches
    from core.procedure_pairs as pair
    cross join units
    where pair.national_procedure_code is not null and pair.portal_procedure_code is not null
)

select
    as_at,
    national_procedure_code,
    array_to_string(list_sort(list_distinct(national_limits)), ', ')                        as national_limit,
    array_to_string(list_sort(list_distinct(portal_limits)), ', ')                          as portal_limit,
    if(
        len(portal_limits) > 0 and len(national_limits) > 0
        and len(list_filter(portal_limits || national_limits, lambda span: span is null)) = 0,
        list_has_all(national_limits, portal_limits), null
    )                                                                                       as is_limit_equal,
    array_to_string([coalesce(one.name, one.code) for one in national_agencies], ', ')      as national_agency,
    array_to_string([coalesce(one.name, one.code) for one in portal_agencies], ', ')        as portal_agency,
    -- One agency in common is enough: the portal lists whoever receives, too.
    list_aggregate(matches, 'bool_or')                                                      as is_agency_equal
from written
