-- Every unit beside the general rate in the period; of one unit, all its indicators.
select
    indicator,
    unit_code,
    unit_name,
    period_start,
    period_end,
    numerator,
    denominator,
    actual,
    centre,
    dispersion,
    lower_95,
    upper_95,
    lower_998,
    upper_998,
    position,
    position_label,
    is_beyond_998
from marts.funnel
where
    period_start = $start and period_end = $period_end
    and ($unit is null or unit_code = $unit)
order by
    indicator asc,
    array_position(['kem_hon', 'tot_hon', 'chua_phan_biet', 'qua_it'], position) asc,
    actual asc,
    unit_code asc
