-- T29: đã ghi mức xếp loại mà chưa có số, ngày quyết định. Chỉ nêu số người của toàn Văn phòng.
select
    'T29'                   as trap,
    'chua_quyet_dinh'       as signal,
    'official'              as record_kind,
    'Văn phòng ' || year    as record_key,
    '?'                     as unit_code,
    make_date(year, 12, 31) as occurred_on,
    json_object('so_nguoi', count(*)) as evidence,
    'Xếp loại năm '
    || year
    || ': '
    || count(*)
    || ' người đã ghi mức nhưng chưa có số hoặc ngày quyết định' as sentence,
    max(first_seen_at)      as first_seen_at
from staging.registers__ratings
where
    category <> 'Chưa xếp loại'
    and (coalesce(trim(decision_number), '') = '' or decided_on is null)
group by year
