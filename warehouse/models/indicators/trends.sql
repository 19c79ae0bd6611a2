-- Xu hướng của chỉ tiêu: theo dấu hiệu của biểu đồ kiểm soát; không có biểu đồ thì hai quý trọn liền nhau gần nhất.
-- Never the last two months: they differ by chance, and one of them may not be over.
with charted as (
    select
        indicator,
        unit_code,
        case direction when 1 then 'Tăng' when -1 then 'Giảm' else 'Không đổi' end as trend,
        'Biểu đồ kiểm soát, tháng ' || strftime(period_start, '%m/%Y') || ': '
        || coalesce(lower(signal), 'không có dấu hiệu')    as trend_reason
    from marts.control_chart
    where lower_limit is not null
    qualify row_number() over (partition by indicator, unit_code order by period_start desc) = 1
),

quarters as (
    select
        figure.indicator,
        figure.unit_code,
        figure.period_start,
        lag(figure.period_end) over series = figure.period_start - 1    as is_next,
        sign(
            figure.numerator * lag(figure.denominator::hugeint) over series
            - lag(figure.numerator) over series * figure.denominator::hugeint
        )::integer                                                      as step
    from indicators.figures as figure
    inner join reference.definitions as definition using (indicator, definition)
    inner join reference.indicators as known using (indicator, applicant_group)
    -- What adds up since January rises by itself.
    where
        definition.is_headline
        and figure.as_at between definition.holds_from and definition.holds_to
        and not definition.is_cumulative
        and definition.measure = 'rate'
        and figure.period_calendar = 'iso'
        and figure.period_kind = 'quarter'
        and figure.period_end <= figure.as_at
        and figure.denominator > 0
    window series as (partition by figure.indicator, figure.unit_code order by figure.period_start)
),

compared as (
    select
        indicator,
        unit_code,
        case step when 1 then 'Tăng' when -1 then 'Giảm' when 0 then 'Không đổi' end as trend,
        'Quý ' || ['I', 'II', 'III', 'IV'][quarter(period_start)] || '/' || year(period_start)
        || ' so với quý liền trước'                                                 as trend_reason
    from quarters
    qualify row_number() over (partition by indicator, unit_code order by period_start desc) = 1 and is_next
)

select * from charted
union all
select compared.*
from compared
anti join charted using (indicator, unit_code)
