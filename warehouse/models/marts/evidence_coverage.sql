-- Độ phủ căn cứ theo tháng: phải có bao nhiêu, thấy bao nhiêu, và hệ quả cho số liệu.
with subjects as (
    select
        'goi_van_ban_den'           as subject,
        'Gói tin văn bản đến'       as subject_label,
        month.month_start           as period_start,
        month.expected,
        month.seen,
        month.share,
        case
            when month.share = 1 then 'none'
            when month.share_told = 1 then 'told_by_register'
            when month.share_told >= rules.least_evidence then 'widens'
            else 'undetermined'
        end                         as consequence
    from core.evidence_months as month
    inner join core.evidence_rules as rules on month.month_start between rules.holds_from and rules.holds_to
    where month.expected > 0 or month.share is distinct from 1
    union all
    select
        'tra_loi_noi_nhan',
        'Trả lời của nơi nhận',
        month_start,
        count(*),
        count(*) filter (where evidence = 'du'),
        count(*) filter (where evidence = 'du') / count(*),
        case
            when bool_and(evidence = 'du') then 'none'
            when bool_or(evidence = 'chua_thay') then 'undetermined'
            else 'widens'
        end
    from core.exchange_evidence
    group by month_start
    union all
    -- What the register says was sent by the axis and its list does not show is judged case by case (E2).
    select
        'danh_sach_gui',
        'Lượt gửi trong danh sách gửi',
        date_trunc('month', coalesce(sent_at, issued_on))::date as sent_month,
        count(*),
        count(*) filter (where is_on_axis),
        count(*) filter (where is_on_axis) / count(*),
        'none'
    from core.deliveries
    where is_on_axis or sending ilike 'trục liên thông%'
    group by sent_month
)

select
    'axis'                      as system,
    subject,
    subject_label,
    period_start,
    expected::bigint            as expected,
    seen::bigint                as seen,
    share::double               as share,
    consequence,
    case consequence
        when 'none' then 'Đủ căn cứ'
        when 'told_by_register' then 'Sổ xuất từ hệ thống quản lý văn bản thay cho gói tin không thấy'
        when 'widens' then 'Thiếu một phần: phần thiếu để ngỏ, khoảng giá trị rộng ra'
        else 'Không đủ căn cứ: coi từng trường hợp là chưa rõ, trừ khi sổ đã ghi'
    end                         as consequence_label
from subjects
where period_start is not null
order by period_start, subject
