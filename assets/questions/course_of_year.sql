-- Month by month, each indicator by its headline definition and unit.
select
    result.indicator,
    list(result.actual order by result.period_start) as shares
from marts.indicator_result as result
inner join marts.scoreboard as board
    on
        board.indicator = result.indicator
        and board.definition = result.definition
        and board.unit_code = result.unit_code
where
    result.closing_date = board.as_of
    and result.measure = 'rate'
    and result.period_calendar = 'iso' and result.period_kind = 'month'
    and year(result.period_end) = year(board.as_of)
    and result.applicant_group <> 'chua_xac_dinh'
group by result.indicator, board.position
order by board.position
