-- Độ phủ căn cứ theo tháng: phải có bao nhiêu, thấy bao nhiêu, và hệ quả cho số liệu.
with subjects as (
    select
        'goi_van_ban_den'       as subject,
        month_start,
        expected,
        seen,
        share,
        share_told              as evidence
    from core.evidence_months
    where expected > 0 or share is distinct from 1
    union all
    select
        'tra_loi_noi_nhan',
        month_start,
        count(*),
        count(*) filter (where evidence = 'du'),
        count(*) filter (where evidence = 'du') / count(*) as told,
        told
    from core.exchange_evidence
    group by month_start
    union all
    select
        'danh_sach_gui',
        date_trunc('month', coalesce(sent_at, issued_on))::date as sent_month,
        count(*),
        count(*) filter (where is_on_axis),
        count(*) filter (where is_on_axis) / count(*) as listed,
        1
    from core.deliveries
    where is_on_axis or sending ilike 'trục liên thông%'
    group by sent_month
)

select
    'axis'                      as system,
    subjects.subject,
    case subjects.subject
        when 'goi_van_ban_den' then 'Gói tin văn bản đến'
        when 'tra_loi_noi_nhan' then 'Trả lời của nơi nhận'
        else 'Lượt gửi trong danh sách gửi'
    end                         as subject_label,
    subjects.month_start        as period_start,
    subjects.expected::bigint   as expected,
    subjects.seen::bigint       as seen,
    subjects.share::double      as share,
    case
        when subjects.share = 1 or subjects.subject = 'danh_sach_gui' then 'none'
        when subjects.evidence = 1 then 'told_by_register'
        when subjects.evidence >= decided.most then 'widens'
        else 'undetermined'
    end                         as consequence,
    case consequence
        when 'none' then 'Đủ căn cứ'
        when 'told_by_register' then 'Sổ xuất từ hệ thống quản lý văn bản thay cho gói tin không thấy'
        when 'widens' then 'Thiếu một phần: phần thiếu để ngỏ, khoảng giá trị rộng ra'
        else 'Không đủ căn cứ: coi từng trường hợp là chưa rõ, trừ khi sổ đã ghi'
    end                         as consequence_label
from subjects
cross join (
    select cast(value ->> '$.phan_lon' as double) as most
    from reference.parameters
    where code = 'evidence_coverage'
) as decided
where subjects.month_start is not null
order by period_start, subject
