-- Of the headline's own figures since January, the last change of each.
select restated.sentence
from marts.restatement as restated
inner join marts.scoreboard as board
    on
        board.indicator = restated.indicator and board.definition = restated.definition
        and board.unit_code = restated.unit_code
where
    restated.period_calendar = 'iso' and restated.period_kind = 'month'
    and year(restated.period_start) = year(board.as_of)
qualify
    row_number() over (
        partition by restated.indicator, restated.period_start order by restated.closing_date_after desc
    ) = 1
order by restated.closing_date_after desc, board.position asc, restated.period_start asc
limit 30
