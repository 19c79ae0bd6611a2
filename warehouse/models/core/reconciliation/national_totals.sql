-- Số hồ sơ của tỉnh và từng đơn vị theo tháng, như Cổng quốc gia đếm: không kể dòng đang tách riêng.
select
    unit_code,
    period_start,
    received,
    ended_in_time + ended_late as settled
from staging.scores__totals
where
    record_key not in (
        select record_key from quarantine.records
        where system = 'scores' and resource = 'totals'
    )
