-- Văn bản nội bộ (mọi nơi nhận thuộc Văn phòng), mỗi văn bản một dòng, với các phép thử E1, E3, E5.
-- A recipient excluded for an accepted reason counts neither way; a document of which nothing is left is excluded.
select
    document_code,
    numbering_year,
    one_label(list(document_label))                                         as document_label,
    min(issued_on)                                                          as issued_on,
    coalesce(min(unit_code) filter (where unit_code <> '?'), '?')           as unit_code,
    bool_or(is_recalled)                                                    as is_recalled,
    bool_and(is_accepted)                                                   as is_excluded,
    not bool_and(is_accepted) and bool_and(is_accepted or doubt is not null) as is_in_doubt,
    string_agg(distinct doubt, '; ' order by doubt)                         as doubt,
    min(doubt_code)                                                         as doubt_code,
    min(exclusion_code) filter (where is_accepted)                          as exclusion_code,
    min(exclusion_label) filter (where is_accepted)                         as exclusion_label,
    min(signing_level) filter (where not is_accepted and doubt is null)                       as signing_level,
    count(*) filter (where not is_accepted and doubt is null and is_paper)                    as paper_count,
    count(*) filter (where not is_accepted and doubt is null and not is_by_system)            as elsewhere_count,
    count(*) filter (where not is_accepted and doubt is null and is_by_system and received_at is null) as waiting_count
from core.register_entries
group by document_code, numbering_year
having bool_and(audience = 'internal')
