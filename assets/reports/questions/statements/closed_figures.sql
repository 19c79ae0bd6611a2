-- The headlines of the whole Office for a period that is over, as they are to be signed.
select
    indicator,
    label,
    definition,
    numerator,
    denominator,
    actual,
    lower_bound,
    upper_bound,
    operator,
    target,
    upper_target,
    measure,
    unit_of_measure,
    decimals,
    verdict,
    verdict_reason,
    quarantined
from marts.headline_result
where is_headline_unit and period_start = $start and period_end = $period_end and period_kind <> 'year_to_date'
order by position, indicator
