-- Điểm QĐ 766 trong các tệp Excel đã tải về từ Cổng quốc gia, theo tháng (tháng 0: cả năm).
with newest as (
    select version.*
    from raw.scores__workbook_scores as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    try_cast(split_part(split_part(record_key, '|', 1), '-', 1) as integer) as score_year,
    try_cast(split_part(split_part(record_key, '|', 1), '-', 2) as integer) as score_month,
    organ_code(split_part(record_key, '|', 2))                  as unit_code,
    try_cast(payload ->> '$.ROW_STT' as integer)                as rank_told,
    try_cast(payload ->> '$.CKMB' as decimal(6, 2))             as score_ckmb,
    try_cast(payload ->> '$.TDGQ' as decimal(6, 2))             as score_tdgq,
    try_cast(payload ->> '$.CLGQ' as decimal(6, 2))             as score_clgq,
    try_cast(payload ->> '$.TTTT' as decimal(6, 2))             as score_tttt,
    try_cast(payload ->> '$.MDHL' as decimal(6, 2))             as score_mdhl,
    try_cast(payload ->> '$.MDSH' as decimal(6, 2))             as score_mdsh,
    try_cast(payload ->> '$.TONG_SCORE' as decimal(6, 2))       as score_total,
    content_hash,
    first_seen_at
from newest
