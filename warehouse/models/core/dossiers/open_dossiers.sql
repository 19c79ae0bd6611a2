-- Hồ sơ đang giải quyết tại từng mốc (đầu kỳ, cuối kỳ): quá hạn, tạm dừng, yêu cầu bổ sung nhiều lần.
with marks as (
    select span_start - 1 as as_at from core.period_spans
    union
    select span_as_at from core.period_spans
),

open_at as (
    select
        marks.as_at,
        clock.record_key,
        clock.unit_code,
        clock.applicant_group,
        clock.due_on_effective::date as due_on,
        clock.due_on_latest::date as latest_due_on
    from marks
    inner join core.dossier_clock as clock
        on
            clock.accepted_on <= marks.as_at
            and coalesce(clock.ended_on, date '9999-12-31') > marks.as_at
    where clock.is_counted
),

supplements as (
    select
        open_at.as_at,
        open_at.record_key,
        count(*) filter (where pause.pause_kind = 'bo_sung') as supplement_count,
        bool_or(
            pause.started_at::date <= open_at.due_on
            and (pause.ended_at is null or pause.ended_at::date > open_at.as_at)
        ) as is_paused
    from open_at
    inner join core.dossier_pauses as pause
        on
            open_at.record_key = pause.record_key
            and pause.started_at::date <= open_at.as_at
    where pause.pause_kind = 'bo_sung' or pause.extends_due
    group by open_at.as_at, open_at.record_key
)

select
    open_at.as_at,
    open_at.record_key,
    open_at.unit_code,
    open_at.applicant_group,
    coalesce(supplements.is_paused, false)                                  as is_paused,
    open_at.as_at > open_at.due_on and not coalesce(supplements.is_paused, false) as is_overdue,
    open_at.as_at > open_at.due_on and open_at.as_at <= open_at.latest_due_on
    and not coalesce(supplements.is_paused, false)                          as is_doubtful,
    coalesce(supplements.supplement_count, 0) >= 2
    and (open_at.as_at <= open_at.due_on or coalesce(supplements.is_paused, false))
        as is_supplemented_twice
from open_at
left join supplements using (as_at, record_key)
