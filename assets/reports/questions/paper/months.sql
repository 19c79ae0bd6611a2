-- The sum so far only where the months add up to the year: elsewhere a record may count once in each of them.
select
    result.indicator,
    month(result.period_start)  as month,
    result.actual,
    result.target,
    case
        when
            year.actual is not null
            and (sum(result.numerator) over whole_year, sum(result.denominator) over whole_year)
            = (year.numerator, year.denominator)
            then sum(result.numerator) over so_far / nullif(sum(result.denominator) over so_far, 0)
    end                         as running
from marts.headline_result as result
left join marts.headline_result as year
    on
        year.indicator = result.indicator and year.unit_code = result.unit_code
        and year.period_kind = 'year_to_date'
        and year.period_start <= result.period_start and year.period_end >= result.period_end
where
    result.period_kind = 'month' and result.measure = 'rate' and result.actual is not null
    and year(result.period_start) = $year
    and if($unit is null, result.is_headline_unit, result.unit_code = $unit)
window
    so_far as (partition by result.indicator order by result.period_start),
    whole_year as (partition by result.indicator)
order by result.position, month
