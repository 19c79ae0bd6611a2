"""The sign and the colour beside each verdict on the page."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """`icon` names a symbol of the template, `tone` a class of its style sheet. The word always stands beside both."""

    icon: str
    tone: str


SIGNS = {
    "Đạt": Sign("tick", "good"),
    "Cảnh báo": Sign("warn", "near"),
    "Chưa đạt": Sign("cross", "bad"),
    "Chưa đủ căn cứ": Sign("doubt", "open"),
    "Không phát sinh": Sign("none", "quiet"),
    "Chưa có số liệu": Sign("empty", "quiet"),
    "Chưa đến kỳ đánh giá": Sign("clock", "quiet"),
    "Không áp dụng": Sign("none", "quiet"),
}
SEVERITIES = {
    "high": ("Cao", Sign("cross", "bad")),
    "medium": ("Trung bình", Sign("warn", "near")),
    "low": ("Thấp", Sign("none", "quiet")),
}
UNKNOWN = Sign("none", "quiet")
# In the order in which a reader wants to hear of them.
ORDER = (
    "Chưa đạt",
    "Cảnh báo",
    "Chưa đủ căn cứ",
    "Đạt",
    "Chưa đến kỳ đánh giá",
    "Chưa có số liệu",
    "Không phát sinh",
    "Không áp dụng",
)


def sign(verdict: str) -> Sign:
    return SIGNS.get(verdict, UNKNOWN)


def severity(code: str) -> tuple[str, Sign]:
    return SEVERITIES.get(code, (code, UNKNOWN))
