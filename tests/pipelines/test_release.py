"""Set aside, mended in the office's own reference files, computed again from raw: the record is back in the figure."""

from assets.reports.asking import Publication
from assets.reports.explanation.facts import explain
from assets.reports.explanation.story import story
from tests.support.office import LAST_DAY, Office, failures
from warehouse import reading


FIGURE = """
select sum(numerator + denominator), sum(quarantined) from marts.indicator_result
where indicator = 'MT1' and definition = 'R2' and unit_code = 'H19' and applicant_group = 'all'
    and period_kind = 'year_to_date' and period_calendar = 'iso'
"""
STANDING = "select rule, records from marts.quarantine_summary where rule = 'status_is_known'"
HISTORY = """
select count(*) filter (where released_at is null), count(*) filter (where released_at is not null)
from quarantine.history where rule = 'status_is_known'
"""


def test_mending_the_map_of_states_releases_the_dossiers_and_changes_the_figure(office: Office) -> None:
    with office.open() as warehouse:
        names = [
            name
            for (name,) in warehouse.query(
                "select distinct status_name from core.dossier_intake where status_code is null order by all"
            )
        ]
        ((counted, aside),) = warehouse.query(FIGURE)
        ((_, records),) = warehouse.query(STANDING)
        assert warehouse.query(HISTORY) == [(records, 0)]
    assert records > 1
    own = office.home / "reference"
    own.mkdir()
    rows = "".join(f"{name},10,,Công văn của Sở\n" for name in names)
    (own / "dossier_status_aliases.tinh.csv").write_text(f"name,status_code,outcome,source\n{rows}", encoding="utf-8")
    result = office.night("recompute")
    assert result.success, failures(result)
    with office.open() as warehouse:
        ((counted_now, aside_now),) = warehouse.query(FIGURE)
        assert warehouse.query(STANDING) == []
        assert warehouse.query(HISTORY) == [(0, records)]
        kept = warehouse.query("select difference from core.admissions")
    assert counted_now > counted
    assert aside_now < aside
    assert kept == [(0,)]


def test_a_dossier_set_aside_is_explained_with_its_rules_since_when_and_what_to_do(office: Office) -> None:
    publication = Publication(office.home / "published" / "mtcl.duckdb")
    aside = "select dossier_code, message, advice from core.dossier_rejections where rule = 'end_is_given' order by all"
    (code, message, advice), *_ = reading.ask(publication.path, aside).rows
    found = explain(publication, code)
    assert found
    assert found.clock is None
    lines = story(found)
    assert "Hồ sơ đang tách riêng, chưa tính vào số liệu, vì:" in lines
    day = f"20:00 ngày {LAST_DAY:%d/%m/%Y}"
    told = f"(tách riêng từ {day}, còn thấy lúc {day})"
    assert f"  – {message} {told}." in lines
    assert f"    Việc cần làm: {advice}" in lines
