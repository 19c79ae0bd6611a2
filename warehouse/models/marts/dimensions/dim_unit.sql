-- Mỗi đơn vị một dòng, một mã, dùng chung cho mọi bảng: cấp, đơn vị trên, tỉnh cũ, hiệu lực, đơn vị kế thừa.
-- Whatever a fact may name has its row here: rooms and codes that no directory lists, the scope VP, "?" for none.
with official as (
    select
        unit_code                       as official_code,
        max_by(level, valid_from)       as level
    from reference.units
    group by unit_code
),

provinces_that_joined as (
    select
        succession.from_unit,
        succession.on_date
    from reference.unit_successions as succession
    inner join reference.closing as closing on succession.to_unit = closing.org_code
    inner join official on official.official_code = succession.from_unit and official.level = 'tinh'
),

-- Of a unit of 2025 that was put together anew nobody tells a former province: it stays empty, never guessed.
former as (
    select
        lineage.unit_code,
        min(other.from_unit) as province_code
    from core.unit_lineage as lineage
    inner join core.unit_identities as identity on lineage.ancestor_code = identity.unit_code
    inner join provinces_that_joined as other on identity.official_code = other.from_unit
    group by lineage.unit_code
),

heirs as (
    select
        unit_code,
        min(holder_code) as followed_by
    from core.unit_holders
    where until_date = date '9999-12-31' and holder_code <> unit_code
    group by unit_code
),

of_headline as (
    select distinct unit_code
    from core.unit_scopes
    where scope_code = 'VP'
),

listed as (
    select
        unit.unit_code,
        unit.unit_name,
        unit.parent_code,
        coalesce(official.level, case above.level
            when 'tinh' then 'so'
            when 'so' then 'phong'
            when 'huyen' then 'xa'
        end)                            as level,
        identity.official_code,
        identity.valid_from,
        span.valid_to
    from core.units as unit
    left join core.unit_identities as identity using (unit_code)
    left join official on official.official_code = identity.official_code
    left join core.unit_identities as parent on parent.unit_code = unit.parent_code
    left join official as above on above.official_code = parent.official_code
    left join core.unit_spans as span on span.view = 'as_was' and span.unit_code = unit.unit_code
),

rooms as (
    select
        unit_code,
        max_by(unit_name, valid_from)   as unit_name,
        min(valid_from)                 as valid_from,
        if(count(*) = count(valid_to), max(valid_to), null) as valid_to
    from core.office_units
    where unit_code not in (select unit_code from core.units)
    group by unit_code
),

told_by_records as (
    select unit_code from core.dossier_intake
    union
    select unit_code from core.national_scores
),

every_unit as (
    select * from listed
    union all by name
    select
        rooms.*,
        office.unit_code        as parent_code,
        'phong'                 as level,
        rooms.unit_code         as official_code
    from rooms
    left join (
        select min(unit_code) as unit_code
        from core.unit_identities
        where official_code = 'VP-UBND'
    ) as office on true
    union all by name
    select
        span.unit_code,
        span.unit_name,
        'pham_vi' as level
    from core.unit_spans as span
    where span.view = 'as_was' and span.unit_code not in (select unit_code from core.units)
    union all by name
    select
        '?'                     as unit_code,
        'Chưa rõ đơn vị'        as unit_name,
        'khong_ro'              as level
    union all by name
    -- A code that a source writes and no directory has, such as one that the border had to withhold.
    select
        told.unit_code,
        'Đơn vị không có trong danh mục' as unit_name,
        'khong_ro'              as level
    from told_by_records as told
    where
        told.unit_code not in (select unit_code from core.units)
        and told.unit_code not in (select unit_code from rooms)
        and told.unit_code not in (select unit_code from core.unit_spans)
        and told.unit_code <> '?'
),

parents as (
    select distinct parent_code
    from every_unit
    where parent_code is not null
)

select
    unit.unit_code,
    unit.unit_name,
    coalesce(unit.level, 'khong_ro')    as level,
    unit.parent_code,
    parent.unit_name                    as parent_name,
    case
        when unit.unit_code in ('?', 'VP') then null
        when former.province_code is not null then former.province_code
        when unit.level in ('tinh', 'so', 'phong') then closing.org_code
        when coalesce(unit.valid_from, unit.valid_to) < joined.on_date then closing.org_code
    end                                 as former_province,
    unit.official_code,
    unit.valid_from,
    unit.valid_to,
    coalesce(unit.valid_from <= closing.closing_date, true)
    and coalesce(unit.valid_to >= closing.closing_date, true) as is_current,
    heirs.followed_by,
    of_headline.unit_code is not null   as is_in_headline_scope,
    parents.parent_code is null and coalesce(unit.level, '') <> 'pham_vi' as is_leaf
from every_unit as unit
cross join reference.closing as closing
cross join (
    select min(on_date) as on_date
    from provinces_that_joined
) as joined
left join every_unit as parent on unit.parent_code = parent.unit_code
left join parents on unit.unit_code = parents.parent_code
left join former on unit.unit_code = former.unit_code
left join heirs on unit.unit_code = heirs.unit_code
left join of_headline on unit.unit_code = of_headline.unit_code
order by unit.unit_code
