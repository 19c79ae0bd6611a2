-- Từ ngày nào đến ngày nào mỗi đơn vị có việc của mình, theo từng cách nhìn.
with listed as (
    select
        unit.unit_code,
        unit.unit_name,
        any_value(identity.valid_from)                      as valid_from,
        -- A unit closes with its own date, or with the unit above that took it along.
        least(any_value(identity.valid_to), min(held.from_date) - 1) as valid_to
    from core.units as unit
    inner join core.unit_identities as identity using (unit_code)
    left join core.unit_holders as held on unit.unit_code = held.unit_code and held.holder_code <> unit.unit_code
    group by unit.unit_code, unit.unit_name
    union all
    select
        'VP',
        scope_name,
        null,
        null
    from reference.office
    where (select closing.closing_date from reference.closing as closing) between holds_from and holds_to
    union all
    select
        org_code    as unit_code,
        org_code    as unit_name,
        null,
        null
    from reference.closing
    where org_code not in (select unit_code from core.units)
),

-- As now, a unit also stands for those it follows, from the first of them on.
heirs as (
    select
        held.holder_code                                                as unit_code,
        min(coalesce(predecessor.valid_from, date '0001-01-01'))        as since
    from core.unit_holders as held
    inner join core.unit_identities as predecessor on held.unit_code = predecessor.unit_code
    where held.until_date = date '9999-12-31'
    group by held.holder_code
),

moved as (
    select distinct unit_code
    from core.unit_holders
    where holder_code <> unit_code
)

select
    'as_was'                                            as view,
    listed.*,
    coalesce(listed.valid_from, date '0001-01-01')      as existed_from,
    coalesce(listed.valid_to, date '9999-12-31')        as existed_until
from listed
union all
select
    'as_now'                                            as view,
    listed.*,
    coalesce(heirs.since, listed.valid_from, date '0001-01-01'),
    -- What a unit left behind is its successor's; its row stays, with the day it closed.
    if(moved.unit_code is null, coalesce(listed.valid_to, date '9999-12-31'), date '0001-01-01')
from listed
left join heirs using (unit_code)
left join moved using (unit_code)
union all
select
    'comparable'                                        as view,
    listed.*,
    coalesce(heirs.since, listed.valid_from, date '0001-01-01'),
    date '9999-12-31'
from listed
cross join reference.closing as closing
left join heirs using (unit_code)
where coalesce(listed.valid_to, date '9999-12-31') >= closing.closing_date
