-- Từng nội dung của từng phiên bản TTHC: có, ghi rõ là không có, mơ hồ hay trống (giữ chỗ, chỉ có HTML).
with gathered as (
    select
        record_key,
        version,
        unnest([
            {'field': 'ten', 'texts': name_texts},
            {'field': 'trinh_tu', 'texts': step_texts},
            {'field': 'cach_thuc', 'texts': channel_texts},
            {'field': 'thanh_phan', 'texts': paper_texts},
            {'field': 'thoi_han', 'texts': time_limit_texts},
            {'field': 'doi_tuong', 'texts': applicant_texts},
            {'field': 'co_quan', 'texts': agency_texts},
            -- Nothing to fill in, no form: that is "there is none".
            {'field': 'mau_don', 'texts': if(len(form_texts) = 0, ['Không có'], form_texts)},
            {'field': 'ket_qua', 'texts': result_texts},
            {'field': 'yeu_cau', 'texts': condition_texts},
            {'field': 'phi_le_phi', 'texts': fee_texts}
        ], recursive := true)
    from staging.tthc__procedure_versions
),

-- An empty list has no text; it gives one that says nothing.
texts as (
    select
        record_key,
        version,
        field,
        plain_text(coalesce(unnest(if(len(texts) > 0, texts, [''])), '')) as folded_text
    from gathered
)

select
    texts.record_key,
    texts.version,
    texts.field,
    case
        when bool_or(placeholder.meaning is null) then 'co'
        when not field.is_mandatory and bool_or(placeholder.meaning = 'khong_co') then 'khong_co'
        when field.field = 'phi_le_phi' and bool_or(placeholder.meaning = 'mo_ho') then 'mo_ho'
        else 'trong'
    end as state
from texts
inner join reference.procedure_fields as field using (field)
left join reference.placeholders as placeholder using (folded_text)
group by texts.record_key, texts.version, texts.field, field.is_mandatory, field.field
