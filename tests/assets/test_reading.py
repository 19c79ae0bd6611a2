"""What a form of the job `reread` asks for, filled in or left as it is."""

from datetime import date

import dagster as dg
import pytest

from assets.raw.portal import DossierReading


TODAY = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("form", "window"),
    [
        (DossierReading(), None),
        (DossierReading(last_days=1), (date(2025, 12, 31), date(2026, 1, 1))),
        (DossierReading(last_days=31), (date(2025, 12, 1), date(2026, 1, 1))),
        (DossierReading(accepted_from="2025-03-01"), (date(2025, 3, 1), date(2026, 1, 1))),
        (DossierReading(accepted_from="2025-03-01", accepted_to="2025-03-31"), (date(2025, 3, 1), date(2025, 4, 1))),
        (DossierReading(accepted_to="2025-03-31"), (date(2025, 3, 31), date(2025, 4, 1))),
        (DossierReading(accepted_to="2025-03-31", last_days=7), (date(2025, 3, 25), date(2025, 4, 1))),
    ],
)
def test_the_period_includes_both_days(form: DossierReading, window: tuple[date, date] | None) -> None:
    assert form.window(TODAY) == window


def test_an_empty_form_reads_the_last_month_again_in_reread_and_what_is_new_elsewhere() -> None:
    assert DossierReading().of("reread").window(TODAY) == (date(2025, 12, 1), date(2026, 1, 1))
    assert DossierReading().of("daily").window(TODAY) is None
    assert DossierReading(last_days=3).of("reread") == DossierReading(last_days=3)


def test_a_period_that_ends_before_it_begins_is_said_to_be_wrong() -> None:
    with pytest.raises(dg.Failure, match="Khoảng đọc lại không hợp lệ"):
        DossierReading(accepted_from="2025-04-01", accepted_to="2025-03-01").window(TODAY)
