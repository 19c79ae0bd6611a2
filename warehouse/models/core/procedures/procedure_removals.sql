-- Ngày thôi công khai của từng TTHC bị bãi bỏ theo quyết định: lần đọc đầu tiên không còn thấy, hoặc ghi là bãi bỏ.
with rescinded as (
    select *
    from core.announced_procedures
    where is_rescission
),

labelled as (
    select
        rescinded.procedure_code,
        rescinded.decision_id,
        min(detail.first_seen_at) as labelled_at
    from rescinded
    inner join staging.tthc__procedure_versions as detail on detail.record_key = rescinded.procedure_code
    inner join reference.procedure_statuses as status on status.folded_value = fold_ascii(detail.status_source)
    where
        not status.is_public
        and local_day(detail.first_seen_at) >= rescinded.on_date
        and local_day(detail.first_seen_at) < coalesce(rescinded.undone_on, date '9999-12-31')
    group by all
),

looked as (
    select
        rescinded.procedure_code,
        rescinded.decision_id,
        look.*,
        bool_or(shown.procedure_code is not null) as is_shown
    from rescinded
    left join staging.ledger__publication_looks as look
        on look.looked_on >= rescinded.on_date and look.looked_on < coalesce(rescinded.undone_on, date '9999-12-31')
    left join staging.tthc__public_procedure_versions as shown
        on
            shown.procedure_code = rescinded.procedure_code
            and shown.first_seen_at <= look.ended_at
            and look.ended_at < coalesce(shown.shown_until, timestamptz 'infinity')
    group by all
),

first_gone as (
    select
        looked.procedure_code,
        looked.decision_id,
        min(looked.ended_at) filter (where not looked.is_shown) as gone_at,
        any_value(labelled.labelled_at)                         as labelled_at
    from looked
    left join labelled using (procedure_code, decision_id)
    group by looked.procedure_code, looked.decision_id
)

select
    looked.procedure_code,
    looked.decision_id,
    min(if(
        looked.ended_at = gone.gone_at or looked.ended_at >= gone.labelled_at, looked.told_by, null
    ))                                          as published_by,
    max(looked.told_through) filter (
        where looked.ended_at < least(gone.gone_at, gone.labelled_at, timestamptz 'infinity')
    )                                           as absent_through
from looked
inner join first_gone as gone using (procedure_code, decision_id)
group by looked.procedure_code, looked.decision_id
