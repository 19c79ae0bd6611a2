select
    figure,
    numerator,
    denominator,
    undetermined,
    actual
from marts.corrective_action_figure
where period_kind = $kind and period_start = $start and source = 'Tất cả'
order by figure
