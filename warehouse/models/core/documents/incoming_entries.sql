-- Từng văn bản của sổ văn bản đến, viết theo một cách: số ký hiệu, cơ quan ban hành, phòng xử lý.
with rooms as (
    select
        folded_name,
        min(unit_code) as unit_code
    from core.office_units
    group by folded_name
),

coded as (
    select
        entry.*,
        document_code(entry.number || '/' || entry.notation)                        as document_code,
        year(entry.issued_on)                                                       as numbering_year,
        coalesce(organ_code(nullif(trim(entry.sender_code), '')), agency.unit_code) as sender_unit,
        coalesce(room.unit_code, same_code.unit_code, '?')                          as unit_code,
        rules.cut_at
    from staging.registers__incoming as entry
    cross join core.document_rules as rules
    left join core.exchange_agencies as agency on fold_ascii(entry.sender_name) = agency.folded_name
    left join rooms as room on fold_ascii(entry.handling_unit) = room.folded_name
    left join (select distinct unit_code from core.office_units) as same_code
        on upper(trim(entry.handling_unit)) = same_code.unit_code
    where entry.arrived_at < rules.cut_at and entry.issued_on < rules.cut_at
)

select
    document_code,
    numbering_year,
    -- Who has no code on the axis may be a person; his name does not go further.
    coalesce(sender_unit, left(md5(fold_ascii(sender_name)), 6)) as sender,
    bool_and(sender_unit is not null)                           as is_agency,
    one_label(list(document_label(number || '/' || notation)))  as document_label,
    min(issued_on)                                              as issued_on,
    coalesce(min(unit_code) filter (where unit_code <> '?'), '?') as unit_code,
    bool_or(channel = 'Trục liên thông')                        as is_by_axis,
    bool_or(channel = 'Bản giấy')                               as is_paper,
    string_agg(distinct lower(channel), ', ' order by lower(channel)) as channel,
    -- What the document system found when it took the packet: the second source of the same fact.
    min(signature)                                              as signature,
    min(validity)                                               as validity,
    bool_or(urgency <> 'Thường')                                as is_urgent,
    min(arrived_at)                                             as arrived_at,
    min(received_at) filter (where received_at < cut_at)        as received_at,
    min(forwarded_at) filter (where forwarded_at < cut_at)      as forwarded_at,
    min(due_on)                                                 as due_on,
    max(completed_at) filter (where completed_at < cut_at)      as completed_at,
    string_agg(distinct differing_columns, '; ' order by differing_columns) as differing_columns
from coded
group by document_code, numbering_year, sender
