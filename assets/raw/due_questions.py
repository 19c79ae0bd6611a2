"""What of the national database is to be asked again: the questions that need the warehouse's memory.

Neither list nor decision carries a time of change, so a detail is read again when its row in the list or at the public
gateway is new or changed, when a decision touched it after it was read, and once a week in any case, a seventh a day.
"""

from datetime import datetime

from assets.run_settings import RunSettings
from warehouse import ledger
from warehouse.database import Database


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


# Half of the sample are dossiers that were missing when last asked for, the rest another draw every day.
COPIES = """
with asked as (
    select record_key, not max_by(cast(payload ->> '$.is_known' as boolean), version) as was_missing
    from raw.tthc__dossier_copies
    where first_seen_at < $midnight
    group by record_key
),

dossiers as (
    select
        record_key,
        coalesce(was_missing, false) as was_missing,
        row_number() over (partition by coalesce(was_missing, false) order by md5(record_key || $today)) as place
    from (
        select record_key from raw.portal__dossiers
        where not starts_with(record_key, 'id:') and not starts_with(record_key, 'sha256:')
        group by record_key
        having max_by(withdrawn_at is null and (payload ->> '$.acceptedDate') < $today, version)
    )
    left join asked using (record_key)
)

select record_key from dossiers
where place <= $sample and (not was_missing or place <= $sample // 2)
order by was_missing desc, place
limit $sample
"""


def copies_to_ask(database: Database, run_settings: RunSettings) -> list[str]:
    """Dossiers accepted before today, drawn by the day: the same in every run of one day."""
    wanted = {
        "today": run_settings.today.isoformat(),
        "midnight": midnight(run_settings),
        "sample": run_settings.copies_asked,
    }
    return [code for (code,) in database.query(COPIES, wanted)]


def midnight(run_settings: RunSettings) -> datetime:
    return run_settings.clock().replace(hour=0, minute=0, second=0, microsecond=0)


def procedures_to_read(database: Database, run_settings: RunSettings) -> list[str]:
    now = run_settings.clock()
    found = database.query(PROCEDURES, {"weekday": now.weekday(), "today": midnight(run_settings)})
    return [code for (code,) in found]


def decisions_to_read(database: Database, run_settings: RunSettings) -> list[str]:
    """Decisions that are new or have changed since their procedures were last asked."""
    read_until = ledger.cursor(database, "tthc", "decision_procedures")
    found = database.query(DECISIONS, {"read_until": read_until, "since": run_settings.decisions_since})
    return [decision for (decision,) in found]
