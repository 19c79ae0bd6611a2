"""Whose page and report it is: the one row of names that a published file carries."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assets.reports.asking import Publication, Question
from assets.reports.rehearsal import MARK, rehearsal
from warehouse.reading import NothingPublished


# At the head of every paper, beside the office (NĐ 30/2020/NĐ-CP, appendix I).
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
# How long the rule under the motto is in millimetres: as long as the motto, at 13 points.
NATION_RULE = 58


@dataclass(frozen=True)
class Office:
    name: str
    formal_name: str
    short_name: str
    letterhead_authority: str
    letterhead_office: str
    document_symbol: str
    place_of_signing: str
    signatory: str
    recipients: str


OFFICE = Question("office", Office)


def office(publication: Publication) -> Office:
    """Of a rehearsal its names say so, wherever they stand: at the head of the page, of papers, of the Office's own
    template. Raises NothingPublished.
    """
    found = publication.ask(OFFICE)
    if not found:
        raise NothingPublished("Bản công bố không ghi tên cơ quan")
    return marked(found[0]) if rehearsal(publication) else found[0]


def marked(office: Office) -> Office:
    names = ("name", "formal_name", "short_name", "letterhead_office")
    return replace(office, **{name: f"{MARK} – {getattr(office, name)}" for name in names})
