-- Điểm của biểu đồ kiểm soát: số phát sinh từng tháng của mỗi chỉ tiêu chính, từng đơn vị, tháng nào có phát sinh.
-- What stands at a day, or adds up since January, has no months that vary by themselves.
select
    figure.indicator,
    figure.definition,
    figure.unit_code,
    figure.period_start,
    figure.period_end,
    figure.as_at,
    figure.numerator,
    figure.denominator,
    figure.numerator / figure.denominator   as value,
    figure.period_end <= figure.as_at       as is_whole,
    (row_number() over (
        partition by figure.indicator, figure.unit_code order by figure.period_start
    ))::integer                             as position
from indicators.figures as figure
inner join reference.definitions as definition
    on
        definition.indicator = figure.indicator
        and definition.definition = figure.definition
        and figure.as_at between definition.holds_from and definition.holds_to
inner join reference.indicators as known
    on known.indicator = figure.indicator and known.applicant_group = figure.applicant_group
where
    definition.is_headline
    and definition.basis = 'flow'
    and not definition.is_cumulative
    and definition.measure = 'rate'
    and figure.period_calendar = 'iso'
    and figure.period_kind = 'month'
    and figure.denominator > 0
