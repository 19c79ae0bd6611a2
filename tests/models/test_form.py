"""Form II.06a: the worked example of domain §2.5 by sector, its identities, and both ends of a period."""

import json
from datetime import date
from typing import Any

import pytest

from connectors.records import Record
from tests.models.dossier_sources import DossierSources, rows_of
from tests.models.test_indicators import numbered, worked_example
from warehouse import expectations
from warehouse.validation import validate


BUILT = ("marts.form_ii_06a", "marts.indicator_result")


COLUMNS = "c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13"


def procedures(dossiers: DossierSources, table: str) -> None:
    """Land the portal's procedures: `code | sector | name`."""
    records = []
    for row in rows_of(table):
        body = {"code": row["code"], "sector": {"code": row["sector"], "name": row["name"]}}
        records.append(Record(row["code"], json.dumps(body, ensure_ascii=False).encode(), None))
    dossiers.land("procedures", records)


def form(dossiers: DossierSources, columns: str = COLUMNS, **where: str) -> list[tuple[Any, ...]]:
    """The rows of the headline's year to date, sectors in their order and the total last."""
    keys = {"unit_code": "VP", "period_kind": "year_to_date"} | where
    condition = " and ".join(f"{column} = '{value}'" for column, value in keys.items())
    return dossiers.query(
        f"select stt, linh_vuc, {columns} from marts.form_ii_06a where {condition} order by stt nulls last"
    )


def broken(dossiers: DossierSources) -> dict[str, list[str]]:
    """Rule of the form → keys of the rows that break it."""
    outcomes = validate(dossiers.warehouse, "marts.form_ii_06a", expectations.load()["marts.form_ii_06a"])
    return {outcome.rule.name: outcome.failing_keys for outcome in outcomes if not outcome.success}


def test_the_worked_example(dossiers: DossierSources) -> None:
    worked_example(dossiers)
    dossiers.build(date(2025, 3, 31))
    # CARRY 40 were accepted on 27/12/2024: in the report year that began on 15/12/2024 they are intake.
    received = (500, 0, 500, 0, 430, 300, 120, 10, 70, 58, 12)
    assert form(dossiers) == [
        (1, "Chưa xác định lĩnh vực", *received),
        (None, "Tổng cộng", *received),
    ]
    assert form(dossiers, period_kind="quarter", period_start="2025-03-15")[-1][2:] == (
        70,
        0,
        0,
        70,
        0,
        0,
        0,
        0,
        70,
        58,
        12,
    )
    assert broken(dossiers) == {}


def test_sectors_channels_and_what_is_carried_over(dossiers: DossierSources) -> None:
    procedures(
        dossiers,
        """
        code     | sector | name
        ---------+--------+---------
        1.000001 | S1     | Hộ tịch
        1.000002 | S2     | Đất đai
        """,
    )
    dossiers.given(
        """
        code | procedure | method             | accepted         | completed        | status
        -----+-----------+--------------------+------------------+------------------+---------------------------
        A    | 1.000001  | Trực tuyến         | 2025-03-14 08:00 | 2025-03-17 09:00 | Đã trả kết quả
        B    | 1.000001  | Bưu chính công ích | 2025-03-17 08:00 | 2025-03-25 09:00 | Đã xử lý xong
        C    | 1.000001  |                    | 2025-03-17 08:00 | 2025-03-18 09:00 | Công dân yêu cầu rút hồ sơ
        D    | 1.000002  | Trực tiếp          | 2025-03-17 08:00 | 2025-03-26 09:00 | Dừng xử lý
        E    | 1.000003  | Nộp trực tuyến     | 2025-03-17 08:00 |                  | Đang xử lý
        F    | 1.000002  | Trực tuyến         | 2025-06-14 08:00 | 2025-06-16 09:00 | Đã trả kết quả
        """,
        appointment="2025-03-25 16:30",
        limit="7 d",
    )
    dossiers.build(date(2025, 7, 31))
    assert form(dossiers, period_kind="quarter", period_start="2025-03-15") == [
        # c3 c4 c5 c6 | c7 c8 c9 c10 | c11 c12 c13
        (1, "Hộ tịch", 3, 0, 2, 1, 3, 1, 2, 0, 0, 0, 0),
        (2, "Đất đai", 2, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1),
        (3, "Chưa xác định lĩnh vực", 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1),
        (None, "Tổng cộng", 6, 2, 3, 1, 4, 1, 2, 1, 2, 0, 2),
    ]
    assert form(dossiers, period_kind="quarter", period_start="2024-12-15")[-1][2:] == (1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0)
    assert broken(dossiers) == {}


