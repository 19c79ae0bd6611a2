"""From the workbooks of the simulated rooms to the published figures: every table of the way is the real one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from connectors.records import Pseudonymiser
from connectors.registers.catalogue import REGISTERS
from connectors.registers.folder import Registers
from connectors.registers.templates import write_workbook
from connectors.simulator.registers.office import rows as registers_of
from connectors.simulator.registers.rooms import listed_rooms, names
from connectors.simulator.truth_office import rows, sectors
from connectors.simulator.world import World
from tests.models import register_sources as small
from tests.models.dossier_sources import DossierSources
from warehouse.landing import Extraction


BUILT = None
WORLD = World(dossiers=100, documents=0)
COLUMNS = (
    "indicator",
    "definition",
    "calendar",
    "kind",
    "start",
    "numerator",
    "denominator",
    "excluded",
    "quarantined",
)


def land_workbooks(dossiers: DossierSources, folder: Path, world: World) -> None:
    folder.mkdir(exist_ok=True)
    for name, entries in registers_of(world).items():
        write_workbook(folder / f"{name}.xlsx", REGISTERS[name], entries)
    contents = Registers(folder, Pseudonymiser(b"a key of the test")).read()
    assert contents.rejections == []
    for name in registers_of(world):
        with Extraction(dossiers.warehouse, "registers", name, run_id="test") as extraction:
            for page in contents.pages(name):
                extraction.add(page)
            extraction.finish(complete=True)


def offices_directory(dossiers: DossierSources) -> None:
    """The one-stop directory names the rooms by codes of its own."""
    rooms = "\n".join(f"{code} | {code} | {names()[code]} | H19.02" for code in listed_rooms())
    dossiers.given_agencies(
        "id | code | name | parent_id\nH19 | H19 | UBND tỉnh Đồng Nai | \n"
        f"H19.02 | H19.02 | Văn phòng UBND tỉnh | H19\n{rooms}"
    )


@pytest.mark.parametrize("today", [date(2025, 6, 30), date(2025, 12, 31)])
def test_the_published_figures_are_the_simulators_truth(dossiers: DossierSources, tmp_path: Path, today: date) -> None:
    world = replace(WORLD, today=today)
    offices_directory(dossiers)
    land_workbooks(dossiers, tmp_path / "registers", world)
    dossiers.build(today)
    published = set(
        dossiers.query(
            "select indicator, definition, period_calendar, period_kind, period_start::varchar,"
            " numerator, denominator, excluded, quarantined from marts.indicator_result"
            " where unit_code = 'VP' and (indicator[1] = 'D' or left(indicator, 3) in ('MT4', 'MT5'))"
        )
    )
    assert published == {tuple(row[column] for column in COLUMNS) for row in rows(world, today)}
    by_sector = set(
        dossiers.query(
            "select sector_name, period_calendar, period_kind, period_start::varchar, numerator, denominator"
            " from marts.sector_result where indicator = 'MT5'"
        )
    )
    told = ("sector", "calendar", "kind", "start", "numerator", "denominator")
    assert by_sector == {tuple(row[column] for column in told) for row in sectors(world, today)}
    assert len({row[0] for row in by_sector}) > 1
    explained = dict(dossiers.query("select indicator, count(*) from marts.failing_record group by indicator"))
    headline = dossiers.query(
        "select indicator, denominator - numerator from marts.scoreboard"
        " where (indicator[1] = 'D' or left(indicator, 3) in ('MT4', 'MT5')) and denominator > numerator"
    )
    assert {indicator: explained[indicator] for indicator, _ in headline} == dict(headline)
    assert dossiers.query(
        "select distinct unit_code from marts.indicator_result where indicator = 'D1' and denominator > 0"
        " and period_kind = 'year_to_date' order by all"
    ) == [("H19.02",), *((code,) for code in sorted(listed_rooms())), ("VP",)]
    people_stay_inside(dossiers, world)


def people_stay_inside(dossiers: DossierSources, world: World) -> None:
    """Neither names nor numbers nor pseudonyms are in anything that is published."""
    pseudonyms = {person for (person,) in dossiers.query("select person from staging.registers__officials")}
    assert len(pseudonyms) > 100
    published = dossiers.query(
        "select schema_name || '.' || table_name from duckdb_tables()"
        " where database_name = 'warehouse' and schema_name in ('core', 'marts')"
    )
    written = "\n".join(str(row) for (table,) in published for row in dossiers.query(f"select * from {table}"))
    assert "Phòng Tổng hợp" in written
    assert not [person for person in pseudonyms if person in written]
    for official in registers_of(world)["officials"]:
        assert official["full_name"] not in written
        assert official["staff_number"] not in written


def test_the_small_registers_of_the_specifications_have_the_columns_of_staging(dossiers: DossierSources) -> None:
    dossiers.build(date(2025, 12, 31))
    names_of = {"int32": "INTEGER", "date32[day]": "DATE", "string": "VARCHAR", "decimal128(7, 4)": "DECIMAL(7,4)"}
    for register, columns in small.REGISTERS.items():
        staged = {name: kind for name, kind, *_ in dossiers.query(f"describe staging.registers__{register}")}
        expected = {column: names_of[str(small.type_of(column))] for column in columns}
        assert {column: staged.get(column) for column in columns} == expected, register
