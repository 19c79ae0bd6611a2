-- Whose work the figure is made of, the lowest rate first; a scope of other units is none of them.
select
    unit_code,
    unit_name,
    numerator,
    denominator,
    actual,
    target
from marts.headline_result
where
    indicator = 'MT1' and denominator > 0 and period_kind = $kind and period_start = $start
    and unit_code in (
        select scope.unit_code
        from core.scopes as scope
        inner join marts.scoreboard as board on scope.scope_code = coalesce($unit, board.unit_code)
        where board.indicator = 'MT1'
    )
order by actual asc, denominator desc, unit_code asc
