-- MT3.5a, MT3.5b: thông tin chỉ đạo, điều hành phải công khai đã công khai, và trong hạn: mỗi văn bản một dòng.
-- one row per judged record
with judged as (
    select
        dues.* replace (
            case
                when dues.reason_code is not null or asked.indicator = 'MT3.5a' then dues.reason_code
                when dues.published_on <= dues.first_due_on then null
                when dues.published_on > dues.last_due_on then 'CONG_KHAI_MUON'
                else 'KHAC_NGAY_KY'
            end as reason_code
        ),
        asked.indicator
    from core.publication_answers as dues
    cross join (values ('MT3.5a'), ('MT3.5b')) as asked (indicator)
)

select
    indicator,
    'STD'                   as definition,
    unit_code,
    'flow'                  as basis,
    first_signed_on         as on_date,
    'publication'           as record_kind,
    document_label          as record_key,
    case
        when reason_code is null then 'met'
        when reason_code in ('THU_HOI', 'CHUA_DEN_HAN') or is_excepted and reason_code = exception_code then 'excluded'
        when reason_code in ('TIN_CHUA_CONG_KHAI', 'KHONG_NEU_LY_DO', 'CONG_KHAI_MUON') then 'failed'
        else 'undetermined'
    end                     as outcome,
    reason_code,
    case reason_code
        when 'CHUA_CO_DONG' then 'Chưa có dòng trong sổ công khai'
        when 'SO_MAU_THUAN' then 'Sổ ghi hai lần khác nhau ở cột ' || differing_columns
        when 'THU_HOI' then 'Văn bản đã thu hồi'
        when 'TRUOC_NGAY_KY' then 'Ngày công khai ' || strftime(published_on, '%d/%m/%Y') || ' trước ngày ký'
        when 'THIEU_DIA_CHI' then 'Ghi đã công khai mà không có địa chỉ'
        when 'CHUA_CO_LICH' then 'Chưa có lịch làm việc để tính hạn'
        when 'CHUA_DEN_HAN' then 'Chưa công khai, hạn ' || strftime(last_due_on, '%d/%m/%Y')
        when 'TIN_CHUA_CONG_KHAI' then 'Chưa công khai, đã quá hạn ' || strftime(last_due_on, '%d/%m/%Y')
        when 'KHONG_NEU_LY_DO' then 'Không công khai mà không có lý do được chấp nhận'
        when 'CONG_KHAI_MUON'
            then 'Công khai ' || strftime(published_on, '%d/%m/%Y') || ', hạn ' || strftime(last_due_on, '%d/%m/%Y')
        when 'KHAC_NGAY_KY' then 'Hai sổ ghi ngày ký khác nhau, hạn công khai khác nhau'
        else exception_label
    end                     as reason,
    if(outcome = 'failed', coalesce(published_on, closing.closing_date) - last_due_on, null)::integer as days_late
from judged
cross join reference.closing as closing
