-- T29: đã ghi mức xếp loại mà chưa có số, ngày quyết định, hoặc điểm trái mức. Chỉ nêu số người của toàn Văn phòng.
select
    'T29'                   as trap,
    'chua_quyet_dinh'       as signal,
    'official'              as record_kind,
    'Văn phòng ' || year    as record_key,
    '?'                     as unit_code,
    make_date(year, 12, 31) as occurred_on,
    json_object('so_nguoi', count(distinct person)) as evidence,
    'Xếp loại năm '
    || year
    || ': '
    || count(distinct person)
    || ' người đã ghi mức nhưng chưa có số hoặc ngày quyết định' as sentence,
    max(first_seen_at)      as first_seen_at
from staging.registers__ratings
where
    -- What is followed in the course of a year needs no decision of its own.
    period = 'Năm'
    and category <> 'Chưa xếp loại'
    and (coalesce(trim(decision_number), '') = '' or decided_on is null)
    -- A proposal stays in the register beside the decision that followed it.
    and (year, person) not in (
        select (decided.year, decided.person)
        from staging.registers__ratings as decided
        where filled(decided.decision_number) and decided.decided_on is not null
    )
group by year
union all
select
    'T29'                   as trap,
    'diem_trai_muc'         as signal,
    'official'              as record_kind,
    'Văn phòng ' || if(period_kind = 'year', '', period || '/') || year as record_key,
    '?'                     as unit_code,
    max(period_end)         as occurred_on,
    json_object('so_nguoi', count(distinct person)) as evidence,
    'Xếp loại '
    || if(period_kind = 'year', 'năm ', period || '/')
    || year
    || ': '
    || count(distinct person)
    || ' người có điểm trái mức; chưa kết luận đến khi sổ được sửa' as sentence,
    max(first_seen_at)      as first_seen_at
from indicators.ratings
where is_standing and contradiction is not null
group by year, period, period_kind
