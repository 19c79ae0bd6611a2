-- Việc của mỗi đơn vị tính cho phạm vi nào, theo ba cách nhìn: như khi đó, như hiện nay, so sánh được.
select
    -- Who held the work on the day of the event; below, who follows it today (domain §8.5).
    'as_was'    as view,
    held.unit_code,
    membership.scope_code,
    greatest(held.from_date, membership.holds_from) as from_date,
    least(held.until_date, membership.holds_to)     as until_date
from core.unit_holders as held
inner join core.unit_memberships as membership
    on
        held.holder_code = membership.unit_code
        and held.from_date <= membership.holds_to
        and held.until_date >= membership.holds_from
union all
select
    unnest(['as_now', 'comparable']) as view,
    held.unit_code,
    membership.scope_code,
    date '0001-01-01',
    date '9999-12-31'
from core.unit_holders as held
inner join core.unit_memberships as membership on held.holder_code = membership.unit_code
inner join reference.closing as closing
    on closing.closing_date between membership.holds_from and membership.holds_to
where held.until_date = date '9999-12-31'
