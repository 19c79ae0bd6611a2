-- Kết quả chính tại ngày chốt mới nhất: định nghĩa chính, đúng nhóm người nộp, lịch dương; mọi đơn vị, mọi kỳ.
-- What every page and report joins; other definitions, groups, calendars and closing dates stand in indicator_result.
select
    board.position,
    result.indicator,
    board.label,
    result.definition,
    definition.label                        as definition_label,
    definition.formula,
    definition.basis,
    definition.is_cumulative,
    result.unit_code,
    result.unit_name,
    result.unit_code = board.unit_code      as is_headline_unit,
    result.applicant_group,
    result.period_kind,
    result.period_start,
    result.period_end,
    result.numerator,
    result.denominator,
    result.excluded,
    result.quarantined,
    result.actual,
    result.lower_bound,
    result.upper_bound,
    result.operator,
    result.target,
    result.verdict,
    result.verdict_reason,
    result.is_retrospective,
    result.definition_version,
    result.known_from,
    result.closing_date
from marts.scoreboard as board
inner join marts.indicator_result as result
    on
        result.indicator = board.indicator
        and result.definition = board.definition
        and result.closing_date = board.as_of
-- The one group that an indicator is told for.
inner join reference.indicators as known
    on known.indicator = result.indicator and known.applicant_group = result.applicant_group
left join reference.definitions as definition
    on definition.indicator = result.indicator and definition.definition = result.definition
where result.period_calendar = 'iso'
