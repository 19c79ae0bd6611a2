"""What the Office decides is data: a changed parameter, target or year changes the figures it should and says so."""

from datetime import date
from pathlib import Path

import pytest

from tests.models.dossier_sources import DossierSources
from warehouse import building, reference
from warehouse.reference.reading import texts_of


DOSSIERS = """
code      | completed        | status                     | financial
early     | 2025-03-07 09:00 | Đã trả kết quả             |
same-day  | 2025-03-10 17:45 | Đã trả kết quả             |
withdrawn | 2025-03-10 09:00 | Công dân yêu cầu rút hồ sơ |
stopped   | 2025-03-12 09:00 | Dừng xử lý                 |
taxed     | 2025-03-12 09:00 | Đã trả kết quả             | 2025-03-05 08:00..2025-03-07 08:00
"""
BOARD = "select indicator, numerator, denominator, target, verdict, label, is_example from marts.scoreboard"
MT1 = (
    "indicator = 'MT1' and definition = 'R1' and unit_code = 'VP'"
    " and period_calendar = 'iso' and applicant_group = 'all'"
)
FIGURES = "select * exclude (definition_version, run_id) from marts.indicator_result order by all"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the office's own reference files."""
    folder = tmp_path / "reference"
    folder.mkdir()
    return folder


