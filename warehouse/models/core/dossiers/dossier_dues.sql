-- Hạn có hiệu lực: lời hứa được tính cộng thời gian tạm dừng hợp lệ, và ngày hẹn thấy lần đầu đã gồm nó hay chưa.
-- The clock on trial (domain §13.2): a system that writes a new appointment on each supplement shows one that already
-- contains the pause, and adding it again would count it twice.
with paused as (
    select
        record_key,
        max(first_ended_at)                         as first_ended_at,
        max(paused_working_days)                    as paused_working_days,
        max(due_to) filter (where way = 'legal')    as due_legal,
        max(due_to) filter (where way = 'every')    as due_every,
        max(due_to) filter (where way = 'added')    as due_added
    from core.dossier_extensions
    group by record_key
),

judged as (
    select
        promise.*,
        paused.* exclude (record_key),
        case
            when paused.record_key is null then null
            when promise.is_told and promise.due_on_original > promise.due_on_promised then 'da_gom'
            when promise.is_told then 'chua_gom'
            -- Nobody can have put into a date what had not happened when we saw it.
            when promise.is_seen_before_pauses then 'chua_gom'
            -- What a later version has in addition, the first one had not.
            when
                promise.due_on_current > promise.due_on_original
                and limit_mark(promise.due_on_current, promise.limit_unit)
                = limit_mark(paused.due_added, promise.limit_unit) then 'chua_gom'
            when promise.due_on_statutory is null then 'khong_ro'
            when not promise.is_beyond_statutory then 'chua_gom'
            when
                paused.first_ended_at <= promise.appointment_seen_at
                and limit_mark(promise.due_on_original, promise.limit_unit) in (
                    limit_mark(paused.due_legal, promise.limit_unit), limit_mark(paused.due_every, promise.limit_unit)
                ) then 'da_gom'
            else 'khong_ro'
        end as pause_state
    from core.dossier_promises as promise
    left join paused using (record_key)
)

select
    record_key,
    coalesce(paused_working_days, 0)                            as paused_working_days,
    pause_state,
    due_on_promised,
    -- Without an answer the earlier of what the law gives and what the source shows decides; the later one is told.
    case
        when pause_state = 'khong_ro' then least(due_legal, due_on_original)
        else coalesce(due_legal, due_on_promised)
    end                                                         as due_on_effective,
    case
        when is_told or pause_state = 'da_gom' then due_on_effective
        else greatest(due_on_effective, coalesce(due_added, due_on_original))
    end                                                         as due_on_latest,
    -- The promise of an appointment that contains the pause is what remains without it: nothing is inferred there.
    is_inferred and coalesce(pause_state <> 'da_gom', true)     as is_inferred
from judged
