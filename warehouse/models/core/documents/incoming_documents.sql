-- Văn bản đến, mỗi văn bản một dòng: sổ văn bản đến đối chiếu với gói tin trên trục, với các phép thử E1–E4.
-- The list of packets is a queue that others empty: what it does not show may well have come that way. Then the
-- document system's own check, as the register has it, stands for the packet; without it nothing is known.
select
    document_code,
    numbering_year,
    sender,
    one_label([entry.document_label, packet.document_label])    as document_label,
    coalesce(entry.issued_on, packet.issued_on)                 as issued_on,
    coalesce(entry.unit_code, '?')                              as unit_code,
    entry.document_code is not null                             as is_registered,
    packet.version_count > 0                                    as is_on_axis,
    coalesce(entry.is_agency, true)                             as is_agency,
    month.share < 1 or (month.month_start is not null and month.share is null)  as is_partly_seen,
    coalesce(packet.is_recalled, false) or coalesce(is_partly_seen and entry.validity = 'Đã thu hồi', false)
        as is_recalled,
    coalesce(packet.is_replaced, false) or coalesce(is_partly_seen and entry.validity = 'Đã thay thế', false)
        as is_replaced,
    coalesce(entry.is_by_axis, false) and packet.document_code is null  as is_packet_missing,
    coalesce(packet.signature_state, if(entry.signature = 'Không hợp lệ', 'khong_hop_le', null)) as signature_state,
    entry.channel,
    entry.is_urgent,
    entry.differing_columns,
    entry.arrived_at,
    entry.received_at,
    entry.forwarded_at,
    coalesce(entry.due_on, packet.due_on)                       as due_on,
    entry.completed_at,
    case
        when entry.is_by_axis or packet.version_count > 0 then true
        -- Fax and mail may have come beside a packet that nobody saw; what came on paper fails for the paper.
        when not entry.is_paper and coalesce(month.share_told, if(month.month_start is null, 1, 0)) < 1 then null
        else false
    end                                                         as is_e2,
    case
        when packet.version_count > 0
            then if(packet.signature_state = 'khong_doc_duoc', null, packet.signature_state = 'hop_le')
        when not entry.is_by_axis then if(is_e2 is null, null, false)
        when entry.signature <> 'Không đọc được' then entry.signature = 'Hợp lệ'
    end                                                         as is_e1,
    not entry.is_paper                                          as is_e3,
    case
        when entry.document_code is not null
            then if(rules.incoming_stage > 1, entry.received_at is not null, entry.arrived_at is not null)
    end                                                         as is_e4
from core.incoming_entries as entry
full join core.received_packets as packet using (document_code, numbering_year, sender)
left join core.evidence_months as month on date_trunc('month', entry.arrived_at) = month.month_start
inner join core.document_decisions as rules
    on
        coalesce(entry.issued_on, packet.issued_on, entry.arrived_at::date, rules.closing_date)
        between rules.holds_from and rules.holds_to
where entry.document_code is not null or packet.version_count > 0
