"""What the models count from the simulated rooms' registers is what the simulator says it must be."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from connectors.simulator import truth_staff
from connectors.simulator.registers.office import rows as registers_of
from connectors.simulator.registers.rooms import listed_rooms, names
from connectors.simulator.truth_office import DEFINITIONS, OF_PEOPLE, rows
from connectors.simulator.world import World
from tests.models.register_sources import REGISTERS, RegisterSources


WORLD = World(dossiers=100, documents=0)
Count = tuple[int, int, int, int]


def staged(row: dict[str, Any]) -> dict[str, str]:
    """As staging has it: the person is a pseudonym, everything is text."""
    person = {"person": f"hmac-{row['staff_number']}"} if "staff_number" in row else {}
    return person | {field: str(value) for field, value in row.items()}


def built(registers: RegisterSources, world: World, closing: date) -> dict[Any, dict[tuple[str, str], Count]]:
    registers.forget()
    registers.units = [
        {"unit_code": code, "unit_name": names()[code], "valid_from": "2025-03-01", "valid_to": ""}
        for code in listed_rooms()
    ]
    for register, entries in registers_of(world).items():
        # What names no period is the year's.
        blank = dict.fromkeys(REGISTERS[register], "") | ({"period": "Năm"} if register == "ratings" else {})
        registers.take(register, [blank | staged(row) for row in entries])
    registers.build(closing)
    found: dict[Any, dict[tuple[str, str], Count]] = {}
    for day, indicator, definition, *counts in registers.every_count():
        found.setdefault(day, {})[indicator, definition] = (counts[0], counts[1], counts[2], counts[3])
    return found


@pytest.mark.parametrize("seed", [2025, 7])
@pytest.mark.parametrize(
    "today", [date(2025, 2, 20), date(2025, 6, 30), date(2025, 9, 14), date(2025, 12, 10), date(2025, 12, 31)]
)
def test_every_period_comes_to_the_truth(registers: RegisterSources, seed: int, today: date) -> None:
    world = replace(WORLD, seed=seed, today=today)
    counted = built(registers, world, today)
    days = {
        (calendar, kind, str(start)): day
        for calendar, kind, start, day in registers.query(
            "select period_calendar, period_kind, period_start, as_at from core.periods"
        )
    }
    truth = rows(world, today)
    months = sum(kind == "month" for _, kind, _ in days)
    assert len(truth) == sum(
        (len(days) - months * (indicator in OF_PEOPLE)) * len(own) for indicator, own in DEFINITIONS.items()
    )
    for row in truth:
        day = days[row["calendar"], row["kind"], row["start"]]
        found = counted.get(day, {}).get((row["indicator"], row["definition"]), (0, 0, 0, 0))
        assert found == tuple(row[column] for column in ("numerator", "denominator", "excluded", "quarantined")), row


@pytest.mark.parametrize("today", [date(2026, 7, 14), date(2026, 12, 31)])
def test_the_ratings_of_2026_come_to_the_truth(registers: RegisterSources, today: date) -> None:
    """In July only what is followed is there; in December the decision, with points that contradict it."""
    world = replace(WORLD, today=today)
    counted = built(registers, world, today)
    truth = truth_staff.rows(world, today, year=2026)
    for row in truth:
        day = min(date.fromisoformat(row["end"]), today)
        found = counted.get(day, {}).get((row["indicator"], row["definition"]), (0, 0, 0, 0))
        assert found == tuple(row[column] for column in ("numerator", "denominator", "excluded", "quarantined")), row
    decided = {row["definition"]: row for row in truth if (row["indicator"], row["kind"]) == ("MT4b", "year_to_date")
               and row["calendar"] == "iso"}  # fmt: skip
    told = "select count(*) from indicators.ratings where contradiction is not null and kind = 'Công chức'"
    ((wrong,),) = registers.query(told)
    quarters = registers.query(
        "select staff_group, 'Quý ' || ['I', 'II', 'III', 'IV'][quarter(period_end)], rated, good_or_better, excellent"
        " from marts.rating_following where period_kind = 'quarter' and rated is not null"
    )
    told_of = {(group, quarter): tuple(counts) for group, quarter, *counts in quarters}
    assert told_of == truth_staff.followed(registers_of(world)["ratings"], 2026) != {}
    if today.month == 12:
        assert decided["STD"]["quarantined"] >= wrong > 0 < decided["VC"]["numerator"]
    else:
        assert not any(row["numerator"] for row in decided.values())


def test_a_past_closing_date_is_judged_by_the_newest_look_it_may_use() -> None:
    def late(observed: list[date]) -> int:
        found = rows(WORLD, date(2025, 6, 30), observed)
        return next(
            row["numerator"]
            for row in found
            if (row["indicator"], row["definition"], row["kind"], row["start"]) == ("D3", "STD", "month", "2025-06-01")
            and row["calendar"] == "iso"
        )

    # In December the reviews of June have been written over by those of December.
    assert late([date(2025, 6, 30), date(2025, 12, 31)]) > late([date(2025, 12, 31)]) == 0


def test_the_world_is_worth_watching(registers: RegisterSources) -> None:
    """Targets near, traps present: neither everything met nor everything failed."""
    found = built(registers, WORLD, date(2025, 12, 31))[date(2025, 12, 31)]
    met, of, *_ = found["MT4a", "STD"]
    assert 0.90 < met / of < 0.95
    met, of, *_ = found["MT4b", "STD"]
    assert 0.95 < met / of < 0.98
    assert found["MT5", "STD"][:2] == (6, 10)
    assert found["D1", "STD"][:2] == (9, 10)
    assert 0 < found["D2", "STD"][0] < 10
    assert 0 < found["D3", "STD"][0] < 10
    assert registers.query("select is_within_quota from indicators.rating_quota") == [(True,)]
    reasons = {code for (code,) in registers.query("select reason_code from indicators.mt5 where outcome = 'failed'")}
    assert {"CHUA_KET_LUAN", "TU_KIEM_TRA", "DOAN_TINH", "CHUA_CO_KE_HOACH"} <= reasons


def test_people_never_leave_the_office(registers: RegisterSources) -> None:
    built(registers, WORLD, date(2025, 12, 31))
    written = "\n".join(
        str(row)
        for name in (*(f"indicators.{name}" for name in ("mt4a", "mt4b", "mt5", "d1", "d2", "d3")),
                     "marts.risk", "marts.inspection", "core.unit_objectives", "core.unit_risks", "core.inspections")
        for row in registers.query(f"select * from {name}")
    )  # fmt: skip
    assert "Phòng Tổng hợp" in written
    for person in registers_of(WORLD)["officials"]:
        assert person["full_name"] not in written
        assert person["staff_number"] not in written
    small = registers.query(
        "select reason_code from (select * from indicators.mt4a union all by name select * from indicators.mt4b)"
        " where reason_code <> 'NHOM_NHO' group by indicator, definition, on_date, outcome, reason_code"
        " having count(*) < 5"
    )
    assert small == []
