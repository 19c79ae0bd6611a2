-- Ngày chốt nào của kỳ được trả lời bằng quan sát ngày nào, theo từng nguồn; trước khi có quan sát thì không có dòng.
with sources as (
    select 'procedure_list' as source, min(observed_from) as since from staging.tthc__procedure_list_versions
    union all
    select 'procedures', min(observed_from) from staging.tthc__procedure_versions
    union all
    select 'portal_procedures', min(observed_from) from staging.portal__procedure_versions
    union all
    select 'portal_processes', min(observed_from) from staging.portal__process_versions
),

days as (
    select on_date as as_at from core.measuring_days
)

-- A stock cannot be told of a day on which nobody looked. Only the closing date itself takes what was seen first after
-- it: a closing date before the first run is answered with what is known (contract §5).
select
    sources.source,
    days.as_at,
    greatest(days.as_at, sources.since) as observed_on
from sources
cross join days
cross join reference.closing as closing
where days.as_at >= sources.since or (days.as_at = closing.closing_date and sources.since is not null)
