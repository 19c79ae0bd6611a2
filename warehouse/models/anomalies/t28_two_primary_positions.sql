-- T28: một người có hai vị trí chính cùng lúc. Chỉ nêu số người của toàn Văn phòng.
with held as (
    select
        official.person,
        max(official.starts_on)     as since,
        max(official.first_seen_at) as first_seen_at
    from staging.registers__officials as official
    cross join reference.closing as closing
    where
        official.is_primary = 'Có'
        and closing.closing_date between official.starts_on and coalesce(official.ends_on, date '9999-12-31')
    group by official.person
    having count(distinct fold_ascii(official.unit)) > 1
)

select
    'T28'                   as trap,
    'hai_vi_tri'            as signal,
    'official'              as record_kind,
    'Văn phòng'             as record_key,
    '?'                     as unit_code,
    max(since)              as occurred_on,
    json_object('so_nguoi', count(*)) as evidence,
    count(*) || ' người có vị trí chính ở hai đơn vị cùng lúc; mỗi người chỉ tính một lần' as sentence,
    max(first_seen_at)      as first_seen_at
from held
having count(*) > 0
