select
    figure,
    numerator,
    denominator,
    actual
from marts.corrective_action_figure
where
    period_kind = 'year_to_date' and source = 'Tất cả'
    and period_start = (select max(last.period_start) from marts.corrective_action_figure as last)
order by figure
