-- MT2b: văn bản giữa các cơ quan hành chính qua trục liên thông: lượt gửi, văn bản, chiều đến và đúng hạn T1–T4.
-- one row per judged record
-- A document counts as electronic when every delivery of it that counts is.
with documents as (
    select
        one_label(list(document_label))                                     as document_label,
        min(issued_on)                                                      as issued_on,
        coalesce(min(unit_code) filter (where unit_code <> '?'), '?')       as unit_code,
        count(*)                                                            as deliveries,
        count(*) filter (where outcome = 'failed')                          as failed,
        count(*) filter (where outcome = 'undetermined')                    as unknown,
        count(*) filter (where outcome = 'met')                             as met,
        min(reason_code) filter (where outcome = 'failed')                  as failed_for,
        min(reason_code) filter (where outcome = 'undetermined')            as unknown_for,
        min(reason_code) filter (where outcome = 'excluded')                as excluded_for
    from core.delivery_outcomes
    group by document_code, numbering_year
),

judged as (
    select
        'PAIR' as definition, unit_code, issued_on, 'delivery' as record_kind, record_key, outcome,
        reason_code, reason, null::integer as days_late
    from core.delivery_outcomes
    union all
    select
        'DOC', unit_code, issued_on, 'document', document_label,
        case
            when failed > 0 then 'failed'
            when unknown > 0 then 'undetermined'
            when met > 0 then 'met'
            else 'excluded'
        end,
        case when failed > 0 then failed_for when unknown > 0 then unknown_for when met = 0 then excluded_for end,
        case
            when failed > 0 then failed || '/' || deliveries || ' lượt gửi chưa hoàn toàn điện tử qua trục'
            when unknown > 0 then unknown || '/' || deliveries || ' lượt gửi chưa đủ căn cứ'
            when met = 0 then 'Mọi lượt gửi đều được loại trừ'
        end,
        null
    from documents
    union all
    select
        'IN', unit_code, issued_on, 'incoming_document', record_key, outcome, reason_code, reason, null
    from core.incoming_outcomes
    union all
    select
        unnest(['PAIR', 'DOC']), unit_code, issued_on, 'secret_document', record_key,
        outcome, reason_code, reason, null
    from core.secret_documents
    where direction = 'Đi'
    union all
    select
        'IN', unit_code, issued_on, 'secret_document', record_key, outcome, reason_code, reason, null
    from core.secret_documents
    where direction = 'Đến'
    union all
    select
        definition, unit_code, issued_on, record_kind, record_key, outcome, reason_code, reason, days_late
    from core.exchange_timeliness
)

select
    'MT2b'      as indicator,
    definition,
    unit_code,
    'flow'      as basis,
    issued_on   as on_date,
    record_kind,
    record_key,
    outcome,
    reason_code,
    reason,
    days_late
from judged
