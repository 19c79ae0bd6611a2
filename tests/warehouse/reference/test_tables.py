"""The tables as the models read them: their columns, their types, and what stands in them."""

import json

import pytest

from warehouse.database import Database
from warehouse.reference import FILES, VERSIONS, ReferenceDataError
from warehouse.reference.reading import rows_in


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("calendar", "day DATE, kind VARCHAR, is_working BOOLEAN, working_day_index INTEGER, is_official BOOLEAN,"
                     " citation VARCHAR, state VARCHAR, valid_from DATE, uncertain_days INTEGER"),
        ("working_days", "working_day_index INTEGER, day DATE"),
        ("office_hours", "starts TIME, ends TIME, minutes_before INTEGER, valid_from DATE, valid_to DATE,"
                         " citation VARCHAR, holds_from DATE, holds_to DATE"),
        ("parameters", "code VARCHAR, question VARCHAR, value VARCHAR, basis VARCHAR, valid_from DATE, valid_to DATE,"
                       " holds_from DATE, holds_to DATE"),
        ("dossier_statuses", "status_code INTEGER, name VARCHAR, clock VARCHAR, counted_as VARCHAR"),
        ("dossier_status_names", "folded_name VARCHAR, status_code INTEGER, outcome VARCHAR, source VARCHAR,"
                                 " holds_from DATE, holds_to DATE"),
        ("applicant_groups", "folded_value VARCHAR, applicant_group VARCHAR, citation VARCHAR, holds_from DATE,"
                             " holds_to DATE"),
        ("channels", "folded_value VARCHAR, channel VARCHAR, citation VARCHAR, valid_from DATE, valid_to DATE,"
                     " holds_from DATE, holds_to DATE"),
        ("classifications", "classification VARCHAR, label VARCHAR, position INTEGER"),
        ("objectives", "indicator VARCHAR, position INTEGER, clause VARCHAR, label VARCHAR, commitment_verb VARCHAR,"
                       " unit_scope VARCHAR, is_province_wide BOOLEAN, objective_year INTEGER, valid_from DATE,"
                       " valid_to DATE, citation VARCHAR, is_example BOOLEAN"),
        ("targets", "indicator VARCHAR, unit_code VARCHAR, valid_from DATE, valid_to DATE, objective_year INTEGER,"
                    " operator VARCHAR, target DECIMAL(18,6), upper_target DECIMAL(18,6), citation VARCHAR,"
                    " is_example BOOLEAN, scope VARCHAR"),
        ("trajectories", "indicator VARCHAR, unit_code VARCHAR, on_date DATE, target DECIMAL(18,6), citation VARCHAR"),
        ("definitions", "indicator VARCHAR, definition VARCHAR, is_headline BOOLEAN, has_target BOOLEAN,"
                        " basis VARCHAR, assessed_from VARCHAR, is_cumulative BOOLEAN, label VARCHAR, formula VARCHAR,"
                        " citation VARCHAR, valid_from DATE, valid_to DATE, measure VARCHAR, unit_of_measure VARCHAR,"
                        " decimals INTEGER, holds_from DATE, holds_to DATE"),
        ("units", "unit_code VARCHAR, name VARCHAR, kind VARCHAR, level VARCHAR, parent_code VARCHAR,"
                  " gso_code VARCHAR, valid_from DATE, valid_to DATE, is_code_official BOOLEAN, citation VARCHAR,"
                  " source VARCHAR"),
        ("unit_successions", "from_unit VARCHAR, to_unit VARCHAR, kind VARCHAR, on_date DATE, citation VARCHAR"),
        ("headline_scope", "unit_code VARCHAR, folded_name VARCHAR, citation VARCHAR, valid_from DATE, valid_to DATE,"
                           " holds_from DATE, holds_to DATE"),
        ("financial_pauses", "procedure_code VARCHAR, citation VARCHAR, valid_from DATE, valid_to DATE"),
        ("verdicts", "verdict VARCHAR, label VARCHAR, position INTEGER, severity INTEGER"),
        ("office", "name VARCHAR, formal_name VARCHAR, short_name VARCHAR, scope_name VARCHAR,"
                   " letterhead_authority VARCHAR, letterhead_office VARCHAR, document_symbol VARCHAR,"
                   " place_of_signing VARCHAR, signatory VARCHAR, recipients VARCHAR, valid_from DATE, valid_to DATE,"
                   " citation VARCHAR, holds_from DATE, holds_to DATE"),
        ("versions", "name VARCHAR, content_hash VARCHAR"),
    ],
)  # fmt: skip
def test_columns_and_types(loaded: Database, table: str, columns: str) -> None:
    found = loaded.query(f"describe reference.{table}")
    assert ", ".join(f"{name} {kind}" for name, kind, *_ in found) == columns


def test_every_file_belongs_to_one_version() -> None:
    assert sorted(name for names in VERSIONS.values() for name in names) == sorted(FILES)


def test_the_working_day_has_eight_hours(loaded: Database) -> None:
    hours = loaded.query("select starts::varchar, ends::varchar, minutes_before from reference.office_hours order by 1")
    assert hours == [("07:00:00", "11:30:00", 0), ("13:00:00", "16:30:00", 270)]


