"""The province's units through the changes of 01/07/2025 and 30/04/2026."""

import json
import os
from pathlib import Path

import pytest

from warehouse.database import Database


SAMPLE = Path(os.environ.get("REAL_SAMPLES_DIR", "../shared/samples")) / "units" / "dong_nai_2026.json"

IN_FORCE = "valid_from <= $1::date and coalesce(valid_to, date '9999-12-31') >= $1::date"


@pytest.mark.parametrize(
    ("day", "province", "kinds"),
    [
        ("2025-06-30", "UBND tỉnh Đồng Nai", {}),
        ("2025-07-01", "UBND tỉnh Đồng Nai", {"phường": 23, "xã": 72}),
        ("2026-04-29", "UBND tỉnh Đồng Nai", {"phường": 23, "xã": 72}),
        ("2026-04-30", "UBND thành phố Đồng Nai", {"phường": 33, "xã": 62}),
    ],
)
def test_the_95_communes_and_the_ten_that_changed_their_kind(
    loaded: Database, day: str, province: str, kinds: dict[str, int]
) -> None:
    communes = f"select kind, count(*) from reference.units where level = 'xa' and {IN_FORCE} group by kind"
    assert dict(loaded.query(communes, [day])) == kinds
    names = f"select name from reference.units where unit_code = 'H19' and {IN_FORCE}"
    assert loaded.query(names, [day]) == [(province,)]


def test_a_commune_keeps_its_code_and_its_bare_name_when_its_kind_changes(loaded: Database) -> None:
    changed = loaded.query("""
        select unit_code, count(distinct gso_code), count(distinct regexp_replace(name, '^UBND (xã|phường) ', ''))
        from reference.units where level = 'xa' group by unit_code having count(*) > 1
    """)
    assert [counts for _, *counts in changed] == [[1, 1]] * 10


@pytest.mark.skipif(not SAMPLE.exists(), reason="the published list of communes is not on this machine")
def test_the_communes_are_those_of_the_published_list(loaded: Database) -> None:
    published = {ward["Code"]: ward["FullName"] for ward in json.loads(SAMPLE.read_text(encoding="utf-8"))["Wards"]}
    ours = loaded.query("select gso_code, name from reference.units where level = 'xa' and valid_to is null")
    assert {code: name.removeprefix("UBND ").capitalize() for code, name in ours} == {
        code: name.capitalize() for code, name in published.items()
    }


def test_eleven_districts_of_each_province_closed_with_30_06_2025(loaded: Database) -> None:
    assert loaded.query(
        "select parent_code, count(*), min(valid_to)::varchar, max(valid_to)::varchar"
        " from reference.units where level = 'huyen' group by parent_code order by parent_code"
    ) == [("H10", 11, "2025-06-30", "2025-06-30"), ("H19", 11, "2025-06-30", "2025-06-30")]


def test_every_closed_unit_has_a_successor_on_the_next_day(loaded: Database) -> None:
    assert (
        loaded.query("""
            select unit_code, max(valid_to) from reference.units
            group by unit_code having count(*) = count(valid_to)
            except
            select from_unit, on_date - 1 from reference.unit_successions
        """)
        == []
    )
    assert loaded.query("select to_unit, kind from reference.unit_successions where from_unit = 'H10'") == [
        ("H19", "SAP_NHAP")
    ]


def test_only_the_two_provinces_have_official_codes(loaded: Database) -> None:
    official = "select distinct unit_code, gso_code from reference.units where is_code_official order by 1"
    assert loaded.query(official) == [("H10", "70"), ("H19", "75")]
    invented = "select unit_code from reference.units where unit_code like 'H19.%' or unit_code like 'H10.%'"
    assert loaded.query(invented) == []


def test_the_names_of_the_office_follow_the_province(loaded: Database) -> None:
    names = "select name from reference.units where unit_code in ('VP-UBND', 'VP-PVHCC') and {} order by unit_code"
    assert loaded.query(names.format(IN_FORCE), ["2025-12-31"]) == [
        ("Trung tâm Phục vụ hành chính công tỉnh",),
        ("Văn phòng UBND tỉnh",),
    ]
    assert loaded.query(names.format(IN_FORCE), ["2026-04-30"]) == [
        ("Trung tâm Phục vụ hành chính công thành phố",),
        ("Văn phòng UBND thành phố",),
    ]
