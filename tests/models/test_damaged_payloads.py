"""One UPDATE of raw rows turns no verdict (issue row M3)."""

from datetime import date

from tests.models.dossier_sources import DossierSources
from warehouse import raw_integrity


CLOSING = date(2025, 12, 31)
LATE = "\n".join(f"late{number} | 2025-03-12 09:00" for number in range(15))
IN_TIME = "\n".join(f"ok{number} | 2025-03-07 09:00" for number in range(85))
GIVEN = f"code | completed\n{LATE}\n{IN_TIME}"


def verdict(dossiers: DossierSources) -> tuple[object, ...]:
    ((*found,),) = dossiers.query(
        "select numerator, denominator, quarantined, verdict from marts.indicator_result where indicator = 'MT1'"
        " and is_headline and unit_code = 'VP' and applicant_group = 'all' and period_calendar = 'iso'"
        " and period_kind = 'year'"
    )
    return tuple(found)


def test_an_update_of_raw_rows_turns_no_verdict(dossiers: DossierSources) -> None:
    dossiers.given(GIVEN)
    # The receipt slip of one dossier first promised another day; that version is changed, too.
    dossiers.given("code | completed | appointment\nlate0 | 2025-03-12 09:00 | 2025-04-01 16:30")
    before = verdict(dossiers.build(CLOSING))
    assert before == (85, 100, 0, "Chưa đạt")
    dossiers.query(
        "update raw.portal__dossiers set payload = replace(payload, '2025-03-12T09', '2025-03-07T09')"
        " where record_key like 'late%'"
    )
    raw_integrity.verify(dossiers.warehouse, lambda sentence: None)
    _, _, quarantined, word = verdict(dossiers.build(CLOSING))
    assert (quarantined, word) == (15, "Chưa đủ căn cứ")
    assert set(dossiers.set_aside()) == {f"late{number}" for number in range(15)}
    # The source shows what it has now: the first promise of one dossier cannot be read again.
    dossiers.given(f"code | completed\n{LATE}".replace("late0 | 2025-03-12 09:00\n", ""))
    dossiers.given("code | completed | appointment\nlate0 | 2025-03-12 09:00 | 2025-04-01 16:30")
    assert verdict(dossiers.build(CLOSING)) == (85, 99, 1, "Chưa đạt")
    assert set(dossiers.set_aside()) == {"late0"}
