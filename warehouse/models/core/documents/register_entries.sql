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
        entry.recipient_kind = 'Cơ quan, tổ chức khác'              as is_to_others,
        coalesce(exclusion.is_outside, false)                       as is_outside_claimed,
        is_outside_claimed and is_to_others                         as is_outside,
        not exclusion.is_reference_required or coalesce(trim(entry.exclusion_reference), '') <> '' as is_grounded,
        list_contains(rules.exclusions, entry.exclusion_code) and is_grounded as is_listed,
        exclusion.label                                             as exclusion_label,
        -- What the row itself or the axis says against the reason that was given.
        case
            when entry.exclusion_code = 'L01' and entry.secrecy = 'Thường' then 'cột Độ mật ghi Thường'
            when entry.exclusion_code = 'L04' and entry.recipient_kind = 'Nội bộ Văn phòng'
                then 'nơi nhận thuộc Văn phòng nên không qua trục'
            when entry.exclusion_code = 'L04' and connected.connected_since is not null
                then 'nơi nhận đã gửi, nhận qua trục từ ' || strftime(connected.connected_since, '%d/%m/%Y')
            when entry.exclusion_code = 'L04' and connected.unit_code is not null
                then 'nơi nhận có trong danh mục của trục'
            when is_outside_claimed and not is_to_others
                then 'cột Loại nơi nhận ghi ' || entry.recipient_kind
        end                                                         as refuted_by,
        -- Who had received over the axis by then was connected, whatever the row says: the reason is void.
        coalesce(
            entry.exclusion_code = 'L04' and entry.recipient_kind <> 'Nội bộ Văn phòng'
            and connected.connected_since <= entry.issued_on, false
        )                                                           as is_void
    from staging.registers__documents as entry
    inner join core.document_decisions as rules
        on entry.issued_on between rules.holds_from and rules.holds_to
    left join rooms as room on fold_ascii(entry.drafting_unit) = room.folded_name
    left join (select distinct unit_code from core.office_units) as same_code
        on upper(trim(entry.drafting_unit)) = same_code.unit_code
    left join core.exchange_agencies as agency on fold_ascii(entry.recipient_name) = agency.folded_name
    left join reference.document_exclusions as exclusion
        on
            exclusion.exclusion_code = entry.exclusion_code
            and entry.issued_on between exclusion.holds_from and exclusion.holds_to
    left join core.connected_agencies as connected
        on
            coalesce(organ_code(nullif(trim(entry.recipient_code), '')), agency.unit_code)
            = connected.unit_code
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
    coalesce(coded.is_listed, false) and coded.refuted_by is null and coded.differing_columns is null as is_accepted,
    coded.refuted_by,
    -- What decides by another list of exclusions (P-07).
    coalesce(coded.is_grounded, false)                  as is_grounded,
    coded.is_outside_claimed,
    coded.is_void,
    coded.differing_columns is not null                 as is_contradicted,
    -- Why nothing can be concluded from this row; null where it is firm.
    case
        when coded.differing_columns is not null
            then 'Sổ ghi hai lần khác nhau ở cột ' || coded.differing_columns
        when coded.refuted_by is not null and not coded.is_void and (coded.is_listed or coded.is_outside_claimed)
            then 'Loại trừ ' || coded.exclusion_code || ' trái với dữ liệu: ' || coded.refuted_by
    end                                                 as doubt,
    case
        when coded.differing_columns is not null then 'SO_MAU_THUAN'
        when doubt is not null then 'LOAI_TRU_TRAI_DU_LIEU'
    end                                                 as doubt_code,
    coded.state = 'Đã thu hồi'                          as is_recalled,
    coded.type_name,
    coded.secrecy
from coded
cross join core.document_rules as rules
