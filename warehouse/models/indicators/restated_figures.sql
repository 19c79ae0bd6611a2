-- Số liệu của cùng một kỳ, đã công bố và nay tính lại đến cùng một ngày; chỉ những số khác nhau.
with compared as (
    select * from indicators.compared_publication
),

-- What happened by the earlier closing date can be added up again for definitions made of events alone.
of_events as (
    select
        indicator,
        definition
    from indicators.measures
    group by all
    having bool_and(basis in ('flow', 'window'))
    except
    select
        indicator,
        definition
    from indicators.repeats
),

so_far as (
    select
        measure.indicator,
        measure.definition,
        scope.scope_code                        as unit_code,
        measure.applicant_group,
        before.period_calendar,
        before.period_kind,
        before.period_start,
        sum(measure.numerator)::bigint          as numerator,
        sum(measure.denominator)::bigint        as denominator
    from indicators.measures as measure
    inner join of_events using (indicator, definition)
    cross join (
        select distinct
            figure.period_calendar,
            figure.period_kind,
            figure.period_start,
            compared.closing_date_before
        from indicators.figures as figure, compared
        where figure.period_start <= compared.closing_date_before and figure.as_at > compared.closing_date_before
    ) as before
    inner join core.scope_spans as scope
        on
            scope.unit_code = measure.unit_code
            and before.closing_date_before between scope.holds_from and scope.holds_to
    where measure.basis = 'flow' and measure.on_date between before.period_start and before.closing_date_before
    group by all
),

after_all as (
    select
        figure.indicator,
        figure.definition,
        figure.unit_code,
        figure.applicant_group,
        figure.period_calendar,
        figure.period_kind,
        figure.period_start,
        least(figure.period_end, figure.as_at)  as as_at,
        figure.as_at > compared.closing_date_before as is_running,
        -- A closed figure stays, whatever is measured, until a reason is given.
        case
            when closed.number is not null then closed.numerator
            when is_running then coalesce(so_far.numerator, 0)
            else figure.numerator
        end                                                                 as numerator,
        case
            when closed.number is not null then closed.denominator
            when is_running then coalesce(so_far.denominator, 0)
            else figure.denominator
        end                                                                 as denominator,
        if(is_running, null, coalesce(closed.quarantined, figure.quarantined)) as quarantined,
        closed.reason
    from indicators.figures as figure
    cross join compared
    left join of_events using (indicator, definition)
    left join so_far
        using (indicator, definition, unit_code, applicant_group, period_calendar, period_kind, period_start)
    left join indicators.closed_figures as closed
        using (indicator, definition, unit_code, applicant_group, period_calendar, period_kind, period_start)
    where figure.period_start <= compared.closing_date_before and (not is_running or of_events.indicator is not null)
)

select
    indicator,
    definition,
    unit_code,
    period_calendar,
    period_kind,
    period_start,
    if(later.is_running, least(before.period_end, compared.closing_date_before), before.period_end) as period_end,
    least(later.as_at, compared.closing_date_before)  as as_at,
    compared.closing_date_before,
    compared.closing_date_after,
    before.numerator                                as numerator_before,
    later.numerator                                   as numerator_after,
    before.denominator                              as denominator_before,
    later.denominator                                 as denominator_after,
    coalesce(later.quarantined < before.quarantined, false) as is_less_aside,
    later.reason
from ledger.figures_before as before
inner join after_all as later
    using (indicator, definition, unit_code, applicant_group, period_calendar, period_kind, period_start)
inner join reference.indicators as known using (indicator, applicant_group)
cross join compared
where before.numerator <> later.numerator or before.denominator <> later.denominator
