"""The log of actions: added to by whoever acts, and what is changed in it afterwards is found."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from warehouse import actions


def log(home: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (home / "actions.jsonl").read_bytes().splitlines()]


def test_a_line_says_who_did_what_and_names_the_line_before(tmp_path: Path) -> None:
    actions.record(tmp_path, "run_started", run_id="r1", closing_date=None)
    before = actions.newest(tmp_path)
    actions.record(tmp_path, "closed", period="2025-Q3", number=1, reason="Văn bản số 12")
    first, second = log(tmp_path)
    assert (first["action"], first["run_id"], first["previous"], "closing_date" in first) == (
        "run_started",
        "r1",
        None,
        False,
    )
    assert (second["reason"], second["previous"]) == ("Văn bản số 12", before)
    assert first["by"]
    assert stat.S_IMODE((tmp_path / "actions.jsonl").stat().st_mode) == 0o600
    assert list(actions.broken(tmp_path / "actions.jsonl")) == []


def test_those_who_act_at_once_make_one_chain(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: actions.record(tmp_path, "run_started", number=number), range(20)))
    assert {line["number"] for line in log(tmp_path)} == set(range(20))
    assert list(actions.broken(tmp_path / "actions.jsonl")) == []


def test_a_line_that_was_changed_or_taken_out_is_found(tmp_path: Path) -> None:
    file = tmp_path / "actions.jsonl"
    for number in range(4):
        actions.record(tmp_path, "run_started", number=number)
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], lines[1].replace(b'"number": 1', b'"number": 9'), *lines[2:]]))
    assert [number for number, _ in actions.broken(file)] == [3]
    file.write_bytes(b"".join([lines[0], *lines[2:]]))
    assert [number for number, _ in actions.broken(file)] == [2]


def test_a_line_cut_by_a_power_failure_is_told_and_holds_nothing_up(tmp_path: Path) -> None:
    file = tmp_path / "actions.jsonl"
    actions.record(tmp_path, "run_started")
    file.write_bytes(file.read_bytes() + b'{"at": "2025-')
    actions.record(tmp_path, "run_ended")
    assert [(number, "không đọc được" in what) for number, what in actions.broken(file)] == [(2, True)]
    assert json.loads(file.read_bytes().splitlines()[-1])["action"] == "run_ended"
