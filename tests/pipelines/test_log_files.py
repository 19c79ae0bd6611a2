"""What runs say, as lines of JSON with their run: whole lines, whoever else writes, in eleven files at most."""

import json
import threading
from pathlib import Path

import dagster as dg

from pipelines.instance import opened
from pipelines.log_files import FILE, JsonLines


@dg.op
def step(context: dg.OpExecutionContext) -> None:
    context.log.info("Đã đọc 3 trang")


@dg.job
def daily() -> None:
    step()


def lines(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_every_word_of_a_run_carries_its_number(tmp_path: Path) -> None:
    with opened(tmp_path / "dagster") as instance:
        run = daily.execute_in_process(instance=instance)
    said = lines(tmp_path / FILE)
    assert {line["run_id"] for line in said} == {run.run_id}
    (told,) = [line for line in said if "trang" in line["message"]]
    assert (told["job"], told["step"], told["level"]) == ("daily", "step", "INFO")
    assert "PIPELINE_SUCCESS" in {line.get("event") for line in said}
    assert (tmp_path / FILE).parent.stat().st_mode & 0o777 == 0o700


def test_two_writers_turn_the_file_over_and_no_line_is_cut(tmp_path: Path) -> None:
    file = tmp_path / FILE
    event = dg.EventLogEntry(
        error_info=None, level=20, user_message="x" * 200, run_id="r", timestamp=0.0, dagster_event=None
    )

    def write() -> None:
        own = JsonLines(file, largest=2_000)
        for _ in range(60):
            own.write(event)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    # Where the last line turned the file over, there is none.
    if not file.exists():
        JsonLines(file, largest=2_000).write(event)
    files = [one for one in file.parent.glob("mtcl.jsonl*") if not one.name.endswith(".lock")]
    assert len(files) == 11
    assert {line["message"] for one in files for line in lines(one)} == {"x" * 200}
    assert all(one.stat().st_size <= 2_600 for one in files)


def test_a_disk_that_takes_nothing_stops_no_run(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be", encoding="utf-8")
    with opened(tmp_path / "dagster") as instance:
        assert daily.execute_in_process(instance=instance).success
