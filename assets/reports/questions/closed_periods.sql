-- Each closing of a period, the newest first, and what of it comes out otherwise now, with the gravest example.
with examples as (
    select
        period,
        arg_min(
            sentence, (not is_headline, indicator, definition, unit_code, applicant_group, period_calendar, period_kind)
        ) as example
    from marts.closed_figure_change
    group by period
)

select
    closed.period,
    closed.number,
    closed.period_start,
    closed.period_end,
    (timezone('UTC', closed.closed_at) + interval 7 hour)::date as closed_on,
    closed.version,
    closed.figures,
    closed.reason,
    closed.changes_waiting,
    if(closed.changes_waiting > 0, examples.example, null) as example,
    closing.closing_date
from marts.closed_period as closed
cross join reference.closing as closing
left join examples using (period)
order by closed.period_end desc, closed.period asc, closed.number desc
