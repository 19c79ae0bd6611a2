"""Tables of the national scores that somebody saved from the portal, for months that it no longer shows."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question, pseudonymiser
from connectors.score_workbooks import ScoreWorkbooks


SHOWN = 30


def connect(given: Mapping[str, str], client: Client) -> ScoreWorkbooks:
    return ScoreWorkbooks(Path(given["SCORES_DIR"]), pseudonymiser(given))


def questions(folder: ScoreWorkbooks) -> Iterator[Question]:
    """For whoever probes the source: whether the folder can be read."""
    yield "Thư mục", lambda: f"đọc được {len(folder.sheets)} tệp"


def workbook_scores(asking: Asking[ScoreWorkbooks]) -> Iterator[Reading]:
    pages = list(asking.connector.scores(asking.settings.org_code))
    for one in asking.connector.left[:SHOWN]:
        asking.log.warning(f"{one.place}: {one.why}; không đọc.")
    yield Reading(iter(pages))
