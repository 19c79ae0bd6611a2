-- T01: ngày hẹn trả bị dời sau lần thấy đầu tiên, hoặc ngay từ đầu đã xa hơn quy định.
with limits as (
    select
        max(value) filter (where name = 'days_before_due')  as days_before_due,
        max(value) filter (where name = 'grace_days')       as grace_days
    from reference.trap_thresholds
    where trap = 'T01'
),

-- The first version that showed another date than the promise says when it was moved at the latest.
moves as (
    select
        version.record_key,
        min(version.seen_at)        as moved_by,
        min(version.first_seen_at)  as first_seen_at
    from staging.portal__dossier_versions as version
    inner join core.dossier_intake as dossier using (record_key)
    where version.appointment_at > dossier.due_on_original
    group by version.record_key
),

moved as (
    select
        dossier.dossier_code,
        dossier.unit_code,
        dossier.due_on_original,
        dossier.due_on_current,
        dossier.completed_at,
        -- The source's own time of change says more than our next look.
        least(moves.moved_by, coalesce(staged.updated_at, moves.moved_by)) as moved_at,
        moves.first_seen_at,
        moves.moved_by
    from moves
    inner join core.dossier_intake as dossier using (record_key)
    inner join staging.portal__dossiers as staged using (record_key)
    left join core.dossier_extensions as extended on extended.record_key = dossier.record_key and extended.way = 'added'
    where
        dossier.due_on_current > dossier.due_on_original
        -- A new appointment that gives back the time of a valid pause, and no more, is a legitimate extension.
        and limit_mark(dossier.due_on_current, dossier.limit_unit)
        > limit_mark(coalesce(extended.due_to, dossier.due_on_original), dossier.limit_unit)
)

select
    'T01'                                                       as trap,
    if(
        moved.moved_at::date > moved.due_on_original::date - limits.days_before_due::integer,
        'doi_sau_han', 'doi_truoc_han'
    )                                                           as signal,
    'dossier'                                                   as record_kind,
    moved.dossier_code                                          as record_key,
    moved.unit_code,
    moved.moved_at::date                                        as occurred_on,
    json_object(
        'hen_ban_dau', moved.due_on_original, 'hen_hien_tai', moved.due_on_current, 'thay_luc', moved.moved_by,
        'ket_thuc', moved.completed_at
    )                                                           as evidence,
    'Hồ sơ ' || moved.dossier_code || ': ngày hẹn trả bị dời từ ' || strftime(moved.due_on_original, '%d/%m/%Y')
    || ' sang ' || strftime(moved.due_on_current, '%d/%m/%Y')
    || case
        when moved.moved_at > moved.due_on_original
            then ', khi đã quá hạn ' || (moved.moved_at::date - moved.due_on_original::date) || ' ngày'
        else ', trước hạn ' || (moved.due_on_original::date - moved.moved_at::date) || ' ngày'
    end                                                         as sentence,
    moved.first_seen_at
from moved, limits
union all
select
    'T01',
    'hen_qua_quy_dinh',
    'dossier',
    dossier.dossier_code,
    dossier.unit_code,
    dossier.accepted_at::date,
    json_object('hen_ban_dau', dossier.due_on_original, 'han_quy_dinh', dossier.due_on_statutory),
    'Hồ sơ ' || dossier.dossier_code || ': ngày hẹn trả ' || strftime(dossier.due_on_original, '%d/%m/%Y')
    || ' xa hơn hạn theo quy định ' || strftime(dossier.due_on_statutory, '%d/%m/%Y')
    || ' là ' || (dossier.due_on_original::date - dossier.due_on_statutory::date) || ' ngày',
    dossier.first_seen_at
from core.dossier_intake as dossier, limits
where
    dossier.due_on_original::date > dossier.due_on_statutory::date + limits.grace_days::integer
    and not exists (
        select 1 from core.pause_requests as pause
        where pause.record_key = dossier.record_key
    )
