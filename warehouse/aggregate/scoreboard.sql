-- The scoreboard, of which a row tells what its figure in marts.indicator_result tells.
create table aggregate.marts.scoreboard as
select
    board.position,
    board.indicator,
    board.label,
    figure.actual,
    figure.numerator,
    figure.denominator,
    board.operator,
    board.target,
    board.verdict,
    board.as_of,
    board.citation,
    board.definition,
    board.unit_code,
    coalesce(figure.is_suppressed, true) as is_suppressed
from whole.marts.scoreboard as board
left join aggregate.marts.indicator_result as figure
    on
        board.indicator = figure.indicator
        and board.definition = figure.definition
        and board.unit_code = figure.unit_code
        and year(board.as_of) = year(figure.period_end)
order by board.position
