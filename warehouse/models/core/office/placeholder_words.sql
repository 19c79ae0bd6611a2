-- Những chữ chỉ để giữ chỗ trong sổ của phòng ("Đang cập nhật"), một dòng; "không có", "không quy định" là câu trả lời.
select list(folded_text order by folded_text) as words
from reference.placeholders
where meaning <> 'khong_co'