def test_a_dossier_that_waits_for_papers_is_in_time(dossiers: DossierSources) -> None:
    dossiers.given("code | current\nA | 2025-03-05 08:00", status="Yêu cầu bổ sung giấy tờ")
    dossiers.build(date(2025, 4, 30))
    assert form(dossiers, "c11, c12, c13")[-1][2:] == (1, 1, 0)


def test_the_province_reports_also_when_nothing_happened_and_other_units_do_not(dossiers: DossierSources) -> None:
    dossiers.given("code | completed\nA | 2025-03-07 09:00")
    dossiers.build(date(2025, 7, 31))
    third = {"period_kind": "quarter", "period_start": "2025-06-15"}
    assert form(dossiers, unit_code="H19", **third) == [(None, "Tổng cộng", *[0] * 11)]
    assert form(dossiers, unit_code="H19.01", **third) == []
    assert form(dossiers, unit_code="H19.01", period_kind="half_year")[-1][2:6] == (1, 0, 1, 0)


def test_the_form_follows_the_report_calendar_only(dossiers: DossierSources) -> None:
    dossiers.given("code | completed\nA | 2025-03-07 09:00")
    dossiers.build(date(2025, 12, 31))
    assert dossiers.query(
        "select distinct period_calendar, period_kind, period_start, period_end from marts.form_ii_06a"
        " where unit_code = 'H19' order by period_start, period_end, period_kind"
    ) == [
        ("report", kind, date.fromisoformat(start), date.fromisoformat(end))
        for kind, start, end in (
            ("quarter", "2024-12-15", "2025-03-14"),
            ("half_year", "2024-12-15", "2025-06-14"),
            ("nine_months", "2024-12-15", "2025-09-14"),
            ("year", "2024-12-15", "2025-12-14"),
            ("year_to_date", "2024-12-15", "2025-12-14"),
            ("quarter", "2025-03-15", "2025-06-14"),
            ("quarter", "2025-06-15", "2025-09-14"),
            ("quarter", "2025-09-15", "2025-12-14"),
        )
    ]


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ("c3 = c3 + 1", {"received_is_the_sum_of_its_parts", "received_is_settled_or_open"}),
        ("c8 = c8 + 1, c9 = c9 - 1", set()),
        ("c9 = c9 + 1, c10 = c10 - 1", {"totals_equal_definition_r1s"}),
        ("c12 = c12 + 1", {"open_is_the_sum_of_its_parts"}),
        (
            "c7 = c7 - 1",
            {"settled_is_the_sum_of_its_parts", "received_is_settled_or_open", "totals_equal_definition_r1s"},
        ),
    ],
)
def test_a_form_that_does_not_add_up_is_not_published(dossiers: DossierSources, change: str, rules: set[str]) -> None:
    dossiers.given(numbered("early-", 2, completed="2025-03-07 09:00"))
    dossiers.given(numbered("late-", 2, completed="2025-03-11 09:00"))
    dossiers.build(date(2025, 3, 31))
    dossiers.query(f"update marts.form_ii_06a set {change} where linh_vuc = 'Tổng cộng' and unit_code = 'VP'")
    assert set(broken(dossiers)) == rules


def test_a_dossier_of_which_nobody_knows_whether_it_is_late_is_late_in_the_form(dossiers: DossierSources) -> None:
    # The appointment may contain part of the pause: definition R1s sets it aside, and the form has no column for that.
    dossiers.given(
        """
        code | appointment      | completed        | supplements
        -----+------------------+------------------+-----------------------------------
        A    | 2025-03-11 16:30 | 2025-03-12 15:00 | 2025-03-05 08:00..2025-03-07 08:00
        B    | 2025-03-10 16:30 | 2025-03-10 15:00 |
        """
    )
    dossiers.build(date(2025, 3, 31))
    assert form(dossiers, "c7, c8, c9, c10")[-1] == (None, "Tổng cộng", 2, 0, 1, 1)
    of_r1s = "select numerator, denominator, quarantined from marts.indicator_result where definition = 'R1s'"
    where = "indicator = 'MT1' and unit_code = 'VP' and period_kind = 'year_to_date' and period_calendar = 'iso'"
    assert dossiers.query(f"{of_r1s} and {where}") == [(1, 1, 1)]
    assert broken(dossiers) == {}
