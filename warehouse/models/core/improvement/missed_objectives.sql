-- Mục tiêu của Văn phòng không đạt trong quý hoặc năm đã kết thúc: mỗi mục tiêu, mỗi kỳ một dòng.
with missed as (
    select
        result.*,
        objective.label,
        known.part_of,
        if(result.period_kind = 'year', 'NAM', 'Q' || quarter(result.period_start)) as term
    from marts.indicator_result as result
    inner join reference.closing as closing using (closing_date)
    inner join reference.indicators as known using (indicator, applicant_group)
    inner join core.headlines as headline
        on
            headline.indicator = result.indicator
            and headline.unit_code = result.unit_code
            and headline.objective_year = year(result.period_end)
            and headline.is_headline
    inner join reference.objectives as objective
        on objective.indicator = result.indicator and objective.objective_year = headline.objective_year
    inner join reference.definitions as definition
        on
            definition.indicator = result.indicator
            and definition.definition = result.definition
            and result.period_end between definition.holds_from and definition.holds_to
    where
        result.is_headline
        and result.period_calendar = 'iso'
        and result.period_kind in ('quarter', 'year')
        and result.period_end <= closing.closing_date
        and result.verdict = 'Chưa đạt'
        -- A stock at the end of the last quarter is that of the year.
        and not (result.period_kind = 'quarter' and definition.basis = 'state' and month(result.period_end) = 12)
)

select
    'KPH-' || year(period_end) || '-' || indicator || '-' || term   as code,
    indicator,
    unit_code,
    unit_name,
    period_kind,
    period_start,
    period_end                                                      as opened_on,
    if(operator = '<=', numerator, denominator - numerator)         as records,
    label || ': ' || if(
        measure = 'rate' and operator <> '<=',
        replace(format('{:,}/{:,}', numerator, denominator), ',', '.') || ' đạt',
        measured_text(actual, unit_of_measure)
    ) || ', chỉ tiêu ' || case operator when '>=' then '≥ ' when '<=' then '≤ ' else '' end
    || if(
        upper_target is null,
        '',
        replace(format('{:.4g}', if(unit_of_measure = '%', 100, 1) * target::double), '.', ',') || '–'
    )
    || measured_text(coalesce(upper_target, target), unit_of_measure) || ', '
    || if(term = 'NAM', 'năm ', 'quý ' || quarter(period_start) || ' năm ') || year(period_end)
        as description
from missed
-- A whole that fails by its parts, or by its groups, is answered where they are.
where not exists (
    select 1
    from missed as part
    where part.part_of = missed.indicator and part.term = missed.term and part.period_end = missed.period_end
)
