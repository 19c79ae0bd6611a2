-- Hiệu chỉnh đồng hồ: ngày hẹn thấy lần đầu đã gồm tạm dừng hay chưa, tỷ lệ, ví dụ, và R1 lũy kế theo từng cách hiểu.
with compared as (
    select
        scope.scope_code                                            as unit_code,
        clock.dossier_code,
        coalesce(clock.pause_state, 'khong_dung')               as pause_state,
        if(clock.is_inferred, 'HAN_SUY_DIEN', null)                 as due_mark,
        clock.is_ended and clock.status_code in (9, 10)
        and clock.ended_on between year.period_start and year.as_at as is_settled,
        clock.lateness <= 0                                         as is_in_time,
        limit_mark(clock.completed_at, clock.limit_unit)            as ended_mark,
        limit_mark(coalesce(added.due_to, clock.due_on_original), clock.limit_unit) as added_mark,
        limit_mark(clock.due_on_original, clock.limit_unit)         as shown_mark,
        limit_mark(clock.due_on_latest, clock.limit_unit)           as latest_mark
    from core.dossier_clock as clock
    inner join core.scopes as scope using (unit_code)
    cross join reference.closing as closing
    cross join core.headline_period as year
    left join core.dossier_extensions as added on added.record_key = clock.record_key and added.way = 'added'
    where clock.is_counted and scope.scope_code in ('VP', closing.org_code)
)

select
    unit_code,
    pause_state,
    due_mark,
    count(*)                                                                    as dossiers,
    count(*) / sum(count(*)) over (partition by unit_code)                      as share,
    count(*) filter (where is_settled)                                          as settled,
    count(*) filter (where is_settled and is_in_time)                           as in_time,
    count(*) filter (where is_settled and ended_mark <= added_mark)             as in_time_if_added,
    count(*) filter (where is_settled and ended_mark <= shown_mark)             as in_time_if_not_added,
    count(*) filter (where is_settled and (is_in_time or ended_mark <= latest_mark)) as in_time_at_latest,
    -- Public codes, and nothing of the applicant; those whose judgement hangs on it come first.
    array_to_string(
        list(
            dossier_code order by is_settled and is_in_time <> (ended_mark <= added_mark) desc, dossier_code asc
        )[1:5], ', '
    )                                                                           as examples
from compared
group by unit_code, pause_state, due_mark
