"""A lock holds whatever stands where its file should."""

from pathlib import Path

import pytest
from filelock import Timeout

from warehouse.locks import lock


def test_a_folder_in_its_place_is_set_aside_with_what_it_holds(tmp_path: Path) -> None:
    place = tmp_path / "incidents.json.lock"
    (place / "within").mkdir(parents=True)
    with lock(place), pytest.raises(Timeout), lock(place, timeout=0):
        pass
    assert (tmp_path / "incidents.json.lock.aside" / "within").is_dir()
