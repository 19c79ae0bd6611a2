-- MT3.1: TTHC được công bố kịp thời, mỗi TTHC một dòng cho mỗi ngày ký quyết định công bố.
-- STD counts as P-19 says (calendar days: the decree), WD in working days, C25 is STD of one cohort.
-- A procedure in several decisions of a period counts once, and one late one makes it late: indicators.figures takes
-- the worst outcome a record has in each period, which no sum over days could say.
with judged as (
    select
        announced.*,
        occasion.effect_on,
        occasion.is_shortened,
        definition.definition,
        if(
            definition.definition = 'WD' or (parameter.value ->> '$') = 'ngay_lam_viec',
            occasion.due_on_working, occasion.due_on
        ) as due_on
    from core.announced_procedures as announced
    left join core.procedure_occasions as occasion using (procedure_code, decision_id)
    cross join (values ('STD'), ('WD'), ('C25')) as definition (definition)
    cross join reference.parameters as parameter
    cross join reference.parameters as cohort
    where
        parameter.code = 'P-19'
        and announced.on_date between parameter.holds_from and parameter.holds_to
        and cohort.code = 'reorganisation_cohort'
        and announced.on_date between cohort.holds_from and cohort.holds_to
        and (
            definition.definition <> 'C25'
            or announced.signed_on
            between cast(cohort.value ->> '$.tu' as date) and cast(cohort.value ->> '$.den' as date)
        )
),

-- Two decisions of one day are one occurrence, the later limit missed being the one that counts.
decisive as (
    select *
    from judged
    qualify row_number() over (
        partition by definition, procedure_code, on_date
        order by coalesce(signed_on - due_on, 0) desc, due_on is null desc, decision_id
    ) = 1
)

select
    'MT3.1'         as indicator,
    definition,
    '?'             as unit_code,
    'flow'          as basis,
    on_date,
    'procedure'     as record_kind,
    procedure_code  as record_key,
    case
        when exclusion_reason is not null then 'excluded'
        when signed_on is null or due_on is null then 'undetermined'
        when signed_on <= due_on then 'met'
        else 'failed'
    end             as outcome,
    case
        when exclusion_reason is not null then 'LOAI_TRU'
        when signed_on is null then 'KHONG_RO_NGAY_KY'
        when due_on is null then 'KHONG_RO_NGAY_HIEU_LUC'
        when signed_on > due_on then if(is_shortened, 'CONG_BO_MUON_RUT_GON', 'CONG_BO_MUON')
    end             as reason_code,
    case
        when exclusion_reason is not null then exclusion_reason
        when signed_on is null then 'Quyết định ' || decision_number || ' không đọc được ngày ký'
        when due_on is null and is_rescission
            then 'Quyết định ' || decision_number || ' bãi bỏ TTHC: không biết ngày hiệu lực của văn bản bãi bỏ'
        when due_on is null
            then 'Quyết định ' || decision_number || ': không biết ngày hiệu lực của căn cứ pháp lý'
        when signed_on > due_on then format(
            'Quyết định {}{} ký {}, hạn {} (văn bản có hiệu lực {}{})',
            decision_number, if(is_rescission, ' (bãi bỏ)', ''), strftime(signed_on, '%d/%m/%Y'),
            strftime(due_on, '%d/%m/%Y'), strftime(effect_on, '%d/%m/%Y'), if(is_shortened, ', rút gọn', '')
        )
    end             as reason,
    if(exclusion_reason is null and signed_on > due_on, signed_on - due_on, null)::integer as days_late
from decisive
