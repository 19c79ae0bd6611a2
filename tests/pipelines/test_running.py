"""What `mtcl run` says of the systems, from what the ledger holds of the run."""

from datetime import date

import pytest

from assets.raw.outcomes import KEPT, KEPT_BESIDE
from assets.sources import systems
from pipelines.printing import report
from pipelines.running import RunReport, SystemReport, system_reports
from pipelines.settings import Settings
from warehouse.ledger import Attempt, RunSummary


AXIS = {"AXIS_URL": "https://axis.example", "AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "x"}
GATEWAY = {"TTHC_PUBLIC_URL": "https://gateway.example/jsp/rest.jsp"}


def attempt(system: str, resource: str, error: str | None = None, is_refused: bool = False) -> Attempt:
    return Attempt(system, resource, 3, 2, 5, 1, error is None, error, is_refused)


def told(*attempts: Attempt) -> dict[str, SystemReport]:
    return system_reports(RunSummary(None, list(attempts)), Settings.from_environment(AXIS | GATEWAY))


def test_collections_of_one_system_are_added_up_and_a_failure_outweighs_what_succeeded() -> None:
    found = told(attempt("axis", "sent_documents"), attempt("axis", "sent_statuses", "mã HTTP 500"))["axis"]
    assert found == SystemReport("failed", 6, 4, 10, 2, "Trục liên thông văn bản: mã HTTP 500")


@pytest.mark.parametrize(("is_refused", "outcome"), [(True, "succeeded"), (False, "failed")])
def test_what_a_source_need_not_offer_is_no_failure_where_it_is_refused(is_refused: bool, outcome: str) -> None:
    found = told(attempt("axis", "sent_documents"), attempt("axis", "agencies", "mã HTTP", is_refused))
    assert found["axis"].outcome == outcome


def test_a_failure_names_the_source_that_was_asked_and_not_the_system_it_speaks_for() -> None:
    assert (
        told(attempt("tthc", "decisions", "mã HTTP 500"))["tthc"].error == "Cổng công khai TTHC quốc gia: mã HTTP 500"
    )


@pytest.mark.parametrize(("system", "outcome"), [("portal", "skipped"), ("axis", "not_asked"), ("tthc", "not_asked")])
def test_a_system_that_nobody_asked_is_told_apart_from_one_without_settings(system: str, outcome: str) -> None:
    assert told()[system].outcome == outcome


@pytest.mark.parametrize(
    ("failed", "said"), [({"scores"}, KEPT_BESIDE), ({"scores", "axis"}, KEPT), ({"tthc"}, KEPT), (set(), None)]
)
def test_of_sources_beside_our_figures_alone_no_indicator_is_said_to_stand_on_old_evidence(
    failed: set[str], said: str | None
) -> None:
    found = {system: SystemReport("failed" if system in failed else "succeeded") for system in systems()}
    lines = report(RunReport("r", date(2025, 12, 31), "v1", 1, found))
    assert [line for line in lines if "Có nguồn không đọc được" in line] == (
        [f"[bold yellow]Có nguồn không đọc được.[/bold yellow] {said}"] if said else []
    )
