-- Số liệu hệ thống một cửa tự thống kê, tách riêng phần của từng đơn vị: nơi cấp trên đã cộng cấp dưới thì trừ ra.
with told as (
    select
        statistic.agency_id,
        coalesce(agency.unit_code, statistic.unit_code, '?')    as unit_code,
        agency.parent_agency_id,
        statistic.period_start,
        unnest([
            {'subject': 'ho_so_tiep_nhan', 'told': statistic.received},
            {'subject': 'ho_so_da_giai_quyet', 'told': statistic.resolved},
            {'subject': 'ho_so_qua_han', 'told': statistic.resolved_overdue}
        ], recursive := true)
    from staging.portal__statistics as statistic
    left join staging.portal__agencies as agency using (agency_id)
),

below as (
    select
        parent_agency_id    as agency_id,
        period_start,
        subject,
        sum(told)           as told_below
    from told
    where parent_agency_id <> agency_id
    group by all
),

-- The wire does not say whether a parent's row holds those below it; if so, it can nowhere be smaller than they are.
habits as (
    select coalesce(bool_and(told.told >= below.told_below), false) as is_inclusive
    from told
    inner join below using (agency_id, period_start, subject)
    where below.told_below > 0
)

select
    told.subject,
    told.period_start,
    told.unit_code,
    sum(told.told - if(habits.is_inclusive, coalesce(below.told_below, 0), 0))::bigint as told
from told
cross join habits
left join below using (agency_id, period_start, subject)
where told.told is not null
group by all
