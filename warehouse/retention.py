"""Which closing dates stay in sight: every one of the last days (`reference.retention`), older ones by their dates.

Of the older ones those stay that nothing else shows without computing it: the last of each month, the first that has
all of a month (what was published of it first), and the one by which a period was closed. All others can be
computed again from raw, as they were published (`mtcl run --closing-date D --as-published`).
"""

from __future__ import annotations

from datetime import date

from warehouse import building
from warehouse.database import Database


# One partition per closing date: these hold the past beside the present, all others are as of one day.
ALL_CLOSING_DATES = ("marts.indicator_result", "marts.restatement", "marts.due_date_change", "core.rule_results")
# What has changed between two closing dates is no more than what came: it stays.
THINNED = ("marts.indicator_result", "core.rule_results")

KEPT = """
with dates as (
    select unnest($dates::date[]) as day
),

newest as (
    select max(day) as day from dates
),

months as (
    select unnest(generate_series(
        date_trunc('month', min(day)) - interval 1 month, max(day), interval 1 month
    ))::date as begun
    from dates
),

-- Also of a month that nobody was there to close: its figures were first published on the next closing date there is.
edges as (
    select
        max(day) filter (where day <= last_day(begun))  as last,
        min(day) filter (where day >= last_day(begun))  as first_whole
    from months cross join dates
    group by begun
)

select day from dates
where
    day > (select day from newest) - to_days($days::integer)
    or day in (select last from edges union all select first_whole from edges)
    or day in (select closing_date from ledger.closings)
order by day
"""


def kept(database: Database, dates: list[date]) -> list[date]:
    """Those of some closing dates that stay; all where the number of days has not been loaded."""
    days = number(database, "closing_days")
    if days is None:
        return dates
    return [day for (day,) in database.query(KEPT, {"dates": dates, "days": days})]


def number(database: Database, name: str) -> int | None:
    if not building.columns(database, "reference.retention"):
        return None
    found = database.query("select value from reference.retention where name = $1", [name])
    return int(found[0][0]) if found else None


def forget(database: Database) -> None:
    """Takes out of the warehouse what is published no more, but for the closing date whose tables stand there now."""
    for table in THINNED:
        if building.columns(database, table):
            dates = [day for (day,) in database.query(f"select distinct closing_date from {table}")]
            with database.transaction(f"closing dates of {table} thinned"):
                database.query(
                    f"delete from {table} where not list_contains($1::date[], closing_date)"
                    " and closing_date not in (select closing_date from reference.closing)",
                    [kept(database, dates)],
                )
