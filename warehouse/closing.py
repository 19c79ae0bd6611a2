"""Closing a period: its published figures become final, and change only with a reason (domain §13.8)."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from warehouse import building, privacy
from warehouse.closed_periods import Closing, ClosingRefused, Span
from warehouse.database import Database
from warehouse.privacy import Words
from warehouse.published_folder import attached
from warehouse.reading import Published, latest, sha256_of


# A period of the report calendar is closed with the months it is named after (15/12–14/01 is January).
IN_SPAN = """
if(period_calendar = 'report', date_trunc('month', period_start + interval 1 month)::date, period_start) >= $start
and if(period_calendar = 'report', last_day(period_end), period_end) <= $end
"""
KEY = "indicator, definition, unit_code, applicant_group, period_calendar, period_kind, period_start"
CHANGES = f"select {KEY}, period_end from marts.closed_figure_change where {IN_SPAN}"
PUBLISHED = f"""
from source.marts.indicator_result as result
anti join ledger.closed_figures as closed using ({KEY})
where result.closing_date = $closing and {IN_SPAN}
"""
# What is measured no more is closed without a figure.
MEASURED = f"from ({CHANGES}) as change left join indicators.measured_results as result using ({KEY})"
OF_THE_CHANGE = {*KEY.split(", "), "period_end"}
REASONED = """
select 1 from ledger.closings
where reason is not null and version = $version and period_start <= $end and period_end >= $start
"""
# The run that made the tables as they stand has published nothing.
UNPUBLISHED = """
select closing_date from ledger.runs
inner join reference.closing using (run_id, closing_date)
where outcome <> 'published' and run_id not in (select run_id from ledger.publications)
"""


FIELDS = (
    "period, number, period_start, period_end, closed_at, closing_date, version, versions, file_sha256, figures, reason"
)


def closings(database: Database, period: str) -> list[Closing]:
    """Every closing of that period, in order."""
    found = database.query(f"select {FIELDS} from ledger.closings where period = $1 order by number", [period])
    return [Closing.of(row) for row in found]


def close(
    database: Database, folder: Path, text: str, reason: str | None = None, people: Words | None = None
) -> Closing:
    """Closes a period as it was published last, or with a reason what has changed of it. Raises ClosingRefused.

    `people`: how a person is told in the reason, which is published.
    """
    span = Span.read(text)
    published = standing(database, folder, span)
    done = closings(database, span.period)
    if reason is None:
        refuse_what_is_closed(database, span, done)
    elif not (reason := reason.strip()):
        raise ClosingRefused("Lý do điều chỉnh không được để trống.")
    else:
        refuse_without_change(database, span, done, published)
    return entered(database, span, published, len(done) + 1, reason, people)


def standing(database: Database, folder: Path, span: Span) -> Published:
    """The publication whose figures may be closed: the newest, of a day after the period, of a run that went well."""
    published = latest(folder)
    if published is None:
        raise ClosingRefused("Chưa có bản công bố nào để chốt; hãy chạy công việc daily trước.")
    newest = date.fromisoformat(published.manifest["newest_closing_date"])
    if newest <= span.end:
        raise ClosingRefused(
            f"Kỳ {span.period} chưa hết trong bản công bố {published.version} (ngày chốt {newest:%d/%m/%Y}): "
            f"chỉ chốt được khi đã công bố cho một ngày sau {span.end:%d/%m/%Y}."
        )
    if blocked := database.query(UNPUBLISHED):
        raise ClosingRefused(
            f"Lần tính gần nhất (ngày chốt {blocked[0][0]:%d/%m/%Y}) không được công bố. "
            "Xử lý rồi chạy lại daily trước khi chốt."
        )
    if database.query("select 1 from reference.closing where closing_date <> $1", [newest]):
        raise ClosingRefused(
            f"Kho đang giữ kết quả của một ngày chốt cũ; chạy lại daily cho ngày {newest:%d/%m/%Y} trước khi chốt."
        )
    return published


def refuse_what_is_closed(database: Database, span: Span, done: list[Closing]) -> None:
    if done:
        raise ClosingRefused(
            f"Kỳ {span.period} đã chốt lần {done[-1].number} ngày {done[-1].closed_on:%d/%m/%Y}, theo bản "
            f'{done[-1].version}. Muốn nhận số khác thì nêu lý do: mtcl close --period {span.period} --reason "…".'
        )
    covering = database.query(
        "select period from ledger.closings where period_start <= $1 and period_end >= $2 and number = 1 limit 1",
        [span.start, span.end],
    )
    if covering:
        raise ClosingRefused(f"Kỳ {span.period} đã nằm trong kỳ {covering[0][0]} đã chốt.")
    if waiting := changes(database, span):
        raise ClosingRefused(
            f"Trong kỳ {span.period} còn {waiting} số của kỳ nhỏ hơn đã chốt mà nay tính ra khác. "
            "Nêu lý do điều chỉnh cho kỳ đó trước."
        )


def refuse_without_change(database: Database, span: Span, done: list[Closing], published: Published) -> None:
    if not done:
        raise ClosingRefused(f"Kỳ {span.period} chưa chốt nên không có gì để điều chỉnh; bỏ --reason để chốt lần đầu.")
    if not changes(database, span):
        raise ClosingRefused(f"Không có số nào của kỳ {span.period} khác với số đã chốt: không có gì để điều chỉnh.")
    if database.query(REASONED, {"start": span.start, "end": span.end, "version": published.version}):
        raise ClosingRefused(
            f"Đã nhận lý do cho các số khác của bản {published.version}; chạy lại daily rồi mới điều chỉnh tiếp."
        )


def changes(database: Database, span: Span) -> int:
    """How many closed figures of the span come out otherwise now."""
    if not building.columns(database, "marts.closed_figure_change"):
        return 0
    return len(database.query(CHANGES, {"start": span.start, "end": span.end}))


def entered(
    database: Database, span: Span, published: Published, number: int, reason: str | None, people: Words | None
) -> Closing:
    """Closing and figures, in one transaction."""
    closing_date = date.fromisoformat(published.manifest["newest_closing_date"])
    done = Closing(
        span.period,
        number,
        span.start,
        span.end,
        database.clock(),
        closing_date,
        published.version,
        published.manifest["versions"],
        sha256_of(published.path),
        0,
        reason,
    )
    with (
        attached(database, published.path, "source", "read_only"),
        database.transaction(f"period {span.period} closed"),
    ):
        figures = take_figures(database, done)
        if not figures:
            raise ClosingRefused(f"Bản công bố {published.version} không có số liệu của kỳ {span.period}.")
        done = replace(done, figures=figures)
        values = asdict(done) | {"versions": json.dumps(done.versions), "known_at": just_after(database, done.version)}
        database.query(f"insert into ledger.closings by name select {', '.join(map(given, values))}", values)
        if people and privacy.scan(database, people, "warehouse", ["ledger"], {"ledger.closings"}):
            raise ClosingRefused(
                "Lý do có vẻ chứa họ tên, số điện thoại hay số định danh mà lý do thì được công bố: "
                "chỉ nêu việc và số văn bản."
            )
    return done


def given(name: str) -> str:
    """A field of a closing as a column of the ledger."""
    return f"${name} as {'period_' if name in ('start', 'end') else ''}{name}"


def take_figures(database: Database, done: Closing) -> int:
    """The rows of a closing as they were published, or those of the reason as they are measured; how many."""
    origin = "indicators.measured_results" if done.reason else "source.marts.indicator_result"
    known = building.columns(database, origin)
    kept = [name for name in building.columns(database, "ledger.closed_figures") if name in known]
    taken = ", ".join(f"{'change' if done.reason and name in OF_THE_CHANGE else 'result'}.{name}" for name in kept)
    values = {"period": done.period, "number": done.number, "start": done.start, "end": done.end}
    ((figures,),) = database.query(
        f"insert into ledger.closed_figures by name select $period as period, $number as number, {taken} "
        f"{MEASURED if done.reason else PUBLISHED}",
        values if done.reason else values | {"closing": done.closing_date},
    )
    return int(figures)


def just_after(database: Database, version: str) -> datetime:
    """By the clock of the sources, which is not that of whoever closes."""
    ((published_at,),) = database.query(
        "select max(published_at) from ledger.publications where version = $1", [version]
    )
    return (published_at or database.clock()) + timedelta(microseconds=1)
