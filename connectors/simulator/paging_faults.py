"""Pages that move while they are read: rows leave, rows jump to the front, ties change places.

The portal is asked for its true pages and a moved view is cut out of them, so that the trouble needs no
help from the system it befalls. Whatever leaves the view comes back when reading starts again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from connectors.simulator.transport_faults import Fault, Note, Occasions, Onward
from connectors.simulator.wire import Request, Response


Row = dict[str, Any]
_SPARE = 2


@dataclass
class _View:
    """How a list of `total` rows is shown: some in front, some not at all."""

    total: int
    front: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def places(self, start: int, size: int) -> list[int]:
        """The true places of the rows shown from `start` on."""
        skipped = sorted({*self.front, *self.hidden})
        return [self._place(at, skipped) for at in range(start, min(start + size, self.shown))]

    def _place(self, at: int, skipped: list[int]) -> int:
        if at < len(self.front):
            return self.front[at]
        place = at - len(self.front)
        for gone in skipped:
            if gone <= place:
                place += 1
        return place

    @property
    def shown(self) -> int:
        return self.total - len(self.hidden)

    def bring_back(self) -> None:
        self.front = [*self.hidden, *self.front]
        self.hidden = []


class _PagingFault(Fault):
    """A fault of the dossier search, which is asked page by page."""

    systems = frozenset({"portal"})
    spread = 3

    def answer(self, request: Request, onward: Onward) -> Response:
        if not request.path.endswith("/dossier/search"):
            return onward(request)
        response = onward(request)
        if response.status != 200:
            return response
        answer = json.loads(response.body)
        changed = self.page(request, answer, answer["number"], answer["size"], onward)
        body = json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode()
        return Response(200, body, response.headers)

    def page(self, request: Request, answer: Row, page: int, size: int, onward: Onward) -> Row:
        raise NotImplementedError


def _asked_again(request: Request, page: int, onward: Onward) -> list[Row]:
    again = replace(request, query={**request.query, "page": [str(page)]})
    rows: list[Row] = json.loads(onward(again).body)["content"]
    return rows


class ShiftingPages(_PagingFault):
    """Rows already read vanish, a row not yet read jumps to the front, the vanished come back."""

    def __init__(self, occasions: Occasions, note: Note, wait: Callable[[float], object]) -> None:
        super().__init__(occasions, note, wait)
        self._views: dict[tuple[str, int], _View] = {}
        self._moves = 0

    def page(self, request: Request, answer: Row, page: int, size: int, onward: Onward) -> Row:
        if "totalElements" not in answer:
            return answer
        view = self._view(request, int(answer["totalElements"]))
        if page and self.occasions.now():
            self._move(view, page, size)
        # Nothing stays away for good: the last page and a new beginning show everything again.
        if view.hidden and (not page or (page + 1) * size >= view.shown):
            self.note(f"{len(view.hidden)} rows inserted before page {page}")
            view.bring_back()
        if not view.front and not view.hidden:
            return answer
        return self._cut(view, request, answer, page, size, onward)

    def _view(self, request: Request, total: int) -> _View:
        asked = {name: v for name, v in request.query.items() if name not in {"page", "size"}}
        return self._views.setdefault((repr(sorted(asked.items())), total), _View(total))

    def _move(self, view: _View, page: int, size: int) -> None:
        self._moves += 1
        unread = page * size + size + size // 2
        if self._moves % 2 and (places := view.places(unread, 1)):
            view.front = [*places, *view.front]
            self.note(f"row {places[0]} updated before page {page}")
        elif not view.hidden:
            view.hidden = view.places(0, _SPARE)
            view.front = [place for place in view.front if place not in view.hidden]
            self.note(f"{len(view.hidden)} rows removed before page {page}")

    def _cut(self, view: _View, request: Request, answer: Row, page: int, size: int, onward: Onward) -> Row:
        true_pages: dict[int, list[Row]] = {}

        def row(place: int) -> Row:
            number = place // size
            if number not in true_pages:
                true_pages[number] = _asked_again(request, number, onward)
            return dict(true_pages[number][place % size])

        rows = [row(place) for place in view.places(page * size, size)]
        newest = row(0).get("updatedDate")
        for at, moved in enumerate(rows):
            if page * size + at < len(view.front) and newest:
                moved["updatedDate"] = newest
        return _numbered(answer, rows, page, size, view.shown)


def _numbered(answer: Row, rows: list[Row], page: int, size: int, total: int) -> Row:
    pages = -(-total // size)
    true = {
        "totalElements": total,
        "totalPages": pages,
        "numberOfElements": len(rows),
        "first": page == 0,
        "last": page >= pages - 1,
        "empty": not rows,
    }
    return answer | {"content": rows} | {name: v for name, v in true.items() if name in answer}


class LastMissing(_PagingFault):
    """Pages that do not say whether they are the last; it lasts."""

    def page(self, request: Request, answer: Row, page: int, size: int, onward: Onward) -> Row:
        if answer.pop("last", None) is not None:
            self.note("no last")
        return answer


class DuplicatePage(_PagingFault):
    """A page that shows the rows of the page before it."""

    times = 2

    def page(self, request: Request, answer: Row, page: int, size: int, onward: Onward) -> Row:
        if page and self.occasions.now():
            self.note(f"page {page - 1} again as page {page}")
            return answer | {"content": _asked_again(request, page - 1, onward)}
        return answer


class UnstableTies(_PagingFault):
    """Two rows of equal `updatedDate` at a page's edge change places between two reads."""

    times = 2

    def page(self, request: Request, answer: Row, page: int, size: int, onward: Onward) -> Row:
        if not page or not answer["content"] or not self.occasions.now():
            return answer
        before = _asked_again(request, page - 1, onward)[-1]
        after = answer["content"][0]
        # The edge may hold no tie today; the two are then given the older moment of both.
        tied = before | {"updatedDate": after.get("updatedDate")}
        self.note(f"tie at the edge of page {page}")
        return answer | {"content": [tied, *answer["content"][1:]]}


class AmountDrift(Fault):
    """The public gateway changes its mind about how many rows there are."""

    systems = frozenset({"gateway"})

    def answer(self, request: Request, onward: Onward) -> Response:
        response = onward(request)
        if response.status != 200 or not self.occasions.now():
            return response
        rows = json.loads(response.body)
        for row in rows:
            if "AMOUNT" in row:
                row["AMOUNT"] = str(int(row["AMOUNT"]) + 1)
        self.note("one more in AMOUNT")
        return Response(200, json.dumps(rows, ensure_ascii=False).encode(), response.headers)
