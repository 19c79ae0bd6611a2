-- Ngày chốt và nguồn của văn bản điện tử dưới dạng dùng được, một dòng.
select
    -- A list that was never read proves nothing by what it does not show.
    exists(select 1 from staging.axis__sent_documents)  as is_sent_list_read,
    closing_date,
    closing_date + 1                                    as cut_at
from reference.closing
