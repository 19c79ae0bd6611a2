-- Cân đối theo kỳ và đơn vị: tiếp nhận + kỳ trước chuyển sang = đã giải quyết + đang giải quyết.
with counted as (
    select
        period.*,
        clock.unit_code,
        count(*) filter (
            where clock.accepted_on between period.period_start and period.as_at
        )                                                           as received,
        count(*) filter (
            where clock.ended_on between period.period_start and period.as_at
        )                                                           as settled
    from core.periods as period
    inner join core.dossier_clock as clock on clock.accepted_on <= period.as_at
    where clock.is_counted
    group by all
),

stock as (
    select
        as_at,
        unit_code,
        count(*) as still_open
    from core.open_dossiers
    group by all
)

select
    counted.period_calendar,
    counted.period_kind,
    counted.period_start,
    counted.period_end,
    counted.unit_code,
    counted.received,
    coalesce(opening.still_open, 0)     as carried,
    counted.settled,
    coalesce(closing.still_open, 0)     as still_open,
    counted.received + coalesce(opening.still_open, 0)
    - counted.settled - coalesce(closing.still_open, 0) as difference
from counted
left join stock as opening
    on opening.as_at = counted.period_start - 1 and opening.unit_code = counted.unit_code
left join stock as closing
    on closing.as_at = counted.as_at and closing.unit_code = counted.unit_code
