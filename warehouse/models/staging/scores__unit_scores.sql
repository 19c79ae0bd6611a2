-- Điểm QĐ 766 của tỉnh và từng đơn vị theo tháng (tháng 0: cả năm), như Cổng quốc gia công bố.
with newest as (
    select version.*
    from raw.scores__unit_scores as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    unnest(national_score(record_key, payload)),
    payload ->> '$.unreadable' as unreadable,
    content_hash,
    first_seen_at
from newest
