-- Văn bản trên trục liên thông so với sổ văn bản đi, sổ văn bản đến của Văn phòng, từng văn bản (× nơi nhận) một dòng.
-- Where one side has never been read there is nothing to compare.
with sent_registered as (
    select
        document_code,
        numbering_year,
        recipient,
        min(issued_on)      as issued_on,
        bool_or(is_by_axis) as is_by_axis
    from core.register_entries
    where audience = 'agency'
    group by all
),

sent as (
    select
        'van_ban_di'                                                    as subject,
        coalesce(entry.issued_on, exchange.sent_at::date)               as on_date,
        exchange.document_code is not null                              as is_left,
        coalesce(entry.is_by_axis, false) or (entry.is_by_axis is not null and exchange.document_code is not null)
            as is_right,
        is_left and is_right and (not entry.is_by_axis or exchange.is_refused) as is_conflicting
    from core.sent_exchanges as exchange
    full join sent_registered as entry using (document_code, numbering_year, recipient)
    where exists (select 1 from core.sent_exchanges) and exists (select 1 from sent_registered)
),

received as (
    select
        'van_ban_den'                                                   as subject,
        coalesce(entry.issued_on, packet.issued_on)                     as on_date,
        packet.version_count > 0                                        as is_left,
        coalesce(entry.is_by_axis, false) or (entry.is_by_axis is not null and packet.version_count > 0)
            as is_right,
        is_left and is_right and not entry.is_by_axis                   as is_conflicting
    from core.received_packets as packet
    full join core.incoming_entries as entry using (document_code, numbering_year, sender)
    where exists (select 1 from core.received_packets) and exists (select 1 from core.incoming_entries)
)

select * from sent
where is_left or is_right
union all
select * from received
where is_left or is_right
