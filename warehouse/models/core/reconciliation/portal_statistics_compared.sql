-- Hồ sơ của kho dữ liệu so với số hệ thống một cửa tự thống kê, theo tháng và phạm vi đơn vị, tính cả hồ sơ tách riêng.
with counted as (
    select
        coalesce(intake.unit_code, '?') as unit_code,
        unnest([
            {'subject': 'ho_so_tiep_nhan', 'on_date': intake.accepted_at::date},
            {
                'subject': 'ho_so_da_giai_quyet',
                'on_date': if(intake.status_code in (9, 10), intake.completed_at::date, null)
            },
            -- The one-stop system compares days with the appointment as it stands now.
            {
                'subject': 'ho_so_qua_han', 'on_date': if(
                    intake.status_code in (9, 10) and intake.completed_at::date > intake.due_on_current::date,
                    intake.completed_at::date, null
                )
            }
        ], recursive := true)
    from core.dossier_intake as intake
    where coalesce(intake.status_code, 0) not in (1, 3)
),

sides as (
    select
        coalesce(ours.subject, theirs.subject)              as subject,
        coalesce(ours.period_start, theirs.period_start)    as period_start,
        coalesce(ours.unit_code, theirs.unit_code)          as unit_code,
        coalesce(ours.counted, 0)                           as left_count,
        coalesce(theirs.told, 0)                            as right_count
    from (
        select
            subject,
            unit_code,
            date_trunc('month', on_date)::date  as period_start,
            count(*)                            as counted
        from counted
        where on_date is not null
        group by all
    ) as ours
    full join core.portal_statistics_told as theirs using (subject, unit_code, period_start)
),

-- Who was set aside may be missing on our side, or stand in another month or under another unit.
aside as (
    select
        scope.scope_code                as unit_code,
        period.period_start,
        sum(aside.quarantined)::bigint  as explained
    from core.dossiers_set_aside as aside
    inner join core.scopes as scope using (unit_code)
    inner join core.periods as period
        on
            aside.on_date <= period.period_end and aside.until_date >= period.period_start
            and period.period_calendar = 'iso' and period.period_kind = 'month'
    group by all
)

select
    sides.subject,
    sides.period_start,
    scope.scope_code                                                    as unit_code,
    sum(sides.left_count)::bigint                                       as left_count,
    sum(sides.right_count)::bigint                                      as right_count,
    sum(least(sides.left_count, sides.right_count))::bigint             as matched,
    sum(greatest(sides.left_count - sides.right_count, 0))::bigint      as only_left,
    sum(greatest(sides.right_count - sides.left_count, 0))::bigint      as only_right,
    coalesce(any_value(aside.explained), 0)                             as explained
from sides
inner join core.scopes as scope using (unit_code)
inner join core.periods as period
    on sides.period_start = period.period_start and period.period_calendar = 'iso' and period.period_kind = 'month'
left join aside on scope.scope_code = aside.unit_code and sides.period_start = aside.period_start
where sides.period_start in (select period_start from core.portal_statistics_told)
group by sides.subject, sides.period_start, scope.scope_code
