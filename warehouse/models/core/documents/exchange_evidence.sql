-- Lượt gửi trên trục: gói trạng thái của nơi nhận có chắc đã thấy đủ không (du), thấy phần lớn, hay coi như chưa thấy.
-- Recipients answer within days: the month of sending and that of two weeks later decide, the worse of both.
with reached as (
    select
        exchange.document_code,
        exchange.numbering_year,
        exchange.recipient,
        exchange.sent_at,
        exchange.is_final,
        exchange.is_told_by_register,
        case
            when count(*) filter (where month.month_start is not null and month.share is null) > 0 then 'chua_thay'
            when coalesce(min(month.share), 1) = 1 then 'du'
            when min(month.share) >= any_value(rules.least_evidence) then 'phan_lon'
            else 'chua_thay'
        end as reach
    from core.sent_exchanges as exchange
    inner join core.evidence_rules as rules on exchange.sent_at::date between rules.holds_from and rules.holds_to
    left join core.evidence_months as month
        on
            month.month_start >= date_trunc('month', exchange.sent_at)
            and month.month_start <= exchange.sent_at + interval 15 day
    group by all
)

select
    document_code,
    numbering_year,
    recipient,
    date_trunc('month', sent_at)::date      as month_start,
    if(is_final, 'du', reach)               as evidence,
    -- After acceptance a recipient may still agree or refuse to give a document back.
    reach = 'du' or is_told_by_register     as is_consent_known
from reached
