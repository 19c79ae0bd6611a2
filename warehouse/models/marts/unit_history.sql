-- MT1 của từng đơn vị qua các lần sắp xếp: như khi đó, như hiện nay, so sánh được; khi chưa có đơn vị thì để trống.
with flows as (
    select
        attribution.view,
        attribution.scope_code      as unit_code,
        flow.on_date,
        sum(flow.numerator)         as numerator,
        sum(flow.denominator)       as denominator
    from core.dossier_flows as flow
    inner join core.unit_attribution as attribution
        on
            flow.unit_code = attribution.unit_code
            and flow.on_date between attribution.from_date and attribution.until_date
    where flow.indicator = 'MT1'
    group by all
),

-- Sums over the union of predecessors and successor, never an average of rates.
settled as (
    select
        flows.view,
        flows.unit_code,
        period.period_calendar,
        period.period_kind,
        period.period_start,
        sum(flows.numerator)::bigint    as numerator,
        sum(flows.denominator)::bigint  as denominator
    from core.periods as period
    inner join flows on flows.on_date between period.period_start and period.as_at
    group by all
),

-- Open dossiers stand with who holds them that day; their due dates are their own.
stock as (
    select
        attribution.view,
        attribution.scope_code                      as unit_code,
        open.as_at,
        sum(open.dossiers)::bigint                  as open_dossiers,
        sum(open.overdue)::bigint                   as overdue_dossiers
    from (
        select
            unit_code,
            as_at,
            count(*)                                as dossiers,
            count(*) filter (where is_overdue)      as overdue
        from core.open_dossiers
        group by unit_code, as_at
    ) as open
    inner join core.unit_attribution as attribution
        on
            open.unit_code = attribution.unit_code
            and open.as_at between attribution.from_date and attribution.until_date
    group by all
),

grid as (
    select
        span.*,
        period.*,
        span.existed_from <= period.as_at and span.existed_until >= period.period_start as is_there
    from core.unit_spans as span, core.periods as period
)

select
    grid.view,
    grid.unit_code,
    grid.unit_name,
    grid.valid_from,
    grid.valid_to,
    'MT1'                                                           as indicator,
    grid.period_calendar,
    grid.period_kind,
    grid.period_start,
    grid.period_end,
    -- Work on record beats a date in the list of units.
    grid.is_there or coalesce(settled.denominator, 0) > 0           as existed,
    if(existed, coalesce(settled.numerator, 0), null)               as numerator,
    if(existed, coalesce(settled.denominator, 0), null)             as denominator,
    settled.numerator / nullif(settled.denominator, 0)              as actual,
    if(existed, coalesce(stock.open_dossiers, 0), null)             as open_dossiers,
    if(existed, coalesce(stock.overdue_dossiers, 0), null)          as overdue_dossiers
from grid
left join settled using (view, unit_code, period_calendar, period_kind, period_start)
left join stock using (view, unit_code, as_at)
