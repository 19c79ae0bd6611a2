"""The iGate façade: dossiers, agencies, procedures and statistics behind a bearer token."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from connectors.simulator.agency_counts import agency_counts
from connectors.simulator.catalogue import compact, process_of
from connectors.simulator.configuration import Configured, configured
from connectors.simulator.directory import Agency
from connectors.simulator.keycloak import Keycloak, json_response
from connectors.simulator.portal_responses import agency_row, procedure_row, spring_page
from connectors.simulator.search import LARGEST_PAGE, BadQueryError, Search, whole_number
from connectors.simulator.wire import Request, Response
from connectors.simulator.world import World


Rows = list[dict[str, object]]
_JSON = {"Content-Type": "application/json;charset=UTF-8"}


def _is_main_list(request: Request) -> bool:
    """Whether nothing but the page is asked for: no filter, newest change first, with totals, nothing removed."""
    usual = {"spec": "page", "sort": "updatedDate,desc", "isAgencySearch": "true", "remove-status": "0"}
    return bool(request.first("remove-status")) and all(
        name in {"page", "size"} or not values[0] or usual.get(name) == values[0]
        for name, values in request.query.items()
    )


class PortalFacade:
    """Answers below `/portal`: services pa (dossiers), ba (agencies) and bd (procedures)."""

    def __init__(self, world: World, keycloak: Keycloak) -> None:
        self._keycloak = keycloak
        self.world = world
        self._routes: list[tuple[re.Pattern[str], Callable[..., Response]]] = [
            (re.compile(pattern), answer)
            for pattern, answer in (
                (r"/pa/dossier/search", self._search),
                (r"/pa/dossier-statistic/--statistic-agency-kgg", self._statistics),
                (r"/pa/dossier/(?P<id>[^/]+)/--online", self._dossier),
                (r"/pa/dossier/(?P<id>[^/]+)/task", self._tasks),
                (r"/ba/agency/name\+code", self._agencies),
                (r"/ba/agency/--by-parent-id", self._children),
                (r"/ba/agency/(?P<id>[^/]+)", self._agency),
                (r"/bd/procedure/--can-apply", self._procedures),
                (r"/bd/procedure-process-definition", self._process),
                (r"/bd/procedure/(?P<id>[^/]+)", self._procedure),
            )
        ]

    @property
    def world(self) -> World:
        """The world shown; giving another one (a later day) takes effect with the next request."""
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        self._world = world
        self._search_index = Search(world)
        self._rendered: dict[tuple[int, int], bytes] = {}
        self._by_id = {agency.id: agency for agency in world.agencies}
        self._by_code = {agency.code: agency for agency in world.agencies}

    def handle(self, request: Request) -> Response:
        """One request below `/portal` (the prefix already taken off)."""
        if not self._keycloak.accepts(request.headers.get("Authorization")):
            return Response(401, b'{"error":"invalid_token"}', {"WWW-Authenticate": "Bearer"})
        for pattern, answer in self._routes:
            match = pattern.fullmatch(request.path)
            if match is None:
                continue
            if request.method != "GET":
                return json_response({"status": 405, "error": "Method Not Allowed"}, 405)
            try:
                return answer(request, **match.groupdict())
            except BadQueryError as error:
                return json_response({"status": 400, "message": str(error)}, 400)
        return self._missing(request.path)

    def prerender(self, size: int) -> int:
        """Keep the whole main list in memory in pages of this size (benchmarks); how many pages."""
        pages = -(-len(self.world.state.newest_first) // size)
        self._rendered = {(n, size): self.page_bytes(n, size) for n in range(pages)}
        return pages

    def page_bytes(self, page: int, size: int) -> bytes:
        """A page of the main list, newest change first, without asking for a token."""
        order = self.world.state.newest_first
        items = self.world.renderer.items(order[page * size : (page + 1) * size])
        return spring_page(items, len(order), page, size, "page")

    def _search(self, request: Request) -> Response:
        number, size, spec = self._paging(request, 10)
        if self._rendered and (number, size) in self._rendered and _is_main_list(request):
            return Response(200, self._rendered[number, size], _JSON)
        found = self._search_index.found(request)
        items = self.world.renderer.items(found[number * size : (number + 1) * size])
        return Response(200, spring_page(items, len(found), number, size, spec), _JSON)

    def _paging(self, request: Request, default_size: int) -> tuple[int, int, str]:
        spec = request.first("spec", "page")
        if spec not in {"page", "slice"}:
            raise BadQueryError(f"spec must be page or slice, not {spec!r}")
        size = min(whole_number(request, "size", default_size), LARGEST_PAGE)
        return whole_number(request, "page", 0), max(size, 1), spec

    def _listed(self, request: Request, rows: Rows, default_size: int) -> Response:
        number, size, spec = self._paging(request, default_size)
        part = [compact(row) for row in rows[number * size : (number + 1) * size]]
        return Response(200, spring_page(part, len(rows), number, size, spec), _JSON)

    def _missing(self, path: str) -> Response:
        return json_response({"status": 404, "error": "Not Found", "path": path}, 404)

    def _one(self, identifier: str) -> str | None:
        index = self._search_index.by_id(identifier)
        if index is None:
            return None
        return self.world.renderer.items(np.array([index]))[0]

    def _dossier(self, request: Request, id: str) -> Response:
        item = self._one(id)
        if item is None:
            return self._missing(request.path)
        return Response(200, f'{item[:-1]},"dossierFormFile":[]}}'.encode(), _JSON)

    def _tasks(self, request: Request, id: str) -> Response:
        item = self._one(id)
        if item is None:
            return self._missing(request.path)
        log = item[item.rindex('"task":') + 7 : item.rindex(',"currentTask":')]
        return Response(200, log.encode(), _JSON)

    def _statistics(self, request: Request) -> Response:
        return json_response(agency_counts(self.world, request))

    def _agencies(self, request: Request) -> Response:
        return self._listed(request, self._agency_rows(list(self._by_id.values())), 20)

    def _agency_rows(self, agencies: list[Agency]) -> Rows:
        return [agency_row(agency, self._by_code) for agency in agencies]

    def _children(self, request: Request) -> Response:
        parent = self._by_id.get(request.first("parent-id"))
        if parent is None:
            return self._missing(request.path)
        found = [agency for agency in self._by_id.values() if agency.parent == parent.code]
        return json_response(self._agency_rows(found))

    def _agency(self, request: Request, id: str) -> Response:
        if id not in self._by_id:
            return self._missing(request.path)
        return json_response(self._agency_rows([self._by_id[id]])[0])

    def _procedures(self, request: Request) -> Response:
        word = request.first("keyword").lower()
        rows = [procedure_row(one) for one in self._configured() if word in one.name.lower()]
        return self._listed(request, rows, 20)

    def _configured(self) -> tuple[Configured, ...]:
        return configured(self.world.procedures, self.world.today)

    def _procedure(self, request: Request, id: str) -> Response:
        for one in self._configured():
            if one.procedure.id == id:
                return json_response({**procedure_row(one), "status": 1})
        return self._missing(request.path)

    def _process(self, request: Request) -> Response:
        wanted = request.first("procedure-id")
        found = [one for one in self._configured() if one.procedure.id == wanted]
        return json_response([process_of(replace(one.procedure, limit_amount=one.limit_amount)) for one in found])
