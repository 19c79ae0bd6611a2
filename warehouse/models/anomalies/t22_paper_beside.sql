-- T22: văn bản gửi điện tử mà sổ ghi có bản giấy kèm theo.
select
    'T22'                       as trap,
    'kem_giay'                  as signal,
    'document'                  as record_kind,
    delivery.document_label     as record_key,
    delivery.unit_code,
    delivery.issued_on          as occurred_on,
    json_object('noi_nhan', delivery.recipient_label, 'hinh_thuc_gui_theo_so', delivery.sending) as evidence,
    'Văn bản ' || delivery.document_label || ' gửi điện tử đến ' || delivery.recipient_label || ' vẫn kèm bản giấy'
        as sentence,
    closing.known_until         as first_seen_at
from core.deliveries as delivery, reference.closing as closing
where delivery.is_on_axis and delivery.is_e3 is false and not delivery.is_excluded
