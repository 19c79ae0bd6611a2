-- Every room and unit within the objectives' scope that has a figure, in the order of the codes.
select distinct unit_code
from marts.indicator_result
where
    closing_date = (select max(as_of) from marts.scoreboard)
    and period_kind = 'year_to_date' and denominator > 0
    and unit_code in (
        select scope.unit_code from core.scopes as scope
        where scope.scope_code = 'VP'
    )
    and unit_code <> '?'
order by unit_code
