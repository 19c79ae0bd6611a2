-- Lượt gửi (văn bản × nơi nhận) đến cơ quan hành chính: sổ văn bản đi đối chiếu với trục, với các phép thử E1–E4.
-- A test that cannot be made is NULL.
with entries as (
    select
        document_code,
        numbering_year,
        recipient,
        min(recipient_label)                                            as recipient_label,
        one_label(list(document_label))                                 as document_label,
        min(issued_on)                                                  as issued_on,
        min(signed_on)                                                  as signed_on,
        coalesce(min(unit_code) filter (where unit_code <> '?'), '?')   as unit_code,
        bool_or(audience = 'agency')                                    as is_agency,
        bool_or(is_recalled)                                            as is_recalled,
        bool_and(is_accepted)                                           as is_excluded,
        -- Nothing firm is left to judge by; or something that is not firm stands beside it.
        not bool_and(is_accepted) and bool_and(is_accepted or doubt is not null) as is_in_doubt,
        string_agg(distinct doubt, '; ' order by doubt)                 as doubt,
        min(doubt_code)                                                 as doubt_code,
        min(exclusion_code) filter (where is_accepted)                  as exclusion_code,
        min(exclusion_label) filter (where is_accepted)                 as exclusion_label,
        min(signing_level) filter (where not is_accepted and doubt is null) as signing_level,
        bool_or(is_paper and not is_accepted and doubt is null)         as is_paper,
        bool_or(is_by_axis)                                             as is_by_axis,
        string_agg(distinct lower(sending), ', ' order by lower(sending)) as sending,
        min(sent_at)                                                    as sent_at
    from core.register_entries
    group by all
),

-- A recipient that only the axis knows belongs to a document that the register may know.
documents as (
    select
        document_code,
        numbering_year,
        min(issued_on)                                                  as issued_on,
        coalesce(min(unit_code) filter (where unit_code <> '?'), '?')   as unit_code
    from core.register_entries
    group by all
)

select
    document_code,
    numbering_year,
    recipient,
    one_label([entry.document_label, exchange.document_label])  as document_label,
    coalesce(entry.recipient_label, recipient)                  as recipient_label,
    coalesce(entry.issued_on, document.issued_on, exchange.sent_at::date) as issued_on,
    coalesce(entry.unit_code, document.unit_code, '?')          as unit_code,
    entry.signed_on,
    coalesce(exchange.sent_at, entry.sent_at)                   as sent_at,
    entry.document_code is not null                             as is_registered,
    exchange.document_code is not null                          as is_on_axis,
    exchange.stage,
    coalesce(exchange.is_refused, false)                        as is_refused,
    -- Unknown where the recipient may have refused to give it back in a packet that nobody saw.
    case
        when exchange.last_consent = 'khong_dong_y' then false
        when entry.is_recalled and (exchange.last_consent is not null or coalesce(evidence.is_consent_known, true))
            then true
        when coalesce(entry.is_recalled, false) then null
        when exchange.document_code is null then false
        else exchange.is_given_back
    end                                                         as is_recalled,
    exchange.last_consent is not null                           as is_consent_told,
    coalesce(entry.is_excluded, false)                          as is_excluded,
    coalesce(entry.is_in_doubt, false)                          as is_in_doubt,
    entry.doubt,
    entry.doubt_code,
    entry.exclusion_code,
    entry.exclusion_label,
    entry.signing_level,
    entry.sending,
    entry.signing_level = 2                                     as is_e1,
    case
        when exchange.document_code is not null then true
        when entry.is_by_axis and not rules.is_sent_list_read then null
        else false
    end                                                         as is_e2,
    not entry.is_paper                                          as is_e3,
    evidence.evidence,
    coalesce(entry.is_by_axis, false) and not rules.is_sent_list_read as is_unread,
    is_delivered(
        evidence.evidence, is_unread, is_on_axis, exchange.is_refused, exchange.stage, rules.outgoing_stage
    )                                                           as is_e4
from entries as entry
full join core.sent_exchanges as exchange using (document_code, numbering_year, recipient)
left join core.exchange_evidence as evidence using (document_code, numbering_year, recipient)
left join documents as document using (document_code, numbering_year)
inner join core.document_decisions as rules
    on coalesce(entry.issued_on, exchange.sent_at::date, rules.closing_date) between rules.holds_from and rules.holds_to
where coalesce(entry.is_agency, true)
