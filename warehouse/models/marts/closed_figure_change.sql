-- Số của kỳ đã chốt mà nay tính ra khác: số đã chốt (vẫn công bố) và số tính được, cho đến khi có lý do điều chỉnh.
with closed as (
    select * from indicators.closed_figures
),

-- A unit that had no figure yet, of an indicator that was closed.
measured as (
    select result.*
    from indicators.measured_results as result
    semi join closed using (indicator, definition, period_calendar, period_kind, period_start)
),

covering as (
    select
        indicator,
        definition,
        period_calendar,
        period_kind,
        period_start,
        max_by(period, number)      as period,
        max(closed_at)              as closed_at
    from closed
    group by all
),

compared as (
    select
        covering.period,
        indicator,
        definition,
        unit_code,
        coalesce(closed.unit_name, measured.unit_name)      as unit_name,
        coalesce(closed.is_headline, measured.is_headline)  as is_headline,
        applicant_group,
        period_calendar,
        period_kind,
        period_start,
        coalesce(closed.period_end, measured.period_end)    as period_end,
        closed.numerator                                    as numerator_closed,
        closed.denominator                                  as denominator_closed,
        closed.actual                                       as actual_closed,
        closed.verdict                                      as verdict_closed,
        measured.numerator                                  as numerator_measured,
        measured.denominator                                as denominator_measured,
        measured.actual                                     as actual_measured,
        measured.verdict                                    as verdict_measured,
        coalesce(closed.closed_at, covering.closed_at)      as closed_at
    from closed
    full join measured
        using (indicator, definition, unit_code, applicant_group, period_calendar, period_kind, period_start)
    inner join covering using (indicator, definition, period_calendar, period_kind, period_start)
    where
        closed.numerator is distinct from measured.numerator
        or closed.denominator is distinct from measured.denominator
        or closed.verdict is distinct from measured.verdict
)

select
    *,
    format(
        '{} ({}), {}, {} – {}: đã chốt {}, nay tính ra {}.',
        indicator, definition, unit_name, strftime(period_start, '%d/%m/%Y'), strftime(period_end, '%d/%m/%Y'),
        coalesce(numerator_closed || '/' || denominator_closed || ' (' || verdict_closed || ')', 'chưa có số'),
        coalesce(numerator_measured || '/' || denominator_measured || ' (' || verdict_measured || ')', 'không còn số')
    ) as sentence
from compared
