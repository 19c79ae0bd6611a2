"""Lasting habits of real search back-ends (protocols E.3): totals that are off, pages other than asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from connectors.simulator.search import whole_number
from connectors.simulator.transport_faults import Fault, Onward
from connectors.simulator.wire import Request, Response


Row = dict[str, Any]
COUNTS = ("totalElements", "totalPages")


class Habit(Fault):
    """Of the dossier search; it lasts."""

    systems = frozenset({"portal"})

    def answer(self, request: Request, onward: Onward) -> Response:
        if not request.path.endswith("/dossier/search"):
            return onward(request)
        response = onward(self.heard(request))
        if response.status != 200:
            return response
        self.note(type(self).__name__)
        body = json.dumps(self.shown(json.loads(response.body)), ensure_ascii=False, separators=(",", ":"))
        return Response(200, body.encode(), response.headers)

    def heard(self, request: Request) -> Request:
        """What the source makes of the question."""
        return request

    def shown(self, answer: Row) -> Row:
        """What it makes of the answer."""
        return answer


def asked(request: Request, **values: object) -> Request:
    return replace(request, query={**request.query, **{name: [str(value)] for name, value in values.items()}})


class TotalsMore(Habit):
    """The total holds what the account may not see."""

    def shown(self, answer: Row) -> Row:
        return answer | {"totalElements": answer["totalElements"] + 5}


class TotalsFewer(Habit):
    def shown(self, answer: Row) -> Row:
        return answer | {"totalElements": max(answer["totalElements"] - 3, 0)}


class TotalsMinusOne(Habit):
    def shown(self, answer: Row) -> Row:
        return answer | dict.fromkeys(COUNTS, -1)


class TotalsAsText(Habit):
    def shown(self, answer: Row) -> Row:
        return answer | {name: str(answer[name]) for name in COUNTS}


class TotalsNull(Habit):
    def shown(self, answer: Row) -> Row:
        return answer | dict.fromkeys(COUNTS)


class SlicesOnly(Habit):
    def shown(self, answer: Row) -> Row:
        return {name: value for name, value in answer.items() if name not in COUNTS}


class ListedTwice(Habit):
    """One dossier of each page comes twice, as from a join, and is counted twice on it."""

    def shown(self, answer: Row) -> Row:
        rows = answer["content"]
        return answer | {"content": [*rows[:1], *rows], "totalElements": answer["totalElements"] + bool(rows)}


class LastTooEarly(Habit):
    def shown(self, answer: Row) -> Row:
        return answer | {"last": True}


class LastNever(Habit):
    def shown(self, answer: Row) -> Row:
        return answer | {"last": False}


class SmallPages(Habit):
    """However many are asked for, no more than ten come."""

    def heard(self, request: Request) -> Request:
        return asked(request, size=min(whole_number(request, "size", 10), 10))


class SortIgnored(Habit):
    def heard(self, request: Request) -> Request:
        return asked(request, sort="appointmentDate,asc")


class DaysIgnored(Habit):
    def heard(self, request: Request) -> Request:
        return asked(request, **{"accepted-from": "", "accepted-to": ""})


class OneBased(Habit):
    """Page 1 is the first, and so is page 0."""

    def heard(self, request: Request) -> Request:
        return asked(request, page=max(whole_number(request, "page", 0) - 1, 0))


class BootPages(Habit):
    """As Spring Boot 3.3 writes a page: only the rows and `page`."""

    def shown(self, answer: Row) -> Row:
        return {"content": answer["content"], "page": {name: answer[name] for name in ("size", "number", *COUNTS)}}


class NoUpdatedDate(Habit):
    """The model of items that says nowhere when one has changed."""

    def shown(self, answer: Row) -> Row:
        kept = [{name: value for name, value in row.items() if name != "updatedDate"} for row in answer["content"]]
        return answer | {"content": kept}


class DateOfSomeMissing(NoUpdatedDate):
    """Only of some items, wherever they stand in the list."""

    def shown(self, answer: Row) -> Row:
        return answer | {
            "content": [row | {"updatedDate": None} if at % 7 == 3 else row for at, row in enumerate(answer["content"])]
        }


class FlatItems(Habit):
    """The model of items with the limit and the procedure's name at the top."""

    def shown(self, answer: Row) -> Row:
        return answer | {"content": [flat(row) for row in answer["content"]]}


def flat(row: Row) -> Row:
    procedure = {name: value for name, value in row["procedure"].items() if name != "translate"}
    limit = row["procedureProcessDefinition"]["processDefinition"]
    times = {name: limit[name] for name in ("processingTime", "processingTimeUnit") if name in limit}
    own = {name: value for name, value in row.items() if name != "procedureProcessDefinition"}
    return own | times | {"procedure": procedure | {"name": row["procedure"]["translate"]["name"]}}


class DeepRefused(Habit):
    """No page begins below a depth: the window of results of a search back-end."""

    deepest, status = 10_000, 400

    def answer(self, request: Request, onward: Onward) -> Response:
        if request.path.endswith("/dossier/search"):
            begin = whole_number(request, "page", 0) * whole_number(request, "size", 10)
            if begin > self.deepest:
                self.note(f"{self.status} at {begin}")
                return Response(self.status, b'{"message":"Result window is too large"}')
        return onward(request)


class DeepFailed(DeepRefused):
    status = 500


class ShallowRefused(DeepRefused):
    """The same for small worlds."""

    deepest = 100


class ShallowFailed(ShallowRefused):
    status = 500


HABITS: dict[str, type[Fault]] = {
    "totals_more": TotalsMore,
    "totals_fewer": TotalsFewer,
    "totals_minus_one": TotalsMinusOne,
    "totals_as_text": TotalsAsText,
    "totals_null": TotalsNull,
    "slices_only": SlicesOnly,
    "listed_twice": ListedTwice,
    "last_too_early": LastTooEarly,
    "last_never": LastNever,
    "small_pages": SmallPages,
    "sort_ignored": SortIgnored,
    "days_ignored": DaysIgnored,
    "one_based": OneBased,
    "boot_pages": BootPages,
    "no_updated_date": NoUpdatedDate,
    "updated_date_of_some": DateOfSomeMissing,
    "flat_items": FlatItems,
    "deep_refused": DeepRefused,
    "deep_failed": DeepFailed,
    "shallow_refused": ShallowRefused,
    "shallow_failed": ShallowFailed,
}
