-- Đơn vị của danh mục nguồn ứng với đơn vị nào của danh mục tỉnh: theo mã, nếu khác mã thì theo tên và cấp trên.
with recursive official as (
    select
        unit_code,
        min(valid_from)                                                         as valid_from,
        if(count(*) = count(valid_to), max(valid_to), null)                     as valid_to,
        list(distinct fold_ascii(name))                                         as folded_names
    from reference.units
    group by unit_code
),

above as (
    select
        unit_code,
        parent_code as ancestor_code
    from reference.units
    where parent_code is not null
    union
    select
        above.unit_code,
        unit.parent_code
    from above
    inner join reference.units as unit on above.ancestor_code = unit.unit_code
    where unit.parent_code is not null
),

candidates as (
    select
        unit.unit_code,
        unit.parent_code,
        official.unit_code                  as official_code,
        unit.unit_code = official.unit_code as is_same_code
    from core.units as unit
    inner join official
        on
            unit.unit_code = official.unit_code
            or list_contains(official.folded_names, fold_ascii(unit.unit_name))
),

-- Names repeat: a commune of 2025 may be called like one that closed. The unit above must fit too.
identities as (
    select
        unit_code,
        official_code,
        is_same_code
    from candidates
    where is_same_code or parent_code is null
    union
    select
        child.unit_code,
        child.official_code,
        false
    from identities as parent
    inner join candidates as child on parent.unit_code = child.parent_code
    inner join above
        on child.official_code = above.unit_code and parent.official_code = above.ancestor_code
),

best as (
    select *
    from identities
    qualify row_number() over (partition by unit_code order by is_same_code desc, official_code asc) = 1
)

select
    unit.unit_code,
    best.official_code,
    official.valid_from,
    official.valid_to
from core.units as unit
left join best on unit.unit_code = best.unit_code
left join official on best.official_code = official.unit_code
