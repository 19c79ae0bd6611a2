"""Answers counted from the clocks of single dossiers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import ceil, sqrt
from statistics import NormalDist, median

from tests.support.answers.evidence import Answer, Evidence, Row, is_judged, percent
from tests.support.office import LAST_DAY


def failing(evidence: Evidence) -> Answer:
    late = [
        clock
        for clock in evidence.clocks
        if is_judged(clock) and clock["lateness"] > 0 and "VP" in evidence.scopes[clock["unit_code"]]
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
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for clock in filter(is_judged, evidence.clocks):
        if clock["ended_on"].year == LAST_DAY.year:
            for scope in evidence.scopes[clock["unit_code"]]:
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
    settled = defaultdict(list)
    for clock in evidence.clocks:
        is_whole = clock["is_ended"] and clock["status_code"] in (9, 10)
        if is_whole and clock["ended_on"].year == LAST_DAY.year and "H19" in evidence.scopes[clock["unit_code"]]:
            settled[clock["procedure_code"]].append(clock)
    answer = []
    for code, clocks in settled.items():
        days = [evidence.working_days[row["ended_on"]] - evidence.working_days[row["accepted_on"]] for row in clocks]
        met = sum(row["lateness"] <= 0 for row in clocks)
        asked = sum(row["supplement_count"] for row in clocks)
        counts = (len(days), median(days), at_least(days, 0.9), asked)
        answer.append((code, *counts, percent(met, len(days)), *wilson(met, len(days))))
    return sorted(answer, key=lambda row: (-row[3], row[0]))


def wilson(met: int, of: int) -> tuple[float, float]:
    """Both roots p of (met/of − p)² = z² · p(1 − p) / of, in percent."""
    square = NormalDist().inv_cdf(0.975) ** 2
    quadratic = (1 + square / of, -(2 * met + square) / of, (met / of) ** 2)
    root = sqrt(max(quadratic[1] ** 2 - 4 * quadratic[0] * quadratic[2], 0))
    low, high = ((-quadratic[1] + sign * root) / (2 * quadratic[0]) for sign in (-1, 1))
    return 100 * low, 100 * high


def at_least(values: Iterable[int], share: float) -> int:
    """The smallest of them that as many do not exceed."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)), 1) - 1]


def due(evidence: Evidence) -> Answer:
    units = {row["unit_code"]: row["unit_name"] for row in evidence.rows("core.units")}
    procedures = {row["procedure_code"]: row["procedure_name"] for row in evidence.rows("core.procedures_configured")}
    procedures |= {row["procedure_code"]: row["procedure_name"] for row in evidence.rows("core.procedures_listed")}
    answer = []
    for clock in evidence.clocks:
        is_open = clock["is_counted"] and not clock["is_ended"] and not clock["is_paused"]
        limit: datetime | None = clock["due_on_effective"]
        if is_open and limit and limit.date() <= LAST_DAY + timedelta(days=3):
            late = max(0, (LAST_DAY - limit.date()).days)
            label = "Đang giải quyết quá hạn" if late else "Đang giải quyết trong hạn"
            called = procedures.get(clock["procedure_code"])
            answer.append((units[clock["unit_code"]], clock["dossier_code"], called, limit, late, label))
    return sorted(answer, key=lambda row: (row[0], row[3], row[1]))
