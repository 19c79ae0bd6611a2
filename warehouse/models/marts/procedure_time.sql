-- Mỗi thủ tục mất bao nhiêu ngày làm việc: trung vị, chín phần mười; đúng hạn, bổ sung; từ đầu năm, hai phạm vi.
with ended as (
    select
        clock.procedure_code,
        clock.unit_code,
        clock.lateness <= 0                                         as is_in_time,
        clock.supplement_count,
        done.working_day_index - accepted.working_day_index         as days
    from core.dossier_clock as clock
    inner join core.headline_period as period on clock.ended_on between period.period_start and period.as_at
    inner join reference.calendar as accepted on accepted.day = clock.accepted_on
    inner join reference.calendar as done on done.day = clock.ended_on
    -- With a result: what was withdrawn or stopped tells nothing of how long the procedure takes.
    where clock.is_ended and clock.status_code in (9, 10) and clock.procedure_code is not null
)

select
    scope.scope_code                                        as unit_code,
    ended.procedure_code,
    procedure.procedure_name,
    procedure.sector_name,
    count(*)                                                as settled,
    count(*) filter (where ended.is_in_time)                as in_time,
    in_time / settled                                       as actual,
    wilson_95(in_time, settled, -1)                         as lower_95,
    wilson_95(in_time, settled, 1)                          as upper_95,
    median(ended.days)                                      as median_days,
    avg(ended.days)                                         as mean_days,
    quantile_disc(ended.days, 0.9)::bigint                  as days_of_ninety,
    count(*) filter (where ended.supplement_count > 0)      as asked_for_supplement,
    sum(ended.supplement_count)::bigint                     as supplements
from ended
cross join reference.closing as closing
inner join core.unit_scopes as scope
    on scope.unit_code = ended.unit_code and scope.scope_code in ('VP', closing.org_code)
left join marts.dim_procedure as procedure using (procedure_code)
group by all
order by all
