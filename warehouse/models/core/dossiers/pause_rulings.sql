-- Từng lần tạm dừng có dời hạn hay không, và vì sao không.
with financial_rule as (
    select
        value ->> '$' as decision,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-13'
),

asked as (
    select
        dossier.record_key,
        dossier.dossier_code,
        promise.due_on_promised,
        pause.pause_kind,
        pause.ordinal,
        pause.started_at,
        pause.ended_at,
        -- An open pause runs to the closing date, none runs past the end of its dossier.
        least(
            coalesce(pause.ended_at, timestamp 'infinity'),
            coalesce(dossier.completed_at, timestamp 'infinity'),
            closing.closing_date + interval '23 hours 59 minutes'
        ) as counted_until,
        case
            when pause.ordinal > 1 then 'lan_sau'
            when
                limit_mark(pause.started_at, dossier.limit_unit)
                > limit_mark(promise.due_on_promised, dossier.limit_unit)
                then 'da_qua_hen'
            when pause.pause_kind = 'bo_sung' or financial_rule.decision = 'luon_tam_dung' then null
            when financial_rule.decision = 'khong_tam_dung' then 'van_phong_khong_tinh'
            when financial_rule.decision = 'theo_thu_tuc' and financial.procedure_code is not null then null
            else 'thu_tuc_khong_quy_dinh'
        end as refusal,
        financial.procedure_code is not null as is_in_procedure
    from core.pause_requests as pause
    inner join core.dossiers as dossier using (record_key)
    cross join reference.closing as closing
    inner join financial_rule on pause.started_at::date between financial_rule.holds_from and financial_rule.holds_to
    left join core.dossier_promises as promise using (record_key)
    left join reference.financial_pauses as financial
        on
            financial.procedure_code = national_procedure_code(dossier.procedure_code)
            and pause.pause_kind = 'tai_chinh'
            and pause.started_at::date >= coalesce(financial.valid_from, date '0001-01-01')
            and pause.started_at::date <= coalesce(financial.valid_to, date '9999-12-31')
    where pause.started_at::date <= closing.closing_date
)

select
    record_key,
    dossier_code,
    pause_kind,
    ordinal,
    started_at,
    ended_at,
    counted_until,
    -- Without a date that was promised nobody can say whether it was passed.
    case
        when refusal is not null then false
        when due_on_promised is not null then true
    end as extends_due,
    refusal,
    -- Whether the procedure itself says that the obligation suspends the clock.
    is_in_procedure
from asked
