"""Reading while writing: a second process asks without pause while three runs publish."""

import subprocess
import sys
from pathlib import Path

from tests.support.office import Office


READER = """
import sys, duckdb
path, stop = sys.argv[1], sys.argv[2]
import pathlib
versions, answers = set(), 0
while not pathlib.Path(stop).exists():
    with duckdb.connect(path, read_only=True) as connection:
        ((total, closings),) = connection.execute(
            "select sum(denominator), count(distinct closing_date) from marts.indicator_result").fetchall()
        again = connection.execute("select sum(denominator) from marts.indicator_result").fetchall()
        assert again == [(total,)], "a connection saw two versions"
        versions.add(closings)
        answers += 1
print(answers, sorted(versions))
"""


def test_a_reader_in_a_loop_and_three_publications_do_not_meet(office: Office, tmp_path: Path) -> None:
    published, stop = office.home / "published" / "mtcl.duckdb", tmp_path / "stop"
    command = [sys.executable, "-c", READER, str(published), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        versions = []
        for _ in range(3):
            assert office.night("publish").success
            versions.append(office.manifest()["version"])
        stop.touch()
        printed, errors = reader.communicate(timeout=60)
    assert errors == ""
    assert reader.returncode == 0
    assert int(printed.split()[0]) > 3
    assert len(set(versions)) == 3
