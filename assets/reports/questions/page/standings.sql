-- What each indicator came to in a version, to be held against another one.
select
    position,
    indicator,
    label,
    numerator,
    denominator,
    actual,
    verdict,
    measure,
    unit_of_measure,
    decimals,
    operator,
    target,
    upper_target
from marts.scoreboard
order by position
