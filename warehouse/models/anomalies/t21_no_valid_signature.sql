-- T21: văn bản đến gọi là điện tử mà không có chữ ký số hợp lệ.
select
    'T21'                       as trap,
    'khong_ky'                  as signal,
    'document'                  as record_kind,
    document_label              as record_key,
    '?'                         as unit_code,
    issued_on                   as occurred_on,
    json_object('noi_gui', sender, 'chu_ky', signature_state) as evidence,
    'Văn bản ' || document_label || ' của ' || sender || case signature_state
        when 'chua_ky_so' then ' không có chữ ký số'
        when 'sua_sau_ky' then ' bị sửa sau khi ký số'
        when 'chung_thu_het_han' then ' ký bằng chứng thư hết hạn'
        when 'ban_sao_so_hoa' then ' chỉ có chữ ký của cơ quan, không có chữ ký của người ký'
        else ' thiếu chữ ký số của cơ quan'
    end                         as sentence,
    closing.known_until         as first_seen_at
from core.received_packets, reference.closing as closing
where signature_state not in ('hop_le', 'khong_doc_duoc') and not is_recalled
