-- Các lần yêu cầu bổ sung hoặc thực hiện nghĩa vụ tài chính, đọc từ nhật ký xử lý của từng hồ sơ.
with tasks as (
    select
        dossier.record_key,
        unnest(dossier.tasks) as task
    from staging.portal__dossiers as dossier
    where len(dossier.tasks) > 0
),

named as (
    select
        record_key,
        task.id                                 as task_id,
        task.isCurrent                          as is_current,
        task.createdDate                        as created_text,
        task.updatedDate                        as updated_text,
        task.bpmProcessDefinitionTask.name      as task_name
    from tasks
),

-- Task names repeat: fold each spelling once, not once per task.
pause_names as (
    select
        spelling.task_name,
        status.status_code,
        status.holds_from,
        status.holds_to
    from (select distinct task_name from named) as spelling
    inner join reference.dossier_status_names as status
        on status.folded_name = fold(display_name(spelling.task_name))
    where status.status_code in (5, 6)
),

requests as (
    select
        named.record_key,
        named.task_id,
        pause_names.status_code,
        local_timestamp(named.created_text)     as started_at,
        case
            when coalesce(named.is_current, 'false') <> 'true'
                then local_timestamp(named.updated_text)
        end                                     as ended_at,
        coalesce(named.is_current, 'false') = 'true'
        or nullif(named.updated_text, '') is null as is_open,
        local_timestamp(named.created_text) is null
        or unreadable('updatedDate', named.updated_text) is not null as is_unreadable
    from named
    inner join pause_names
        on
            pause_names.task_name = named.task_name
            and coalesce(local_timestamp(named.created_text), timestamp '9999-12-31')::date
            between pause_names.holds_from and pause_names.holds_to
)

select
    record_key,
    task_id,
    case status_code when 5 then 'bo_sung' else 'tai_chinh' end as pause_kind,
    started_at,
    ended_at,
    is_open,
    is_unreadable,
    row_number() over (
        partition by record_key, status_code order by started_at, task_id
    )::integer as ordinal
from requests
