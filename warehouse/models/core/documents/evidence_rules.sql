-- Quyết định về độ phủ căn cứ, mỗi dòng một khoảng ngày: thấy bao nhiêu thì ước phần thiếu, bao nhiêu lượt gửi im lặng.
select
    -- Of less evidence nothing is estimated; so many sendings taken without a packet back are no coincidence.
    cast(value ->> '$.phan_lon' as double)          as least_evidence,
    cast(value ->> '$.luot_gui_im_lang' as integer) as silent_sendings,
    holds_from,
    holds_to
from reference.parameters
where code = 'evidence_coverage'