def test_the_decision_parameters_and_the_operating_numbers(loaded: Database) -> None:
    parameters = {
        code: json.loads(value) for code, value in loaded.query("select code, value from reference.parameters")
    }
    assert {f"P-{number:02d}" for number in range(1, 22)} == {code for code in parameters if code.startswith("P-")}
    assert (parameters["same_day_cutoff"], parameters["warning_band"]) == ("15:00", 0.01)


@pytest.mark.parametrize(
    ("indicator", "operator", "percent", "commitment_verb"),
    [
        ("MT1", ">=", 97, "đạt ít nhất"),
        ("MT1a", ">=", 97, "đạt ít nhất"),
        ("MT1b", ">=", 97, "đạt ít nhất"),
        ("MT2a", "=", 100, "phấn đấu đạt"),
        ("MT2b", "=", 100, "phấn đấu đạt"),
        ("MT3", "=", 100, "đạt"),
        ("MT3.1", "=", 100, "đạt"),
        ("MT3.2", "=", 100, "đạt"),
        ("MT3.3", "=", 100, "đạt"),
        ("MT3.4", "=", 100, "đạt"),
        ("MT3.5a", "=", 100, "đạt"),
        ("MT3.5b", "=", 100, "đạt"),
        ("MT4a", ">=", 90, "đạt"),
        ("MT4b", ">=", 95, "phấn đấu"),
        ("MT5", ">=", 50, "đạt ít nhất"),
        ("D1", "=", 100, "áp dụng hình thức thích hợp"),
        ("D2", "=", 100, "thiết lập"),
        ("D3", "=", 100, "rà soát, xây dựng"),
    ],
)
def test_each_objective_with_its_target(
    loaded: Database, indicator: str, operator: str, percent: int, commitment_verb: str
) -> None:
    found = loaded.query(
        """
        select target.operator, (target.target * 100)::double, objective.commitment_verb
        from reference.objectives as objective join reference.targets as target using (indicator, objective_year)
        where indicator = $1 and objective_year = 2025 and contains(objective.citation, objective.clause)
            and contains(target.citation, objective.clause)
        """,
        [indicator],
    )
    assert found == [(operator, percent, commitment_verb)]


def test_mt1_has_five_definitions_and_r1_leads(loaded: Database) -> None:
    found = loaded.query(
        "select indicator, list(definition order by definition), list(definition) filter (is_headline),"
        " list(definition) filter (not has_target) from reference.definitions where indicator like 'MT1%'"
        " and date '2025-12-31' between holds_from and holds_to"
        " group by indicator order by indicator"
    )
    assert found == [
        (indicator, ["B", "R1", "R1s", "R2", "R3"], ["R1"], ["B"]) for indicator in ("MT1", "MT1a", "MT1b")
    ]


def test_each_part_of_the_decision_is_answered_by_its_indicators_or_says_why_not(loaded: Database) -> None:
    answered = loaded.query(
        "select distinct unnest(string_split(indicators, '; ')) from reference.decision_clauses"
        " where objective_year = 2025 and indicators is not null order by 1"
    )
    objectives = loaded.query("select indicator from reference.objectives where objective_year = 2025 order by 1")
    assert answered == objectives
    clauses = loaded.query("select distinct clause from reference.decision_clauses order by clause")
    assert [clause for (clause,) in clauses] == [
        "Điều 1",
        *(f"Điều 1, gạch đầu dòng {number}" for number in range(1, 6)),
        *(f"Điều 2, gạch đầu dòng {number}" for number in range(1, 4)),
        "Điều 3",
        "Điều 4",
    ]


@pytest.mark.parametrize(
    "row", ["2025,1,Điều 1,Công bố,,,", "2025,1,Điều 1,Công bố,MT1,vì,cần", "2025,1,Điều 1,Công bố,,vì,"]
)
def test_a_part_of_the_decision_has_one_answer(row: str) -> None:
    with pytest.raises(ReferenceDataError, match="phải có chỉ tiêu"):
        rows_in(
            "decision_clauses.csv", f"objective_year,position,clause,words,indicators,reason,what_is_needed\n{row}\n"
        )


@pytest.mark.parametrize(
    ("day", "owners"),
    [
        (
            "2025-12-31",
            {"II.06a": "Văn phòng Chính phủ", "QD766": "Văn phòng Chính phủ", "DVCQG": "Văn phòng Chính phủ"},
        ),
        ("2026-07-01", {"II.06a": "Bộ Tư pháp", "QD766": "Bộ Khoa học và Công nghệ", "DVCQG": "Bộ Công an"}),
    ],
)
def test_forms_and_measures_go_to_their_owner_on_the_day(loaded: Database, day: str, owners: dict[str, str]) -> None:
    on_the_day = f"from reference.forms where date '{day}' between holds_from and holds_to"
    assert dict(loaded.query(f"select form, addressee {on_the_day}")) == owners
    headed = [heading for (heading,) in loaded.query(f"select heading {on_the_day} and form = 'II.06a'")]
    assert ["VPCP" in heading and "KSTT" in heading for heading in headed] == [day < "2026-07-01"]
    cited = loaded.query(
        "select distinct contains(citation, 'NĐ 224/2026') from reference.definitions"
        f" where definition in ('R1s', 'R2') and date '{day}' between holds_from and holds_to"
    )
    assert cited == [(day >= "2026-07-01",)]
