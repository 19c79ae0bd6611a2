-- Phòng, đơn vị của mỗi danh mục (P-11) đã được kiểm tra hay chưa, theo kết luận hoặc biên bản (P-12); vì sao chưa.
with needed as (
    select
        'STD'           as definition,
        value ->> '$'   as evidence,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-12'
    union all
    select
        'BB',
        'co_bien_ban',
        date '0001-01-01',
        date '9999-12-31'
),

visited as (
    select
        listed.*,
        coalesce(bool_or(
            visit.is_evidence and visit.concluded_on between listed.year_start and listed.on_date
        ), false)                                                               as is_concluded,
        coalesce(bool_or(
            visit.is_evidence and visit.minuted_on between listed.year_start and listed.on_date
        ), false)                                                               as is_minuted,
        any_value(visit.differing_columns) filter (where is_of_year)            as contradicted,
        -- Why not: what the register says of this year's visits so far.
        coalesce(bool_or(is_of_year and visit.is_own and visit.is_visit and (
            visit.starts_on <= listed.on_date or visit.minuted_on <= listed.on_date
        )), false)                                                              as is_begun,
        coalesce(bool_or(is_of_year and visit.is_own and visit.is_visit), false) as is_planned,
        coalesce(bool_or(is_of_year and not visit.is_visit), false)             as is_self_checked,
        coalesce(bool_or(is_of_year and not visit.is_own), false)               as is_province_checked
    from core.units_to_inspect as listed
    left join (
        select
            *,
            year(coalesce(starts_on, plan_on))  as visit_year,
            is_own and is_visit and differing_columns is null as is_evidence
        from core.inspections
    ) as visit on visit.unit_key = listed.unit_key
    cross join
        lateral (
            select visit.plan_on <= listed.on_date and visit.visit_year = listed.objective_year as is_of_year
        ) as dated
    group by all
)

select
    visited.*,
    needed.definition,
    visited.differing_columns is null
    and (visited.is_concluded or (needed.evidence = 'co_bien_ban' and visited.is_minuted)) as is_met,
    case
        when coalesce(visited.differing_columns, visited.contradicted) is not null then 'SO_MAU_THUAN'
        when visited.is_begun then 'CHUA_KET_LUAN'
        when visited.is_planned then 'CHUA_KIEM_TRA'
        when visited.is_self_checked then 'TU_KIEM_TRA'
        when visited.is_province_checked then 'DOAN_TINH'
        else 'CHUA_CO_KE_HOACH'
    end as reason_code
from visited
inner join needed on visited.on_date between needed.holds_from and needed.holds_to