def decided(folder: Path, code: str, value: str) -> Path:
    """An office's own parameters: ours with one decision changed."""
    ((_, text),) = texts_of("parameters.yaml")
    lines = [
        line.split(", value: ")[0] + f', value: {value}, basis: "Văn phòng quyết định"}}'
        if f"code: {code}," in line
        else line
        for line in text.splitlines()
    ]
    (folder / "parameters.yaml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def tables(dossiers: DossierSources) -> dict[str, str]:
    names = [
        f"{schema}.{name}"
        for schema, name in dossiers.query(
            "select schema_name, table_name from duckdb_tables()"
            " where schema_name in ('core', 'marts') and database_name = 'warehouse'"
        )
    ]
    return {name: building.table_hash(dossiers.warehouse, name) for name in names}


@pytest.mark.parametrize(
    ("code", "value", "before", "after"),
    [
        ("P-04", "tinh_vao_R1", (2, 3), (3, 5)),
        ("P-13", "luon_tam_dung", (2, 3), (3, 3)),
        ("P-15", '{"ngay": "minute", "gio": "minute"}', (2, 3), (1, 3)),
    ],
)
def test_a_decision_changes_its_figures_and_the_version_of_the_definition(
    dossiers: DossierSources, own: Path, code: str, value: str, before: tuple[int, int], after: tuple[int, int]
) -> None:
    dossiers.given(DOSSIERS)
    dossiers.build(date(2025, 3, 31))
    version = dossiers.query("select distinct definition_version from marts.indicator_result")
    untouched = tables(dossiers)
    assert dossiers.rates()["R1"] == before
    reference.load(dossiers.warehouse, decided(own, code, value))
    dossiers.build(date(2025, 3, 31))
    assert dossiers.rates()["R1"] == after
    assert dossiers.query("select distinct definition_version from marts.indicator_result") != version
    # The dossiers themselves, the periods and the units stay as they were.
    same = ("core.dossiers", "core.dossier_intake", "core.periods", "core.units", "core.unit_scopes")
    assert {name: tables(dossiers)[name] for name in same} == {name: untouched[name] for name in same}
    reference.load(dossiers.warehouse)
    dossiers.build(date(2025, 3, 31))
    assert tables(dossiers) == untouched


AUGUST = """
code       | completed        | status                     | financial                          | group
early-8    | 2025-08-08 09:00 | Đã trả kết quả             |                                    | 1
same-day-8 | 2025-08-11 17:45 | Đã trả kết quả             |                                    | 1
gone-8     | 2025-08-11 09:00 | Công dân yêu cầu rút hồ sơ |                                    | 1
stopped-8  | 2025-08-13 09:00 | Dừng xử lý                 |                                    | 1
taxed-8    | 2025-08-13 09:00 | Đã trả kết quả             | 2025-08-06 08:00..2025-08-08 08:00 | 1
shop-8     | 2025-08-08 09:00 | Đã trả kết quả             |                                    | Hộ kinh doanh
"""
SECOND_HALF = """
common: &decision
  question: "Như trước"
  basis: "Văn phòng quyết định từ 01/07/2025"
  valid_from: 2025-07-01
rows:
  - {<<: *decision, code: P-04, value: "tinh_vao_R1"}
  - {<<: *decision, code: P-13, value: "luon_tam_dung"}
  - {<<: *decision, code: P-14, value: "to_chuc"}
  - {<<: *decision, code: P-15, value: {"ngay": "minute", "gio": "minute"}}
  - {<<: *decision, code: warning_band, value: 0.9}
"""
NEW_HOURS = "starts,ends,minutes_before,valid_from\n07:30,11:30,0,2025-07-01\n13:30,17:30,240,2025-07-01\n"
NEW_WORDS = """indicator,definition,is_headline,has_target,basis,is_cumulative,label,formula,citation,valid_from
MT1,R1,true,true,flow,false,Tỷ lệ đúng hạn (cách gọi mới),như trước,QĐ mới,2025-07-01
"""


def test_two_versions_stand_side_by_side_and_each_period_is_judged_by_its_own(
    dossiers: DossierSources, own: Path
) -> None:
    dossiers.given(DOSSIERS)
    dossiers.given("code | completed | group\nshop | 2025-03-07 09:00 | Hộ kinh doanh")
    dossiers.given(AUGUST, accepted="2025-08-04 08:00", appointment="2025-08-11 16:30")
    for name, text in {
        "parameters.2025.yaml": SECOND_HALF,
        "office_hours.2025.csv": NEW_HOURS,
        "definitions.2025.csv": NEW_WORDS,
    }.items():
        (own / name).write_text(text, encoding="utf-8")
    reference.load(dossiers.warehouse, own)
    dossiers.build(date(2025, 12, 31))
    months = dossiers.query(
        "select month(period_start), numerator, denominator, verdict from marts.indicator_result"
        f" where {MT1} and period_kind = 'month' and denominator > 0 order by 1"
    )
    assert months == [(3, 3, 4, "Chưa đạt"), (8, 4, 6, "Chưa đạt")]
    clocks = dossiers.query(
        "select dossier_code, applicant_group, strftime(due_on_statutory, '%H:%M') from marts.dossier_clock"
        " where dossier_code like 'shop%' order by 1"
    )
    assert clocks == [("shop", "ca_nhan", "16:30"), ("shop-8", "to_chuc", "17:30")]
    words = dossiers.query(
        "select month(period_start), definition_label from marts.headline_result"
        " where indicator = 'MT1' and unit_code = 'VP' and period_kind = 'month' and month(period_start) in (3, 8)"
        " order by 1"
    )
    assert words == [
        (3, "Tỷ lệ giải quyết trước hạn, đúng hạn (hồ sơ đã giải quyết)"),
        (8, "Tỷ lệ đúng hạn (cách gọi mới)"),
    ]


def test_a_wrong_decision_is_refused_and_named(dossiers: DossierSources, own: Path) -> None:
    with pytest.raises(reference.ReferenceDataError, match=r"mục 4, cột choices|P-04: giá trị 'bo_qua'"):
        reference.load(dossiers.warehouse, decided_with_choices(own))


def decided_with_choices(folder: Path) -> Path:
    ((_, text),) = texts_of("parameters.yaml")
    (folder / "parameters.yaml").write_text(text.replace('value: "loai_khoi_R1"', 'value: "bo_qua"'), encoding="utf-8")
    return folder


def test_a_file_of_the_office_that_would_do_nothing_is_refused(dossiers: DossierSources, own: Path) -> None:
    (own / "target.2026.csv").write_text("indicator\n", encoding="utf-8")
    with pytest.raises(reference.ReferenceDataError, match=r"target\.2026\.csv"):
        reference.load(dossiers.warehouse, own)


NEXT_YEAR = """
common: &decision
  objective_year: 2026
  valid_from: 2026-02-01
  citation: "QĐ công bố Mục tiêu chất lượng năm 2026 (giả định)"
rows:
  - <<: *decision
    indicator: MT1
    position: 10
    clause: "Điều 1"
    label: "Hồ sơ đúng hạn năm 2026"
    commitment_verb: "đạt"
    unit_scope: VP
    is_province_wide: true
  - <<: *decision
    indicator: MT1a
    position: 11
    clause: "Điều 1"
    label: "Tổ chức"
    commitment_verb: "đạt"
    unit_scope: VP
    is_province_wide: true
"""
NEXT_TARGETS = """indicator,unit_code,valid_from,valid_to,operator,target,citation
MT1,,2026-01-01,,>=,0.985,QĐ 2026 (giả định)
MT1a,,2026-01-01,,>=,0.985,QĐ 2026 (giả định)
"""


def next_year(own: Path) -> Path:
    """Exactly what the README names, with an objective of the Office's own."""
    (own / "targets.2026.csv").write_text(NEXT_TARGETS, encoding="utf-8")
    (own / "objectives.2026.yaml").write_text(NEXT_YEAR, encoding="utf-8")
    return own


def test_the_next_year_is_two_files_and_last_year_stands_beside(dossiers: DossierSources, own: Path) -> None:
    dossiers.given(
        "code    | accepted         | limit | appointment      | completed\n"
        "in-2026 | 2026-01-05 08:00 | 6 d   | 2026-01-12 16:30 | 2026-01-12 09:00"
    )
    dossiers.given(
        "code    | accepted         | limit | appointment      | completed\n"
        "in-time | 2024-12-23 08:00 | 10 d  | 2025-01-03 16:30 | 2025-01-03 09:00\n"
        "late    | 2024-12-23 08:00 | 10 d  | 2025-01-03 16:30 | 2025-01-29 09:00\n"
        "later   | 2024-12-23 08:00 | 10 d  | 2025-01-03 16:30 | 2025-01-31 09:00\n"
        "in-2025 | 2025-03-03 08:00 | 6 d   | 2025-03-10 16:30 | 2025-03-10 09:00"
    )
    reference.load(dossiers.warehouse, next_year(own))
    dossiers.build(date(2026, 1, 30))
    assert dossiers.query(BOARD) == [
        ("MT1", 1, 1, 0.985, "Đạt", "Hồ sơ đúng hạn năm 2026", False),
        ("MT1a", 0, 0, 0.985, "Không phát sinh", "Tổ chức", False),
    ]
    years = dossiers.query(
        "select year(period_end), numerator, target, numerator_last_year, denominator_last_year, actual_last_year"
        f" from marts.indicator_result where {MT1} and period_kind = 'year_to_date' order by 1"
    )
    # Until 30/01/2025 alone, since this January is not over.
    assert years == [(2025, 2, 0.97, None, None, None), (2026, 1, 0.985, 1, 2, 0.5)]
    assert dossiers.query("select notice from core.objective_year") == [(None,)]


def test_a_year_of_which_the_office_said_nothing_is_measured_by_an_example_that_says_so(
    dossiers: DossierSources,
) -> None:
    dossiers.given(
        "code    | accepted         | limit | appointment      | completed\n"
        "in-2026 | 2026-01-05 08:00 | 6 d   | 2026-01-12 16:30 | 2026-01-12 09:00"
    )
    dossiers.build(date(2026, 1, 30))
    assert dossiers.query(f"{BOARD} where indicator = 'MT1'") == [
        ("MT1", 1, 1, 0.97, "Đạt", "Tỷ lệ hồ sơ TTHC giải quyết trước hạn, đúng hạn", True)
    ]
    ((citation,),) = dossiers.query("select citation from marts.scoreboard where position = 10")
    assert "Văn phòng chưa nhập quyết định" in citation
    ((notice,),) = dossiers.query("select notice from core.objective_year")
    assert notice.startswith("Mục tiêu năm 2026 là ví dụ")


def test_a_year_without_objectives_has_no_board_and_says_so(dossiers: DossierSources) -> None:
    dossiers.given("code | completed\nin-2025 | 2025-03-10 09:00")
    dossiers.given(
        "code       | accepted         | limit | appointment      | status\n"
        "over-tet   | 2026-01-05 08:00 | 420 c | 2027-02-15 16:30 | Đang xử lý\n"
        "before-tet | 2026-01-05 08:00 | 420 c | 2027-02-03 16:30 | Đang xử lý"
    )
    dossiers.build(date(2027, 1, 4))
    provisional = "select dossier_code, contains(rule, 'tạm tính') from marts.dossier_clock where due_is_provisional"
    assert dossiers.query(provisional) == [("over-tet", True)]
    assert dossiers.query("from marts.scoreboard") == []
    ((notice,),) = dossiers.query("select notice from core.objective_year")
    assert notice.startswith("Năm 2027 chưa có mục tiêu chất lượng")
    whole = f"select numerator, target from marts.indicator_result where {MT1} and period_kind = 'year'"
    assert dossiers.query(f"{whole} and year(period_end) = 2025") == [(1, 0.97)]


MILESTONES = """indicator,unit_code,on_date,target,citation
MT1,,2025-03-01,0.5,Kế hoạch quý I
MT1b,,2025-03-01,0.5,Kế hoạch quý I
"""


def test_a_milestone_is_what_is_due_until_the_year_ends(dossiers: DossierSources, own: Path) -> None:
    dossiers.given(DOSSIERS)
    (own / "trajectories.csv").write_text(MILESTONES, encoding="utf-8")
    reference.load(dossiers.warehouse, own)
    dossiers.build(date(2025, 3, 31))
    assert dossiers.query(
        "select target, interim_target, verdict from marts.indicator_result"
        " where indicator = 'MT1' and definition = 'R1' and unit_code = 'VP'"
        " and period_kind = 'quarter' and period_calendar = 'iso' and applicant_group = 'all'"
    ) == [(0.97, 0.5, "Đạt")]


def test_a_name_means_what_it_meant_on_its_day(dossiers: DossierSources, own: Path) -> None:
    """Channels by the day of acceptance, statuses by the day on which a dossier ended or the name is read."""
    (own / "dossier_status_aliases.2026.csv").write_text(
        "name,status_code,outcome,source,valid_from\nTrả lại hồ sơ,7,rut,QĐ,2025-07-01\n"
    )
    (own / "channels.2026.csv").write_text("folded_value,channel,citation,valid_from\nbcci,truc_tuyen,QĐ,2025-07-01\n")
    reference.load(dossiers.warehouse, own)
    for month in ("03", "08"):
        dossiers.given(
            f"code | status\nback-{month} | Trả lại hồ sơ\ndone-{month} | Đã trả kết quả",
            accepted=f"2025-{month}-04 08:00",
            appointment=f"2025-{month}-11 16:30",
            completed=f"2025-{month}-10 09:00",
            method="BCCI",
        )
    dossiers.build(date(2025, 12, 31))
    assert dossiers.query("select dossier_code, channel, classification from marts.dossier_clock order by all") == [
        ("back-03", "buu_chinh", "tra_lai"),
        ("back-08", "truc_tuyen", "rut"),
        ("done-03", "buu_chinh", "truoc_han"),
        ("done-08", "truc_tuyen", "truoc_han"),
    ]
