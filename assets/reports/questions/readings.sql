-- Every reading of every headline, in the order of the board.
select
    reading.indicator,
    board.label             as indicator_label,
    reading.reading,
    reading.is_headline,
    reading.label,
    reading.numerator,
    reading.denominator,
    reading.actual,
    reading.lower_bound,
    reading.upper_bound,
    reading.target,
    reading.verdict,
    reading.reason,
    reading.is_kept,
    reading.used_by,
    reading.parameter,
    reading.value,
    reading.citation,
    reading.counted_from,
    reading.counted_to
from marts.reading as reading
inner join marts.scoreboard as board using (indicator)
order by reading.objective_position, reading.position
