-- Văn bản mật (L01): chỉ có số lượng theo tháng, mỗi văn bản được đếm thành một dòng không nội dung.
with rooms as (
    select
        folded_name,
        min(unit_code) as unit_code
    from core.office_units
    group by folded_name
),

counted as (
    select
        entry.month,
        entry.direction,
        coalesce(room.unit_code, '?')                                                               as unit_code,
        coalesce(room.unit_code, upper(replace(fold_ascii(entry.unit), ' ', '-')))                  as unit_key,
        entry.differing_columns,
        unnest(range(entry.documents))                                                              as number
    from staging.registers__secret_counts as entry
    cross join core.document_rules as rules
    left join rooms as room on fold_ascii(entry.unit) = room.folded_name or entry.unit = room.unit_code
    where entry.documents > 0 and entry.month < rules.cut_at
)

select
    month   as issued_on,
    direction,
    unit_code,
    'MAT-' || strftime(month, '%Y-%m') || '-' || unit_key || '-' || row_number() over (
        partition by month, direction, unit_key
        order by number
    )       as record_key,
    case
        when list_contains(rules.exclusions, 'L01') then 'excluded'
        when counted.differing_columns is null then 'failed'
        else 'undetermined'
    end     as outcome,
    case outcome
        when 'excluded' then 'L01' when 'failed' then 'L01_KHONG_LOAI_TRU' else 'SO_MAU_THUAN'
    end     as reason_code,
    case outcome
        when 'excluded' then 'Loại trừ L01: ' || exclusion.label
        when 'failed' then 'Văn bản mật không gửi điện tử; L01 không thuộc diện loại trừ'
        else 'Sổ ghi hai lần khác nhau ở cột ' || counted.differing_columns
    end     as reason
from counted
inner join core.document_decisions as rules
    on counted.month between rules.holds_from and rules.holds_to
inner join reference.document_exclusions as exclusion
    on exclusion.exclusion_code = 'L01' and counted.month between exclusion.holds_from and exclusion.holds_to
