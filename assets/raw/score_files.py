"""Tables of the national scores that somebody saved from the portal, for months that it no longer shows."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question
from connectors.errors import SourceRefused
from connectors.pseudonym_settings import pseudonymiser
from connectors.score_workbooks import ScoreWorkbooks


SHOWN = 30


def connect(given: Mapping[str, str], client: Client) -> ScoreWorkbooks:
    return ScoreWorkbooks(Path(given["SCORES_DIR"]), pseudonymiser(given))


def questions(folder: ScoreWorkbooks, org_code: str) -> Iterator[Question]:
    """For whoever probes the source: whether the folder can be read, and what of it is the office's."""

    def own_rows() -> str:
        found = sum(len(page.records) for page in folder.scores(org_code))
        if folder.sheets and not found:
            raise SourceRefused(
                "score_files",
                f"không tệp nào có đơn vị mã {org_code}",
                advice="Kiểm tra MTCL_ORG_CODE và các tệp trong SCORES_DIR.",
            )
        return f"{found} dòng của {org_code}"

    yield "Thư mục", lambda: f"đọc được {len(folder.sheets)} tệp"
    yield "Điểm của tỉnh", own_rows


def workbook_scores(asking: Asking[ScoreWorkbooks]) -> Iterator[Reading]:
    pages = list(asking.connector.scores(asking.settings.org_code))
    for one in asking.connector.left[:SHOWN]:
        asking.log.warning(f"{one.place}: {one.why}; không đọc.")
    yield Reading(iter(pages))
