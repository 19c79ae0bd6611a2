-- Văn bản đã ban hành có thể là thông tin chỉ đạo, điều hành: mỗi văn bản phải có một dòng trong sổ công khai.
-- What kinds these are is a decision (published_types); what is secret never stands in that register.
with types as (
    select
        from_json(value, '["VARCHAR"]') as types,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'published_types'
)

select
    entry.document_code,
    entry.numbering_year,
    one_label(list(entry.document_label))                                       as document_label,
    min(entry.signed_on)                                                        as signed_on,
    coalesce(min(entry.unit_code) filter (where entry.unit_code <> '?'), '?')   as unit_code,
    bool_and(entry.is_recalled)                                                 as is_recalled
from core.register_entries as entry
inner join types on entry.issued_on between types.holds_from and types.holds_to
where list_contains(types.types, entry.type_name) and coalesce(entry.secrecy, 'Thường') = 'Thường'
group by entry.document_code, entry.numbering_year
