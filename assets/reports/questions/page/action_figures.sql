select
    figure,
    numerator,
    denominator,
    undetermined,
    actual
from marts.corrective_action_figure
where period_kind = 'year_to_date' and source = 'Tất cả'
qualify period_start = max(period_start) over ()
order by figure
