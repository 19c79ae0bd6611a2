"""A long reading says where it stands, at a steady interval and not at every page."""

from assets.raw.progress import Progress, minutes
from connectors.records import Page, Record


def test_a_line_every_five_seconds_with_page_rate_and_time_left() -> None:
    now = [0.0]
    said: list[str] = []
    pages = (
        Page([Record(f"{page}-{row}", b"{}", None) for row in range(50)], page, 12, 600, 100) for page in range(1, 13)
    )
    for _ in Progress("portal dossiers", said.append, clock=lambda: now[0]).watch(pages):
        now[0] += 1.0
    assert said == [
        "portal dossiers: trang 5/12 · 250 bản ghi · 50 bản ghi/giây · còn khoảng 7 giây",
        "portal dossiers: trang 10/12 · 500 bản ghi · 50 bản ghi/giây · còn khoảng 2 giây",
    ]


def test_a_source_that_does_not_say_how_many_pages_there_are() -> None:
    now = [0.0]
    said: list[str] = []
    for _ in Progress("tthc decisions", said.append, lambda: now[0]).watch(iter([Page([], 1, None, None, 0)])):
        now[0] += 6.0
    assert said == ["tthc decisions: trang 1 · 0 bản ghi · 0 bản ghi/giây"]


def test_minutes_are_told_as_such() -> None:
    assert [minutes(59.4), minutes(60), minutes(3_725)] == ["59 giây", "1 phút 00 giây", "62 phút 05 giây"]
