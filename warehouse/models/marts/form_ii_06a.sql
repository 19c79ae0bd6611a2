-- Biểu số II.06a/VPCP/KSTT (TT 01/2020): tình hình, kết quả giải quyết TTHC theo lĩnh vực, từng đơn vị và kỳ báo cáo.
with periods as (
    select period.*
    from core.periods as period
    inner join reference.parameters as decision
        on
            decision.code = 'P-16'
            and period.as_at between decision.holds_from and decision.holds_to
            and period.period_calendar
            = if((decision.value ->> '$.bieu_mau') = '15-14', 'report', 'iso')
    where period.period_kind <> 'month'
),

-- Months are added up to the longer periods; a stock is taken on the eve and at the end.
by_unit as (
    select
        period.*,
        counts.unit_code,
        counts.sector_name,
        sum(counts.received_online)     as c4,
        sum(counts.received_otherwise)  as c5,
        sum(counts.open_in_time + counts.open_overdue) filter (where counts.on_date < period.period_start) as c6,
        sum(counts.early)               as c8,
        sum(counts.on_time)             as c9,
        sum(counts.late)                as c10,
        sum(counts.open_in_time) filter (where counts.on_date = period.as_at) as c12,
        sum(counts.open_overdue) filter (where counts.on_date = period.as_at) as c13
    from periods as period
    inner join core.form_counts as counts
        on
            (
                counts.basis = 'flow'
                and counts.period_calendar = period.period_calendar
                and counts.on_date between period.period_start and period.as_at
            )
            or (counts.basis = 'stock' and counts.on_date in (period.period_start - 1, period.as_at))
    group by all
),

counted as (
    select
        scope.scope_code    as unit_code,
        by_unit.* exclude (unit_code)
    from by_unit
    inner join core.unit_scope_spans as scope
        on scope.unit_code = by_unit.unit_code and by_unit.as_at between scope.holds_from and scope.holds_to
    union all by name
    -- The province and the headline report every period, also one in which nothing happened.
    select
        unnest([closing.org_code, 'VP']) as unit_code,
        periods.*
    from periods, reference.closing as closing
),

-- Rows are sectors; the row without one is the sum over all of them.
summed as (
    select
        unit_code,
        period_calendar,
        period_kind,
        period_start,
        period_end,
        sector_name,
        grouping(sector_name) = 1           as is_total,
        coalesce(sum(c4), 0)::bigint        as c4,
        coalesce(sum(c5), 0)::bigint        as c5,
        coalesce(sum(c6), 0)::bigint        as c6,
        coalesce(sum(c8), 0)::bigint        as c8,
        coalesce(sum(c9), 0)::bigint        as c9,
        coalesce(sum(c10), 0)::bigint       as c10,
        coalesce(sum(c12), 0)::bigint       as c12,
        coalesce(sum(c13), 0)::bigint       as c13
    from counted
    group by grouping sets (
        (unit_code, period_calendar, period_kind, period_start, period_end, sector_name),
        (unit_code, period_calendar, period_kind, period_start, period_end)
    )
)

select
    if(is_total, null, row_number() over (
        partition by unit_code, period_calendar, period_kind, period_start
        order by is_total, sector_name = 'Chưa xác định lĩnh vực', sector_name
    ))                                          as stt,
    if(is_total, 'Tổng cộng', sector_name)      as linh_vuc,
    c4 + c5 + c6                                as c3,
    c4,
    c5,
    c6,
    c8 + c9 + c10                               as c7,
    c8,
    c9,
    c10,
    c12 + c13                                   as c11,
    c12,
    c13,
    period_calendar,
    period_kind,
    period_start,
    period_end,
    unit_code
from summed
where is_total or sector_name is not null
