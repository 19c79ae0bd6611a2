"""A rule stops a publication: yesterday's stands, the page of the rules and the checks say which, and what to do."""

import re
from pathlib import Path

from tests.support.office import Office, failures


OWN = "reconciliation_tolerances.csv"


def stricter(home: Path) -> None:
    """The Office decides that no procedure may be known to one side alone."""
    ours = (Path(__file__).parents[2] / "warehouse" / "reference" / OWN).read_text(encoding="utf-8")
    mended = re.sub(r"(?m)^(thu_tuc,.*),5,0\.05,note,", r"\1,0,0,block,", ours)
    assert mended != ours
    (home / "reference").mkdir()
    (home / "reference" / OWN).write_text(mended, encoding="utf-8")


def test_a_difference_that_the_office_does_not_suffer_stops_the_publication_and_is_told(office: Office) -> None:
    before = office.manifest()
    stricter(office.home)
    result = office.night("recompute")
    assert not result.success
    assert office.manifest() == before
    (check,) = [found for found in result.get_asset_check_evaluations() if not found.passed and found.blocking]
    assert check.asset_key.to_user_string() == "marts/reconciliation"
    (told,) = failures(result).values()
    assert told == f"marts.reconciliation: {check.description}"
    # The pair, the month and the size.
    assert re.search(r"Thủ tục hành chính hai phía, tháng \d+/2025: hệ thống một cửa có \d+", told)
    built = {"/".join(event.asset_key.path) for event in result.get_asset_materialization_events() if event.asset_key}
    assert "marts/unit_history" in built
    # What stands on the table that broke its rule, and what all stand before.
    assert not built & {"marts/quality", "published/mtcl"}
    page = (office.home / "published" / "data_docs" / "index.html").read_text(encoding="utf-8")
    assert "Lần chạy này không công bố" in page
    assert f"marts.reconciliation: {check.check_name}" in page
    pages = office.home / "published" / "data_docs" / f"run-{result.run_id.partition('-')[0]}"
    told_there = (pages / "marts.reconciliation.html").read_text(encoding="utf-8")
    assert str(check.metadata["Việc cần làm"].value) in told_there
