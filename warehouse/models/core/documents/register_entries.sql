-- Từng dòng sổ văn bản đi đã ban hành hoặc đã thu hồi, viết theo một cách: số ký hiệu, nơi nhận, đơn vị soạn thảo.
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
        document_code(entry.number || '/' || entry.notation)        as document_code,
        document_label(entry.number || '/' || entry.notation)       as document_label,
        year(entry.issued_on)                                       as numbering_year,
        coalesce(room.unit_code, same_code.unit_code, '?')          as unit_code,
        coalesce(organ_code(nullif(trim(entry.recipient_code), '')), agency.unit_code)
            as recipient_unit,
        coalesce(exclusion.is_outside, false)                       as is_outside,
        list_contains(rules.exclusions, entry.exclusion_code) and not (
            exclusion.is_reference_required and coalesce(trim(entry.exclusion_reference), '') = ''
        )                                                           as is_accepted,
        exclusion.label                                             as exclusion_label
    from staging.registers__documents as entry
    cross join core.document_rules as rules
    left join rooms as room on fold_ascii(entry.drafting_unit) = room.folded_name
    left join (select distinct unit_code from core.office_units) as same_code
        on upper(trim(entry.drafting_unit)) = same_code.unit_code
    left join core.exchange_agencies as agency on fold_ascii(entry.recipient_name) = agency.folded_name
    left join reference.document_exclusions as exclusion using (exclusion_code)
    where entry.state in ('Đã ban hành', 'Đã thu hồi') and entry.issued_on < rules.cut_at
)

select
    coded.document_code,
    coded.numbering_year,
    coded.document_label,
    coded.issued_on,
    coalesce(coded.signed_on, coded.issued_on)          as signed_on,
    coded.unit_code,
    case
        when coded.is_outside or coded.recipient_kind = 'Cơ quan, tổ chức khác' then 'other'
        when coded.recipient_kind = 'Nội bộ Văn phòng' then 'internal'
        else 'agency'
    end                                                 as audience,
    -- Only an agency is named further on: others may be persons.
    case
        when coded.recipient_kind = 'Nội bộ Văn phòng' then 'noi-bo'
        when coded.recipient_kind = 'Cơ quan hành chính' and not coded.is_outside
            then coalesce(coded.recipient_unit, fold_ascii(coded.recipient_name))
        else coalesce(coded.recipient_unit, 'khac')
    end                                                 as recipient,
    coalesce(coded.recipient_unit, coded.recipient_name) as recipient_label,
    coded.sending,
    coded.sending ilike '%bản giấy'                     as is_paper,
    coded.sending ilike 'trục liên thông%'              as is_by_axis,
    coded.sending ilike 'hệ thống quản lý văn bản%'     as is_by_system,
    case coded.signing when 'Ký số cá nhân và cơ quan' then 2 when 'Chỉ ký số cơ quan' then 1 else 0 end
        as signing_level,
    if(coded.sent_at < rules.cut_at, coded.sent_at, null)           as sent_at,
    if(coded.received_at < rules.cut_at, coded.received_at, null)   as received_at,
    if(coalesce(coded.receipt_at < rules.cut_at, true), coded.receipt, null) as receipt,
    coded.receipt_at,
    coded.exclusion_code,
    coded.exclusion_label,
    coalesce(coded.is_accepted, false)                  as is_accepted,
    coded.state = 'Đã thu hồi'                          as is_recalled
from coded
cross join core.document_rules as rules
