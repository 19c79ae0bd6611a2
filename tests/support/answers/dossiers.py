"""Answers counted from the clocks of single dossiers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median

from tests.support.answers.evidence import Answer, Evidence, Row, is_judged, percent
from tests.support.office import LAST_DAY


def failing(evidence: Evidence) -> Answer:
    late = [
        clock
        for clock in evidence.clocks
        if is_judged(clock) and clock["lateness"] > 0 and clock["unit_code"] in evidence.headline_units
        and clock["ended_on"].year == LAST_DAY.year
    ]  # fmt: skip
    told = {row["record_key"]: row["reason"] for row in evidence.rows("marts.failing_record")}
    rows = [
        (code, days_late(clock), told[code], clock["unit_code"], clock["procedure_code"])
        for clock in late
        for code in [clock["dossier_code"]]
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def days_late(clock: Row) -> int:
    return int((clock["completed_at"].date() - clock["due_on_effective"].date()).days)


def latest_of_all(evidence: Evidence) -> Answer:
    pauses = defaultdict(list)
    for pause in evidence.rows("core.dossier_pauses"):
        pauses[pause["dossier_code"]].append(pause)
    rules = {row["dossier_code"]: row["rule"] for row in evidence.rows("marts.dossier_clock")}
    late = [clock for clock in evidence.clocks if clock["classification"] == "qua_han"]
    late.sort(key=lambda clock: (-days_late(clock), clock["dossier_code"]))
    dates = ("accepted_at", "due_on_original", "due_on_effective", "completed_at")
    return [
        (
            clock["dossier_code"],
            *(clock[name] for name in dates),
            days_late(clock),
            len(pauses[clock["dossier_code"]]),
            sum(pause["working_days"] for pause in pauses[clock["dossier_code"]] if pause["extends_due"]),
            rules[clock["dossier_code"]],
        )
        for clock in late[:5]
    ]


def units_over_time(evidence: Evidence) -> Answer:
    """Each dossier given to every scope that held, or that follows, its unit."""
    names = {(row["view"], row["unit_code"]): row["unit_name"] for row in evidence.rows("core.unit_spans")}
    held = defaultdict(list)
    for row in evidence.rows("core.unit_attribution"):
        held[row["unit_code"]].append(row)
    counts: dict[tuple[str, str, date], list[int]] = defaultdict(lambda: [0, 0])
    for clock in filter(is_judged, evidence.clocks):
        day = clock["ended_on"]
        for row in held[clock["unit_code"]]:
            if row["view"] != "comparable" and row["from_date"] <= day <= row["until_date"] and day.year == 2025:
                quarter = date(2025, 3 * ((day.month - 1) // 3) + 1, 1)
                of_unit = counts[row["view"], row["scope_code"], quarter]
                of_unit[0] += clock["lateness"] <= 0
                of_unit[1] += 1
    known = {key: pair for key, pair in counts.items() if key[:2] in names}
    return [
        (view, unit, names[view, unit], start, met, judged, percent(met, judged))
        for (view, unit, start), (met, judged) in sorted(known.items())
    ]


def funnel(evidence: Evidence) -> Answer:
    """Counted by unit again, placed by the limits that stand."""
    lineage = defaultdict(set)
    for row in evidence.rows("core.unit_scopes"):
        lineage[row["unit_code"]].add(row["scope_code"])
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for clock in filter(is_judged, evidence.clocks):
        if clock["ended_on"].year == LAST_DAY.year:
            for scope in lineage[clock["unit_code"]]:
                counts[scope][0] += clock["lateness"] <= 0
                counts[scope][1] += 1
    answer = []
    for row in evidence.rows("marts.funnel"):
        span = (row["period_start"], row["period_end"])
        if (row["indicator"], span) == ("MT1", (date(2025, 1, 1), LAST_DAY)) and row["lower_95"] is not None:
            met, of = counts[row["unit_code"]]
            rate = met / of
            position = (
                "kem_hon" if rate < row["lower_95"] else "tot_hon" if rate > row["upper_95"] else "chua_phan_biet"
            )
            limits = (100 * row["lower_95"], 100 * row["upper_95"])
            answer.append((rate, (row["unit_code"], row["unit_name"], met, of, *limits, position)))
    return [row for _, row in sorted(answer)]


def durations(evidence: Evidence) -> Answer:
    days = defaultdict(list)
    for clock in evidence.clocks:
        if clock["is_ended"] and clock["status_code"] in (9, 10):
            spent = evidence.working_days[clock["ended_on"]] - evidence.working_days[clock["accepted_on"]]
            days[clock["procedure_code"]].append(spent)
    found = [(code, len(spent), median(spent), at_least(spent, 0.9)) for code, spent in days.items()]
    return sorted(found, key=lambda row: (-row[3], row[0]))


def at_least(values: Iterable[int], share: float) -> int:
    """The smallest of them that as many do not exceed."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)), 1) - 1]


def due(evidence: Evidence) -> Answer:
    answer = []
    for clock in evidence.clocks:
        is_open = clock["is_counted"] and not clock["is_ended"] and not clock["is_paused"]
        limit: datetime | None = clock["due_on_effective"]
        if is_open and limit and limit.date() <= LAST_DAY + timedelta(days=3):
            late = max(0, (LAST_DAY - limit.date()).days)
            label = "Đang giải quyết quá hạn" if late else "Đang giải quyết trong hạn"
            answer.append((clock["unit_code"], clock["dossier_code"], limit, late, label))
    return sorted(answer, key=lambda row: (row[0], row[2], row[1]))
