-- Dự báo cuối năm của từng chỉ tiêu chính.
select
    null::varchar   as indicator,
    null::double    as forecast_year_end,
    null::double    as forecast_low,
    null::double    as forecast_high,
    null::double    as required_rate,
    null::double    as expected_rest
from reference.closing
where false
