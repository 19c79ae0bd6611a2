"""The quality report of an indicator, from little tables of what is published."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean

import pytest

from tests.support.warehouses import loaded_warehouse
from warehouse import building, ledger, models
from warehouse.database import Database


CLOSING = date(2025, 10, 31)
# Closing date, month, actual: as published on that day.
PUBLISHED = (
    ("2025-08-05", "2025-06-01", 0.90),
    ("2025-08-05", "2025-07-01", 0.96),
    ("2025-09-10", "2025-06-01", 0.90),
    ("2025-09-10", "2025-07-01", 0.99),
    ("2025-09-10", "2025-08-01", 0.95),
    ("2025-10-31", "2025-06-01", 0.91),
    ("2025-10-31", "2025-07-01", 0.98),
    ("2025-10-31", "2025-08-01", 0.95),
    # Not over yet on that day: no publication of September.
    ("2025-09-10", "2025-09-01", 0.50),
)
GIVEN = f"""
create or replace table core.headlines as
select 'MT2b' as indicator, 2025 as objective_year, 'VP' as unit_code, true as is_headline;
create or replace table marts.indicator_result as
select
    closing::date as closing_date, 'MT2b' as indicator, 'PAIR' as definition, true as is_headline, 'VP' as unit_code,
    'all' as applicant_group, 'iso' as period_calendar, 'month' as period_kind, month::date as period_start,
    last_day(month::date) as period_end, actual::double as actual
from (values {", ".join(map(str, PUBLISHED))}) as published (closing, month, actual);
create or replace table marts.headline_result as
select
    'MT2b' as indicator, 'Văn bản điện tử' as label, 'PAIR' as definition, true as is_headline_unit,
    'year_to_date' as period_kind, date '2025-01-01' as period_start, 90 as numerator, 93 as denominator,
    19 as excluded, 2 as quarantined, 90 / 95 as lower_bound, 92 / 95 as upper_bound, '>=' as operator, 1.0 as target;
create or replace table marts.anomaly as
select * from (values
    ('document', 'A', 'high', date '2025-03-01'), ('document', 'B', 'low', date '2025-03-01'),
    ('document', 'A', 'low', date '2025-04-01'), ('document', 'C', 'high', date '2024-12-30'),
    ('dossier', 'D', 'high', date '2025-03-01')
) as anomaly (record_kind, record_key, severity, occurred_on);
create or replace table marts.reconciliation as
select * from (values
    ('van_ban_di', 'Văn bản gửi qua trục', date '2025-05-01', 90, 1, 0, 2),
    ('van_ban_di', 'Văn bản gửi qua trục', date '2025-06-01', 10, 0, 0, 0),
    ('thu_tuc', 'Thủ tục hành chính hai phía', date '2025-06-01', 1, 9, 0, 0)
) as compared (subject, subject_label, period_start, matched, only_left, only_right, conflicting);
create or replace table marts.evidence_coverage as
select date '2025-05-01' as period_start, 40 as expected, 30 as seen;
create or replace table marts.reporting_rate as
select * from (values
    ('documents', date '2025-05-31', 1, 1, 1, 'dung_han'), ('documents', date '2025-06-30', 1, 1, 0, 'muon'),
    ('documents', date '2025-04-30', 1, 1, null, 'khong_ro'),
    ('documents', date '2025-10-31', 0, 0, null, 'chua_den_han'),
    ('risks', date '2025-05-31', 1, 0, 0, 'chua_nop')
) as rate (register, period_end, expected, delivered, on_time, state);
"""
READ = """
insert into ledger.extractions by name
select 'axis' as system, 'sent_documents' as resource, 'succeeded' as outcome, $1::timestamptz as started_at,
    $1::timestamptz as ended_at
union all by name
select 'registers' as system, 'documents' as resource, 'succeeded' as outcome, $1::timestamptz + interval 3 day
    as started_at, $1::timestamptz + interval 3 day as ended_at
"""


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Database]:
    """After the report was built over the tables given."""
    now = datetime(2025, 10, 31, 13, tzinfo=UTC)
    with loaded_warehouse(tmp_path, clock=lambda: now) as warehouse:
        for statement in GIVEN.split(";\n"):
            if statement.strip():
                warehouse.query(statement)
        warehouse.query(READ, [datetime(2025, 10, 26, 5, tzinfo=UTC)])
        ledger.set_closing(warehouse, CLOSING, "test")
        wanted = {
            "indicators.quality_figures",
            "indicators.quality_revisions",
            "indicators.quality_sources",
            "indicators.quality_coherence",
            "marts.quality",
        }
        for model in models.load():
            if model.table in wanted:
                building.build(warehouse, model)
        yield warehouse


def test_each_heading_says_what_was_measured(told: Database) -> None:
    found = told.query(
        "select heading, measure, round(value, 6), words from marts.quality where indicator = 'MT2b'"
        " order by heading_position, measure"
    )
    assert [(heading, measure, value) for heading, measure, value, _ in found] == [
        ("relevance", "definitions", 7),
        ("relevance", "target", 1),
        ("coverage", "evidence", 0.75),
        ("coverage", "judged", 93),
        ("accuracy", "range_width", round(2 / 95, 6)),
        ("accuracy", "suspicions", 2),
        ("accuracy", "undetermined", 2),
        ("timeliness", "days_since_reading", 5),
        # June and July were over before anything was published.
        ("timeliness", "days_to_publication", 10),
        ("timeliness", "registers_on_time", 0.5),
        ("coherence", "matched_between_sources", round(100 / 103, 6)),
        ("breaks", "breaks_in_year", 3),
        ("revisions", "mean_absolute_revision", round(mean((0.01, 0.02, 0.0)), 6)),
    ]
    words = {measure: text for _, measure, _, text in found}
    assert words["suspicions"] == "2 bản ghi loại này có dấu hiệu bất thường trong năm, 1 ở mức cao."
    assert words["registers_on_time"] == (
        "Sổ làm căn cứ: 3 lượt phải nộp, 3 đã nộp, 1 đúng hạn, 1 không rõ nộp lúc nào."
    )
    assert words["mean_absolute_revision"] == (
        "Từ công bố đầu đến sau cùng, số tháng lệch trung bình 1,00 điểm phần trăm; 2 trên 3 tháng có đổi."
    )
    assert words["breaks_in_year"].count("/2025: ") == 3
    assert "08/05/2025: Quyết định có hiệu lực" in words["breaks_in_year"]
