-- Nộp sổ: phòng nào phải nộp sổ nào cho kỳ nào, đã nộp chưa, đúng hạn không (theo lúc kho thấy lần đầu).
with rooms as (
    select
        'rooms'                     as scope,
        unit_code,
        unit_name,
        valid_from,
        valid_to
    from core.office_units
    where is_room
    union all
    select
        'office',
        'VP',
        scope_name,
        holds_from,
        holds_to
    from reference.office
),

-- What was there when the folder was first read was delivered by then, nobody knows when.
began as (
    select local_day(min(first_seen_at)) as first_read_on from staging.ledger__register_rows
),

due as (
    select
        rooms.unit_code,
        rooms.unit_name,
        delivery.resource                               as register,
        period.period_kind,
        period.period_start,
        period.period_end,
        (period.period_end + delivery.due_days)::date as due_on
    from reference.register_deliveries as delivery
    inner join core.periods as period
        on
            period.period_calendar = 'iso'
            and period.period_kind = delivery.every
            and period.period_end
            between coalesce(delivery.valid_from, period.period_end) and coalesce(delivery.valid_to, period.period_end)
    inner join rooms
        on
            rooms.scope = delivery.scope
            and period.period_end
            between coalesce(rooms.valid_from, period.period_end) and coalesce(rooms.valid_to, period.period_end)
),

found as (
    select
        due.*,
        min(told.delivered_on) as delivered_on
    from due
    left join core.register_deliveries as told
        on
            told.register = due.register
            and told.unit_code = due.unit_code
            and told.on_date between due.period_start and due.period_end
    group by all
)

select
    found.*,
    (found.delivered_on is not null or found.due_on < closing.closing_date)::integer as expected,
    (found.delivered_on is not null)::integer                                       as delivered,
    case
        when found.delivered_on <= found.due_on then 1
        when found.delivered_on = began.first_read_on then null
        when expected = 1 then 0
    end                                                                             as on_time,
    case
        when on_time = 1 then 'dung_han'
        when delivered = 1 and on_time is null then 'khong_ro'
        when delivered = 1 then 'muon'
        when expected = 1 then 'chua_nop'
        else 'chua_den_han'
    end                                                                             as state
from found
cross join reference.closing as closing
cross join began
