-- T05: báo xong khi việc chưa xong: còn bước xử lý bắt đầu sau ngày kết thúc.
with steps as (
    select
        record_key,
        unnest(tasks) as step
    from staging.portal__dossiers
    where completed_at is not null and len(tasks) > 0
),

later as (
    select
        steps.record_key,
        max(local_timestamp(steps.step.createdDate))    as step_at,
        count(*)                                        as steps_after
    from steps
    inner join staging.portal__dossiers as dossier using (record_key)
    where
        local_timestamp(steps.step.createdDate) > dossier.completed_at + to_minutes((
            select value::integer from reference.trap_thresholds
            where trap = 'T05' and name = 'minutes_after'
        ))
        -- Handing over comes after the end by nature.
        and not contains(fold_ascii(coalesce(steps.step.bpmProcessDefinitionTask.name, '')), 'tra ket qua')
    group by steps.record_key
)

select
    'T05'                       as trap,
    'con_buoc_sau'              as signal,
    'dossier'                   as record_kind,
    dossier.dossier_code        as record_key,
    dossier.unit_code,
    dossier.completed_at::date  as occurred_on,
    json_object('ket_thuc', dossier.completed_at, 'buoc_sau_cung', later.step_at, 'so_buoc', later.steps_after)
        as evidence,
    'Hồ sơ ' || dossier.dossier_code || ': ghi kết thúc lúc ' || strftime(dossier.completed_at, '%H:%M %d/%m/%Y')
    || ' nhưng còn bước xử lý lúc ' || strftime(later.step_at, '%H:%M %d/%m/%Y')
        as sentence,
    dossier.first_seen_at
from later
inner join core.dossier_intake as dossier using (record_key)
where dossier.status_code in (9, 10)
