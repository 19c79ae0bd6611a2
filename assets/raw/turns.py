"""What of the national database is to be asked again: the questions that need the warehouse's memory.

Neither list nor decision carries a time of change, so a detail is read again when its row in the list or at the public
gateway is new or changed, when a decision touched it after it was read, and once a week in any case, a seventh a day.
"""

from assets.terms import Terms
from warehouse.database import Warehouse


PROCEDURES = """
with listed as (
    select record_key, max_by(first_seen_at, version) as changed_at
    from raw.tthc__procedure_list
    group by record_key
    having max_by(withdrawn_at is null, version)
),

detailed as (
    select record_key, max(last_seen_at) as read_at
    from raw.tthc__procedures
    group by record_key
),

shown as (
    select record_key, max_by(first_seen_at, version) as shown_at
    from raw.tthc__public_procedures
    group by record_key
),

touched as (
    select public.record_key, max(change.first_seen_at) as touched_at
    from raw.tthc__decision_procedures as change
    inner join raw.tthc__public_procedures as public on (public.payload ->> '$.ID') = (change.payload ->> '$.ID')
    group by public.record_key
)

select listed.record_key
from listed
left join detailed using (record_key)
left join shown using (record_key)
left join touched using (record_key)
where
    read_at is null
    or changed_at > read_at
    or shown_at > read_at
    or touched_at > read_at
    or (cast('0x' || md5(listed.record_key)[1:4] as integer) % 7 = $weekday and read_at < $today)
order by listed.record_key
"""

DECISIONS = """
select record_key
from raw.tthc__decisions
group by record_key
having
    max_by(first_seen_at, version) > coalesce(cast($read_until as timestamptz), timestamptz '-infinity')
    and try_strptime(max_by(payload ->> '$.PUBLISHING_DATE', version), '%d-%m-%Y') >= cast($since as date)
order by record_key
"""


def procedures_to_read(warehouse: Warehouse, terms: Terms) -> list[str]:
    now = terms.clock()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = warehouse.query(PROCEDURES, {"weekday": now.weekday(), "today": midnight})
    return [code for (code,) in found]


def decisions_to_read(warehouse: Warehouse, terms: Terms) -> list[str]:
    """Decisions that are new or have changed since their procedures were last asked."""
    read_until = warehouse.cursor("tthc", "decision_procedures")
    found = warehouse.query(DECISIONS, {"read_until": read_until, "since": terms.decisions_since})
    return [decision for (decision,) in found]
