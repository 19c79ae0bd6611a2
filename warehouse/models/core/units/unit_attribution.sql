-- Việc của mỗi đơn vị tính cho phạm vi nào, theo ba cách nhìn: như khi đó, như hiện nay, so sánh được.
select
    -- Who held the work on the day of the event; below, who follows it today (domain §8.5).
    'as_was'    as view,
    held.unit_code,
    membership.scope_code,
    held.from_date,
    held.until_date
from core.unit_holders as held
inner join core.unit_memberships as membership on held.holder_code = membership.unit_code
union all
select
    unnest(['as_now', 'comparable']) as view,
    held.unit_code,
    membership.scope_code,
    date '0001-01-01',
    date '9999-12-31'
from core.unit_holders as held
inner join core.unit_memberships as membership on held.holder_code = membership.unit_code
where held.until_date = date '9999-12-31'
