"""The night after a rotation: nothing is new, and nothing that is published tells that the key is another."""

from collections.abc import Mapping
from pathlib import Path

from pipelines.identity import enter
from pipelines.rotating import rotated
from pipelines.settings import Settings
from tests.support.office import Office, failures


# What names dossiers and persons by their pseudonyms, of which there are no two alike under two keys.
BY_PSEUDONYM = {"core.dossier_intake", "marts.failing_record"}
# Has its card only since the rotation: the first night of the tests is made without entering the home.
CARD = "reference.home"


def test_the_night_after_it_lands_nothing_and_publishes_the_same_figures(office: Office) -> None:
    before = office.hashes()
    old = office.environment["PSEUDONYM_KEY"]
    after = {**office.environment, "PSEUDONYM_KEY": "mot-khoa-khac-rat-dai", "PSEUDONYM_KEY_RETIRED": old}
    with office.open() as warehouse:
        enter(settings(office.environment, office.home), warehouse)
        assert rotated(settings(after, office.home), warehouse).rows
    office.environment = after
    result = office.night()
    assert result.success, failures(result)
    found = office.hashes()
    assert {table for table in before if found[table] != before[table]} - {CARD} == BY_PSEUDONYM
    with office.open() as warehouse:
        landed = warehouse.query("select sum(landed) from ledger.extractions where run_id = $1", [result.run_id])
    assert landed == [(0,)]


def settings(environment: Mapping[str, str], home: Path) -> Settings:
    return Settings.from_environment({**environment, "MTCL_HOME": str(home)})
