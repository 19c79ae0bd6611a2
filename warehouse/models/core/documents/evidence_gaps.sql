-- Gói tin chưa thấy có thể làm đổi kết quả, ước theo tháng: nơi nhận từ chối, nơi gửi thu hồi, cập nhật, thay thế.
-- Twice what the share seen leads to expect, and two more: what is estimated may not be too little.
with changing as (
    select
        date_trunc('month', answer.reported_at)::date   as month_start,
        unnest(['PAIR', 'DOC'])                         as definition
    from staging.axis__received_statuses as answer
    inner join reference.exchange_statuses as status using (status_code)
    where status.meaning in ('tu_choi', 'dong_y', 'khong_dong_y', 'da_thu_hoi') and answer.unreadable is null
    union all
    select
        date_trunc('month', listed_at)::date,
        'IN'
    from staging.axis__received_documents
    where packet_kind = 'document' and business_type > 0 and unreadable is null
),

counted as (
    select
        month_start,
        definition,
        count(*) as packets
    from changing
    group by all
),

-- Of deliveries only where the document system did not tell; there is no more to it than those that are open.
open_months as (
    select
        evidence.month_start,
        unnest(['PAIR', 'DOC']) as definition,
        month.share
    from core.exchange_evidence as evidence
    inner join core.evidence_months as month using (month_start)
    where evidence.evidence = 'phan_lon'
    union
    select
        month_start,
        'IN',
        share_told
    from core.evidence_months
)

select
    'MT2b'              as indicator,
    gap.definition,
    gap.month_start,
    (gap.month_start + interval 1 month - interval 1 day)::date as month_end,
    ceil(2 * coalesce(counted.packets, 0) * (1 - gap.share) / gap.share)::bigint + 2 as records
from open_months as gap
inner join core.evidence_rules as rules on gap.month_start between rules.holds_from and rules.holds_to
left join counted using (month_start, definition)
where gap.share < 1 and gap.share >= rules.least_evidence
