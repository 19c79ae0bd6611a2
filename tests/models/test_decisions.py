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


def test_the_next_year_is_two_files(dossiers: DossierSources, own: Path) -> None:
    ((_, targets),) = texts_of("targets.csv")
    ended = targets.replace("MT1,,2025-05-08,,", "MT1,,2025-05-08,2025-12-31,").replace(
        "MT1a,,2025-05-08,,", "MT1a,,2025-05-08,2025-12-31,"
    )
    (own / "targets.csv").write_text(ended, encoding="utf-8")
    (own / "targets.2026.csv").write_text(NEXT_TARGETS, encoding="utf-8")
    (own / "objectives.2026.yaml").write_text(NEXT_YEAR, encoding="utf-8")
    dossiers.given(
        "code    | accepted         | limit | appointment      | completed\n"
        "in-2026 | 2026-01-05 08:00 | 6 d   | 2026-01-12 16:30 | 2026-01-12 09:00"
    )
    dossiers.given("code | completed\nin-2025 | 2025-03-10 09:00")
    reference.load(dossiers.warehouse, own)
    dossiers.build(date(2026, 1, 30))
    assert dossiers.query("select indicator, numerator, denominator, target, verdict, label from marts.scoreboard") == [
        ("MT1", 1, 1, 0.985, "Đạt", "Hồ sơ đúng hạn năm 2026"),
        ("MT1a", 0, 0, 0.985, "Không phát sinh", "Tổ chức"),
    ]
    years = dossiers.query(
        "select year(period_end), numerator, target from marts.indicator_result where indicator = 'MT1'"
        " and definition = 'R1' and unit_code = 'VP' and period_kind = 'year_to_date' and period_calendar = 'iso'"
        " and applicant_group = 'all' order by 1"
    )
    assert years == [(2025, 1, 0.97), (2026, 1, 0.985)]


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
