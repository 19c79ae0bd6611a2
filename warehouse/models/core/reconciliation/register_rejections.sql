-- Những dòng, ô hoặc tệp của sổ chưa nhận được: ở tệp nào, trang nào, dòng nào, cột nào, vì sao, thấy từ khi nào.
-- What was written there stays out: it may be anything.
select
    register,
    file,
    sheet,
    row_number,
    column_name,
    message,
    first_seen_at
from staging.registers__rejections
