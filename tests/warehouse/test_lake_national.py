"""The nation's figures are the sum of the provinces', row by row, by the model that made theirs; or there are none."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.support import lake, postgres
from tests.support.lake import DAY, LakeShell, published
from warehouse.models import FOLDER
from warehouse.store_beside import BESIDE


pytestmark = [
    pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server on this machine"),
    pytest.mark.skipif(lake.python() is None, reason="no environment of the lake: make lake"),
]
PROVINCES = ("H10", "H19", "H20")
YEAR = "date '2025-01-01' as period_start, date '2025-12-31' as period_end, date '2025-12-31' as as_at"
PERIODS = f"""
select 'iso' as period_calendar, 'year_to_date' as period_kind, {YEAR}, false as is_over
union all
select 'iso', 'month', date '2025-12-01', date '2025-12-31', date '2025-12-31', false
"""
# One indicator of each Office, one of each province; units and what cannot be told belong to both.
SHARED = {
    "core.periods": PERIODS,
    "core.period_spans": f"""
        select *, false as is_last_year, period_start as span_start, as_at as span_as_at from ({PERIODS})
    """,
    "reference.definitions": """
        select indicator, definition, 'flow' as basis, date '0001-01-01' as holds_from, date '9999-12-31' as holds_to
        from (values ('MT1', 'R1'), ('MT3', 'STD')) as known (indicator, definition)
    """,
    "reference.indicators": """
        select * from (values ('MT1', 'MT1', 'dossier', 'all'), ('MT3', 'MT3', 'procedure', 'all'))
            as known (indicator, family, record_kind, applicant_group)
    """,
}
REPEATS = f"""
select
    'MT3' as indicator, 'STD' as definition, '{{unit}}' as unit_code, 'all' as applicant_group,
    'iso' as period_calendar, 'year_to_date' as period_kind, {YEAR}, false as is_last_year,
    3::hugeint as numerator, {{denominator}}::hugeint as denominator, 0::hugeint as excluded, 1::hugeint as quarantined
"""
MEASURE = """
select
    indicator, definition, unit_code, 'all' as applicant_group, 'flow' as basis, on_date, null::date as until_date,
    numerator, denominator, 1::bigint as excluded, numerator as early, 0::bigint as on_time, 2::bigint as quarantined,
    0::bigint as doubtful
from (values {rows}) as measured (indicator, definition, unit_code, on_date, numerator, denominator)
"""


def tables(code: str) -> dict[str, str]:
    """What an organisation publishes of itself, as queries."""
    return SHARED | {
        "core.headlines": f"""
            select * from (values ('MT1', 2025, 'VP', true), ('MT3', 2025, '{code}', true))
                as headline (indicator, objective_year, unit_code, is_headline)
        """,
        "core.scope_spans": f"""
            select *, date '0001-01-01' as holds_from, date '9999-12-31' as holds_to
            from (values
                ('{code}.01', 'VP'), ('{code}.01', '{code}'), ('{code}.02', '{code}'), ('?', 'VP'), ('?', '{code}'),
                ('{code}.01', '{code}.01'), ('{code}.02', '{code}.02')
            ) as scope (unit_code, scope_code)
        """,
        "reference.closing": f"select date '{DAY}' as closing_date, '{code}' as org_code",
    }


def measures(code: str) -> str:
    dice = random.Random(code)
    rows = [
        f"('{indicator}', '{definition}', '{unit}', date '{date(2025, 1, 1) + timedelta(dice.randrange(365))}',"
        f" {dice.randrange(50)}::bigint, {50 + dice.randrange(50)}::bigint)"
        for indicator, definition in (("MT1", "R1"), ("MT3", "STD"))
        for unit in (f"{code}.01", f"{code}.02", "?")
        for _ in range(20)
    ]
    return MEASURE.format(rows=", ".join(rows))


def province(folder: Path, code: str) -> tuple[Path, Path]:
    """Its published file and the folder beside it: its figures are what the model makes of its own measures."""
    beside = folder / f"{code}-beside"
    beside.mkdir(parents=True)
    repeats = REPEATS.format(unit=f"{code}.02", denominator=5 + len(code))
    unpublished = {
        "indicators.measures": measures(code),
        "indicators.repeats": repeats,
        "indicators.mt3_periods": f"select * from ({repeats}) limit 0",
        "indicators.valued_figures": f"""
            select *, 0::bigint as doubtful, 0::decimal(24, 6) as amount, 0::decimal(24, 6) as base
            from ({repeats}) limit 0
        """,
    }
    with duckdb.connect() as connection:
        for table, query in (tables(code) | unpublished).items():
            connection.execute(f"create schema if not exists {table.split('.')[0]}")
            connection.execute(f"create table {table} as {query}")
        figures = (FOLDER / "indicators" / "figures.sql").read_text(encoding="utf-8")
        connection.execute(f"create table indicators.figures as {figures}")
        for table in BESIDE:
            connection.execute(f"copy {table} to '{beside}/{table}.parquet'")
    return published(folder / code, 1, tables(code)), beside


@pytest.fixture
def shell() -> Iterator[LakeShell]:
    with lake.running() as found:
        yield found


SUMS = "indicator, unit_code, period_kind, numerator, denominator, excluded, quarantined, early"


def test_three_provinces_come_to_their_sum_and_one_that_counts_otherwise_is_refused(
    shell: LakeShell, tmp_path: Path
) -> None:
    expected: dict[tuple[str, str, str], list[int]] = {}
    for code in PROVINCES:
        file, beside = province(tmp_path, code)
        shell.says("append", code, file, "--beside", beside)
        with duckdb.connect() as connection:
            own = connection.execute(
                f"select {SUMS} from '{beside}/indicators.figures.parquet' where unit_code in ('VP', '{code}')"
            ).fetchall()
        for indicator, unit, kind, *counts in own:
            key = (indicator, "VN" if unit == code else unit, kind)
            expected[key] = [sum(pair) for pair in zip(expected.get(key, [0] * 5), counts, strict=True)]
    told = shell.says("national")
    assert (told["organisations"], told["left_out"]) == (list(PROVINCES), {})
    found = shell.asks(f"select {SUMS} from national.figures")
    assert {(one, unit, kind): counts for one, unit, kind, *counts in found} == expected
    assert all(expected[key][1] > 0 for key in expected)
    # Asked again, it is the same publication of the nation.
    assert shell.says("national")["appended"]["is_new"] is False
    file, beside = province(tmp_path / "wrong", "H30")
    with duckdb.connect() as connection:
        connection.execute(f"create table figures as from '{beside}/indicators.figures.parquet'")
        connection.execute("update figures set numerator = numerator + 1 where unit_code = 'VP'")
        connection.execute(f"copy figures to '{beside}/indicators.figures.parquet'")
    shell.says("append", "H30", file, "--beside", beside)
    done = shell.done("national")
    assert (done.returncode, "khác tổng các tỉnh" in done.stderr) == (1, True)
    assert shell.says("national", "--closing-date", "2025-01-01")["organisations"] == []
