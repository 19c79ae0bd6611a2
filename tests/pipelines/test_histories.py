"""Whatever goes wrong on however many evenings, no record is lost, doubled or left as it was."""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest

from tests.support.histories import live


STATE = Path(os.environ.get("SOAK_STATE", ".soak/histories.json"))
MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))


@pytest.mark.parametrize("seed", range(6))
def test_a_history_of_faults_loses_and_doubles_nothing(tmp_path: Path, seed: int) -> None:
    ended = live(seed, tmp_path)
    assert ended.is_whole, ended


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_histories_for_as_long_as_there_is_time() -> None:
    """Goes on where the last soak stopped; prints how many histories there have been in all."""
    before = json.loads(STATE.read_text(encoding="utf-8")) if STATE.exists() else {"histories": 0, "evenings": 0}
    end = monotonic() + 60 * MINUTES
    broken = []
    while monotonic() < end and not broken:
        with TemporaryDirectory() as folder:
            ended = live(before["histories"], Path(folder))
        before = {"histories": before["histories"] + 1, "evenings": before["evenings"] + ended.evenings}
        broken += [] if ended.is_whole else [ended]
        STATE.parent.mkdir(parents=True, exist_ok=True)
        STATE.write_text(json.dumps(before), encoding="utf-8")
    print(
        f"{before['histories']} histories, {before['evenings']} evenings, {len(broken)} with a record lost or doubled"
    )
    assert broken == []
