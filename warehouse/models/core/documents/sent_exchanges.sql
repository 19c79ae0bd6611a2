-- Lượt gửi trên trục liên thông, mỗi văn bản × nơi nhận một dòng dù gửi lại mấy lần, cùng trạng thái nơi nhận báo về.
with sendings as (
    select
        document_code(sent.notation)                            as document_code,
        document_label(sent.notation)                           as document_label,
        sent.recipient_code                                     as recipient,
        coalesce(nullif(sent.sender_doc_id, ''), nullif(sent.receiver_doc_id, '')) as message_id,
        sent.sent_at,
        sent.receive_status = 'done' and sent.received_at < rules.cut_at as is_taken
    from staging.axis__sent_documents as sent
    cross join core.document_rules as rules
    where
        sent.notation is not null
        and sent.unreadable is null
        and sent.recipient_code is not null
        and sent.sent_at < rules.cut_at
        and coalesce(nullif(sent.sender_doc_id, ''), sent.receiver_doc_id, '') <> ''
        and sent.send_status is distinct from 'fail'
),

registered as (
    select
        document_code,
        recipient,
        numbering_year,
        max(issued_on) as issued_on
    from core.register_entries
    group by all
),

-- Numbers begin anew each year; what was numbered in December may be sent in January.
numbered as (
    select
        sendings.*,
        if(
            same_year.document_code is null and year_before.document_code is not null,
            year(sendings.sent_at) - 1, year(sendings.sent_at)
        ) as numbering_year
    from sendings
    left join registered as same_year
        on
            sendings.document_code = same_year.document_code
            and sendings.recipient = same_year.recipient
            and year(sendings.sent_at) = same_year.numbering_year
    -- Equalities alone: a condition on one side of an outer join would be asked of every pair.
    left join (
        select * from registered
        where month(issued_on) = 12
    ) as year_before
        on
            sendings.document_code = year_before.document_code
            and sendings.recipient = year_before.recipient
            and if(month(sendings.sent_at) = 1, year(sendings.sent_at) - 1, null) = year_before.numbering_year
)

select
    numbered.document_code,
    numbered.numbering_year,
    numbered.recipient,
    one_label(list(numbered.document_label))                    as document_label,
    min(numbered.sent_at)                                       as sent_at,
    count(distinct numbered.message_id)                         as message_count,
    count(*)                                                    as row_count,
    greatest(bool_or(numbered.is_taken)::integer, coalesce(any_value(answers.stage), 0)) as stage,
    coalesce(any_value(answers.last_delivery) = 'tu_choi', false)   as is_refused,
    any_value(answers.last_consent)                             as last_consent,
    -- What a recipient gives back is void. One answer tells so of a recall and of an update: then what was sent since
    -- is the new version; what was sent again before leaves it open, unless the answer is that of a recall alone.
    case
        when coalesce(any_value(answers.last_consent), 'khong_dong_y') = 'khong_dong_y' then false
        when max(numbered.sent_at) > any_value(answers.consented_at) then false
        when count(distinct numbered.message_id) = 1 or any_value(answers.last_consent) = 'da_thu_hoi' then true
    end                                                         as is_given_back,
    -- Whether nothing that may have been missed can change it: accepted, refused, or told by the document system.
    coalesce(any_value(answers.is_final), false)                as is_final,
    coalesce(any_value(answers.is_told_by_register), false)     as is_told_by_register
from numbered
left join core.exchange_answers as answers using (document_code, numbering_year, recipient)
group by numbered.document_code, numbered.numbering_year, numbered.recipient
