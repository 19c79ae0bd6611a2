"""What the body of a report says in few words, so that it stays within four pages; the annexes say it in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from assets.reports.formats import count, goal, share
from assets.reports.paper import reasons, sections
from assets.reports.paper.figures import Objective, Placed
from assets.reports.paper.improvement import Nonconformity
from assets.reports.paper.lists import Failing, Risk
from assets.reports.readings import Reading, kept


# Of each list, in the body.
MOST_OBJECTIVES, MOST_UNITS, MOST_RISKS, LONGEST = 10, 5, 4, 280


def results(objectives: Sequence[Objective]) -> list[dict[str, str]]:
    """The table of the body: what was aimed at, what came of it."""
    return [
        {
            "tt": str(place),
            "label": f"{row.indicator}. {row.label}",
            "target": f"{goal(row)}{' (ví dụ)' if row.is_example else ''}",
            "result": sections.figure(row),
            "verdict": sections.verdict(row),
        }
        for place, row in enumerate(objectives, 1)
    ]


def not_met(objectives: Sequence[Objective]) -> list[str]:
    """Which objectives have which verdict but the good one, in the order in which the verdicts are first met."""
    named: dict[str, list[str]] = {}
    for row in objectives:
        if row.is_short:
            named.setdefault(row.verdict, []).append(row.indicator)
    return [f"{verdict}: {', '.join(own)}." for verdict, own in named.items()]


def shortfalls(
    objectives: Sequence[Objective], failing: list[Failing], forms: list[Nonconformity], annex: str
) -> list[str]:
    """A sentence for each objective that is not met, and where the others stand."""
    short = [row for row in objectives if row.is_short]
    told = [shortfall(row, failing, forms) for row in short[:MOST_OBJECTIVES]]
    left = len(short) - len(told)
    return [*told, f"Còn {count(left)} mục tiêu chưa đạt hoặc chưa đủ căn cứ: xem {annex}."] if left else told


def shortfall(row: Objective, failing: list[Failing], forms: list[Nonconformity]) -> str:
    """How far from the target, in what way records fail most, and how many forms still lack a cause."""
    told = f"{row.indicator}: {sections.figure(row)}, chỉ tiêu {goal(row)} ({row.verdict.lower()})."
    ways = reasons.causes(row.indicator, failing)
    if row.verdict == "Chưa đủ căn cứ":
        told = f"{told} {row.verdict_reason}." if row.verdict_reason else told
    elif ways:
        told = f"{told} {ways}."
    own = [form for form in forms if form.indicator == row.indicator]
    if unexplained := sum(form.cause_code is None for form in own):
        told = f"{told} {count(unexplained)}/{count(len(own))} phiếu chưa phân tích nguyên nhân."
    return shortened(told)


def shortened(text: str) -> str:
    """At a word's end where it is too long for the body."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def compared(rows: Sequence[Placed]) -> list[str]:
    """Which units differ from the general rate of an indicator by more than chance; one sentence for all of them."""
    told = []
    for indicator, own in groupby(rows, key=lambda row: row.indicator):
        units = list(own)
        for position, word in (("kem_hon", "kém hơn"), ("tot_hon", "tốt hơn")):
            names = [row.unit_name or row.unit_code for row in units if row.position == position]
            if names:
                more = f" và {count(len(names) - MOST_UNITS)} đơn vị khác" if len(names) > MOST_UNITS else ""
                told.append(
                    f"{indicator}, {word} mức chung {share(units[0].centre)}: {', '.join(names[:MOST_UNITS])}{more}"
                )
    if told:
        return [f"Đơn vị khác mức chung quá mức ngẫu nhiên (biểu đồ phễu, 95 %): {shortened('; '.join(told))}."]
    return ["Chưa phân biệt được đơn vị nào với mức chung (biểu đồ phễu, 95 %)."] if rows else []


def read_otherwise(rows: Sequence[Reading]) -> list[str]:
    """How many conclusions stand whichever way they are read, and which do not; the annex names the readings."""
    if not rows:
        return []
    changed = dict.fromkeys(row.indicator for row in rows if row.is_kept is False)
    told = f"{kept(list(rows))} (kể cả cách đọc chính)"
    return [f"{told}; có cách đọc đổi kết luận: {', '.join(changed)}." if changed else f"{told}."]


def led(objectives: Sequence[Objective]) -> str:
    """Trong 18 mục tiêu: 12 chưa đạt; 4 đạt; 2 chưa đủ căn cứ."""
    if not objectives:
        return "Chưa có số liệu."
    found = Counter(row.verdict for row in objectives)
    parts = "; ".join(f"{count(number)} {verdict.lower()}" for verdict, number in found.most_common())
    return f"Trong {count(len(objectives))} mục tiêu, chỉ tiêu theo dõi: {parts}."


def risks(rows: Sequence[Risk], annex: str) -> list[str]:
    """How many, how many of them overdue, and the gravest."""
    if not rows:
        return ["Không phát sinh rủi ro, cơ hội được đăng ký trong năm."]
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.kind] = kinds.get(row.kind, 0) + 1
    counted = ", ".join(f"{count(number)} {kind.lower()}" for kind, number in kinds.items())
    overdue = sum(bool(row.is_overdue) for row in rows)
    gravest = [
        f"{row.unit_name or row.unit_code}: {shortened(row.description)} ({row.kind.lower()}, "
        f"{(row.computed_level or 'chưa có mức').lower()}, {row.computed_score} điểm)"
        for row in rows[:MOST_RISKS]
    ]
    return [
        f"Các phòng, đơn vị đã nhận diện {counted}; quá thời hạn xử lý: {count(overdue)}. Toàn bộ tại {annex}.",
        f"Mức cao nhất: {'; '.join(gravest)}.",
    ]
