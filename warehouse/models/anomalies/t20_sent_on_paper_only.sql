-- T20: sổ văn bản đi ghi gửi qua trục mà danh sách của trục không có.
select
    'T20'                       as trap,
    'so_khac_truc'              as signal,
    'document'                  as record_kind,
    delivery.document_label     as record_key,
    delivery.unit_code,
    delivery.issued_on          as occurred_on,
    json_object('noi_nhan', delivery.recipient_label, 'hinh_thuc_gui_theo_so', delivery.sending) as evidence,
    'Văn bản ' || delivery.document_label || ': sổ ghi gửi qua trục đến ' || delivery.recipient_label
    || ' nhưng danh sách của trục không có' as sentence,
    closing.known_until         as first_seen_at
from core.deliveries as delivery
cross join reference.closing as closing
cross join core.document_rules as rules
where
    delivery.is_registered
    and not delivery.is_on_axis
    and rules.is_sent_list_read
    and delivery.sending like '%trục liên thông%'
    and not delivery.is_excluded
