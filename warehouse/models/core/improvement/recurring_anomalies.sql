-- Dấu hiệu bất thường (mức vừa trở lên) lặp lại ở một đơn vị của Văn phòng trong nhiều tháng của một năm.
with found as (
    select
        anomaly.trap,
        anomaly.unit_code,
        anomaly.occurred_on,
        year(anomaly.occurred_on)   as in_year,
        dense_rank() over (
            partition by anomaly.trap, anomaly.unit_code, year(anomaly.occurred_on)
            order by month(anomaly.occurred_on)
        )                           as month_number
    from marts.anomaly as anomaly
    inner join core.scopes as scope on scope.unit_code = anomaly.unit_code and scope.scope_code = 'VP'
    cross join reference.closing as closing
    where
        anomaly.severity <> 'low'
        and anomaly.unit_code <> '?'
        and anomaly.occurred_on <= closing.closing_date
        and year(anomaly.occurred_on) in (select objective.objective_year from reference.objectives as objective)
),

recurring as (
    select
        found.trap,
        found.unit_code,
        found.in_year,
        count(*)                    as records,
        max(found.month_number)     as months,
        -- The day that made it recur.
        min(found.occurred_on) filter (where found.month_number >= wanted.value) as opened_on
    from found
    inner join reference.improvement_limits as wanted on wanted.name = 'anomaly_months'
    group by all
)

select
    'KPH-' || recurring.in_year || '-' || recurring.trap || '-' || recurring.unit_code  as code,
    recurring.trap,
    recurring.unit_code,
    unit.unit_name,
    recurring.opened_on,
    recurring.records,
    trap.label || ': ' || recurring.records || ' nghi vấn trong ' || recurring.months || ' tháng của năm '
    || recurring.in_year            as description
from recurring
inner join reference.traps as trap using (trap)
left join core.units as unit using (unit_code)
where recurring.opened_on is not null
