-- A register feeds several figures with the same rows.
select
    register,
    max(rows_wrong)                                 as rows_wrong,
    list(distinct indicator order by indicator)     as indicators
from core.register_gaps
group by register
order by rows_wrong desc, register asc
