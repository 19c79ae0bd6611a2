-- Kết quả đối chiếu từng TTHC tại từng ngày chốt: khớp, lệch nội dung, lệch phiên bản, thiếu hoặc thừa trên Cổng.
-- Which keys count is data (reference.sync_keys). A value that one side does not give is no difference.
with compared as (
    select
        pair.*,
        unnest([
            {
                'key': 'ten', 'national': pair.national_name, 'portal': pair.portal_name,
                'is_equal': fold(pair.national_name) = fold(pair.portal_name)
            },
            {
                'key': 'linh_vuc', 'national': pair.national_field_name, 'portal': pair.portal_field_name,
                'is_equal': fold(pair.national_field_code) = fold(pair.portal_field_code)
                or fold(pair.national_field_name) = fold(pair.portal_field_name)
            },
            {
                'key': 'cap', 'national': array_to_string(pair.national_level_codes, ', '), 'portal': level.level_code,
                'is_equal': list_contains(nullif(pair.national_level_codes, []), level.level_code)
            },
            {
                'key': 'co_quan', 'national': term.national_agency, 'portal': term.portal_agency,
                'is_equal': term.is_agency_equal
            },
            {
                'key': 'thoi_han', 'national': term.national_limit, 'portal': term.portal_limit,
                'is_equal': term.is_limit_equal
            }
        ], recursive := true)
    from core.procedure_pairs as pair
    left join core.procedure_terms as term using (as_at, national_procedure_code)
    left join reference.procedure_levels as level on level.folded_name = fold_ascii(pair.portal_level_name)
),

differing as (
    select
        compared.as_at,
        compared.national_procedure_code,
        string_agg(sync.label, '; ' order by sync.position)     as differing_keys,
        string_agg(
            format('{} ("{}" khác "{}")', sync.label, compared.national, compared.portal),
            '; ' order by sync.position
        )                                                       as difference
    from compared
    inner join reference.sync_keys as sync using (key)
    where
        sync.is_compared and not coalesce(compared.is_equal, true)
        and compared.national_procedure_code is not null and compared.portal_procedure_code is not null
    group by compared.as_at, compared.national_procedure_code
),

-- The portal stands on a version that the national database showed earlier: name and field are both that version's.
outdated as (
    select distinct
        pair.as_at,
        pair.national_procedure_code
    from core.procedure_pairs as pair
    inner join staging.tthc__procedure_list_versions as earlier
        on
            earlier.record_key = pair.national_procedure_code
            and earlier.observed_until <= pair.national_observed_on
            and fold(earlier.procedure_name) = fold(pair.portal_name)
            and coalesce(
                fold(earlier.field_code) = fold(pair.portal_field_code)
                or fold(earlier.field_name) = fold(pair.portal_field_name), true
            )
)

select
    pair.* exclude (national_limits, portal_limits, national_agencies, portal_agencies),
    coalesce(pair.national_procedure_code, pair.portal_procedure_code) as procedure_code,
    case
        when pair.portal_procedure_code is null then 'THIEU_TREN_CONG'
        when pair.national_procedure_code is null then 'THUA_TREN_CONG'
        when differing.difference is null then 'KHOP'
        when outdated.as_at is not null then 'LECH_PHIEN_BAN'
        else 'LECH_NOI_DUNG'
    end as result,
    differing.differing_keys,
    differing.difference
from core.procedure_pairs as pair
left join differing using (as_at, national_procedure_code)
left join outdated using (as_at, national_procedure_code)
