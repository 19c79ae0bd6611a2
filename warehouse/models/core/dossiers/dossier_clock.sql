-- Đồng hồ của từng hồ sơ tại ngày chốt: tiếp nhận, hạn, kết thúc, sớm hay muộn.
with supplements as (
    select
        pause.record_key,
        count(*)                                                    as supplement_count,
        bool_or(not pause.extends_due and pause.ordinal = 1)        as is_asked_late,
        -- Only a supplement asked while still in time shelters an open dossier (domain §2.8).
        bool_or(
            pause.started_at::date <= due.due_on_effective::date
            and (pause.ended_at is null or pause.ended_at::date > closing.closing_date)
        )                                                           as is_paused
    from core.dossier_pauses as pause
    inner join core.dossier_dues as due using (record_key)
    cross join reference.closing as closing
    where pause.pause_kind = 'bo_sung' or pause.extends_due
    group by pause.record_key
),

-- Limits in days are compared by date, unless the Office decides otherwise (P-15); limits in hours always by minute.
grain as (
    select
        (value ->> '$.ngay') = 'minute' as is_minute,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-15'
),

dated as (
    select
        dossier.*,
        closing.closing_date,
        due.due_on_effective,
        due.due_on_promised,
        due.due_on_latest,
        due.pause_state,
        coalesce(due.is_inferred, false)                            as is_inferred,
        due.paused_working_days,
        coalesce(supplements.supplement_count, 0)                   as supplement_count,
        coalesce(supplements.is_asked_late, false)                  as is_asked_late,
        coalesce(supplements.is_paused, false)                      as is_paused,
        dossier.status_code not in (1, 3)                           as is_counted,
        dossier.accepted_at::date                                   as accepted_on,
        dossier.status_code in (7, 8, 9, 10)
        and dossier.completed_at::date <= closing.closing_date      as is_ended,
        -- The unit whose grain is compared.
        if(grain.is_minute, 'h', dossier.limit_unit)                as compared_unit,
        limit_mark(dossier.completed_at, compared_unit)             as ended_mark,
        limit_mark(due.due_on_effective, compared_unit)             as due_mark,
        limit_mark(due.due_on_latest, compared_unit)                as latest_mark
    from core.dossiers as dossier
    cross join reference.closing as closing
    inner join grain
        on coalesce(dossier.completed_at::date, closing.closing_date) between grain.holds_from and grain.holds_to
    left join core.dossier_dues as due using (record_key)
    left join supplements using (record_key)
    where
        coalesce(dossier.accepted_at, dossier.applied_at, timestamp '-infinity')::date
        <= closing.closing_date
)

select
    * exclude (is_ended, ended_mark, due_mark, latest_mark, is_paused),
    is_ended and is_counted                                         as is_ended,
    case when is_ended and is_counted then completed_at::date end   as ended_on,
    not is_ended and is_counted and is_paused                       as is_paused,
    case
        when ended_mark < due_mark then -1
        when ended_mark = due_mark then 0
        else 1
    end                                                             as lateness,
    -- Late by the due date that decides, in time by the latest that can have been promised.
    is_ended and is_counted and ended_mark > due_mark and ended_mark <= latest_mark as is_doubtful,
    -- In doubt because nobody can tell whether the appointment contains the pause: no rate of what ended counts it.
    coalesce(is_doubtful and pause_state = 'khong_ro', false)      as is_unclear,
    case
        when not is_counted and status_code = 1 then 'moi_dang_ky'
        when not is_counted then 'khong_tiep_nhan'
        when is_ended and status_code in (7, 8)
            then coalesce(outcome, if(status_code = 7, 'rut', 'dung_xu_ly'))
        when is_ended and ended_mark < due_mark then 'truoc_han'
        when is_ended and ended_mark = due_mark then 'dung_han'
        when is_ended then 'qua_han'
        when is_paused then 'tam_dung'
        when closing_date > due_on_effective::date then 'dang_giai_quyet_qua_han'
        else 'dang_giai_quyet_trong_han'
    end                                                             as classification
from dated
