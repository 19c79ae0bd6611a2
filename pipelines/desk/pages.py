"""The pages of the desk under `/desk/`, for who sees evidence; only a role that commands gets its buttons.

They read the newest publication and Dagster's records. A run is started by the page's own script through Dagster's
GraphQL, so that runs, schedules and history stay Dagster's and its refusal by role holds here too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assets.reports import formats
from assets.reports.asking import Publication
from assets.reports.desk import dossiers
from assets.reports.desk.questions import DIFFERENCES, SUSPICIONS
from assets.reports.desk.timeline import timeline
from assets.reports.explanation.facts import explain, similar
from assets.reports.explanation.story import story
from assets.reports.page.signs import SEVERITIES
from assets.reports.rehearsal import rehearsal
from assets.reports.rendering import TEMPLATES, html_templates
from assets.run_settings import LOCAL
from pipelines.desk import marks
from pipelines.desk.kept import Kept
from pipelines.desk.night import night, runs
from pipelines.desk.starting import FORMS, called
from pipelines.documents import NO_EVIDENCE
from pipelines.door import role_of
from pipelines.refusing import refused
from pipelines.settings import Settings
from warehouse.reading import POINTER, NothingPublished


PLACE = "/desk"
# Of seconds; less than the page waits until it asks again.
KEPT_FOR = 4.0
# Of a list: half a megabyte; the workbook and the published file have all of them.
MOST_ROWS = 1_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:;"
    " base-uri 'none'; form-action 'self'"
)
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": POLICY}


class Desk:
    """Stands before Dagster's page, after the door. `settings` of the home whose runs `instance` holds."""

    def __init__(self, app: ASGIApp, settings: Settings, instance: dg.DagsterInstance) -> None:
        self.app = app
        self.desk = Starlette(routes=Pages(settings, instance).routes(), exception_handlers={404: nothing_there})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not (path == PLACE or path.startswith(f"{PLACE}/")):
            await self.app(scope, receive, send)
        elif not role_of(scope).evidence:
            await refused(NO_EVIDENCE, 403, scope)(scope, receive, send)
        else:
            await self.desk(scope, receive, send)


class Pages:
    def __init__(self, settings: Settings, instance: dg.DagsterInstance) -> None:
        self.settings = settings
        self.instance = instance
        self.state = Kept(self.look, KEPT_FOR)
        self.templates = html_templates()
        self.templates.filters |= dict[str, Callable[..., str]](
            day=formats.day, moment=moment, span=span, count=formats.count, job=called
        )

    def routes(self) -> list[Route]:
        return [
            Route(PLACE, lambda _: RedirectResponse(f"{PLACE}/")),
            Route(f"{PLACE}/", self.today),
            Route(f"{PLACE}/now", self.now),
            Route(f"{PLACE}/units", self.told(self.units)),
            Route(f"{PLACE}/dossiers", self.told(self.dossiers)),
            Route(f"{PLACE}/dossiers.xlsx", self.told(self.workbook)),
            Route(f"{PLACE}/dossier", self.told(self.dossier)),
            Route(f"{PLACE}/records", self.told(self.records)),
            Route(f"{PLACE}/marks", self.mark, methods=["POST"]),
            *(Route(f"{PLACE}/{name}", static(TEMPLATES / name)) for name in ("page.css", "desk.css", "desk.js")),
        ]

    @property
    def publication(self) -> Publication:
        return Publication(self.settings.run.published / POINTER)

    def page(self, template: str, request: Request, **told: object) -> Response:
        text = self.templates.get_template(template).render(
            commands=role_of(request.scope).commands,
            rehearsal=self.notice(),
            here=request.url.path,
            most=MOST_ROWS,
            **told,
        )
        return HTMLResponse(text, headers=HEADERS)

    def notice(self) -> str | None:
        try:
            return rehearsal(self.publication)
        except NothingPublished:
            return None

    def told(self, view: Callable[[Request], Response]) -> Callable[[Request], Response]:
        """A view of what is published; where nothing is, the sentence that says what to do."""

        def answer(request: Request) -> Response:
            try:
                return view(request)
            except NothingPublished as error:
                return self.page("desk_nothing.html", request, sentence=str(error))

        return answer

    def today(self, request: Request) -> Response:
        return self.page("desk_today.html", request, forms=FORMS, **self.state())

    def now(self, request: Request) -> Response:
        """What changes while somebody looks: last night, what runs, the newest runs; the page asks for it again."""
        return self.page("desk_now.html", request, **self.state(anew="anew" in request.query_params))

    def look(self) -> dict[str, Any]:
        found = runs(self.instance, self.settings)
        return {
            "night": night(self.instance, self.settings),
            "running": [one for one in found if not one.is_over],
            "over": [one for one in found if one.is_over],
        }

    def units(self, request: Request) -> Response:
        return self.page("desk_units.html", request, units=dossiers.by_unit(self.publication), lists=dossiers.LISTS)

    def dossiers(self, request: Request) -> Response:
        asked = Asked(request)
        return self.page(
            "desk_dossiers.html",
            request,
            asked=asked,
            rows=dossiers.listed(self.publication, asked.list_code, asked.unit_code, asked.order),
            lists=dossiers.LISTS,
            columns=dossiers.COLUMNS,
        )

    def workbook(self, request: Request) -> Response:
        asked = Asked(request)
        rows = dossiers.listed(self.publication, asked.list_code, asked.unit_code, asked.order)
        title = f"{dossiers.LISTS[asked.list_code]}: {asked.unit_code or 'mọi đơn vị'}"
        name = f"{asked.list_code}-{asked.unit_code or 'moi-don-vi'}.xlsx"
        saved = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(dossiers.workbook(title, rows), media_type=XLSX, headers=HEADERS | saved)

    def dossier(self, request: Request) -> Response:
        written = request.query_params.get("code", "").strip()
        code, nearest = similar(self.publication, written) if written else (None, [])
        found = explain(self.publication, code) if code else None
        return self.page(
            "desk_dossier.html",
            request,
            written=written,
            code=code,
            nearest=nearest,
            paragraphs=story(found) if found else [],
            timeline=timeline(found) if found else None,
        )

    def records(self, request: Request) -> Response:
        return self.page(
            "desk_records.html",
            request,
            set_aside=dossiers.listed(self.publication, "thieu_du_lieu", None, "unit_name"),
            suspicions=self.publication.ask(SUSPICIONS),
            differences=self.publication.ask(DIFFERENCES),
            severities=SEVERITIES,
            followed=marks.followed(self.settings.run.home),
            states=marks.STATES,
            now=datetime.now(LOCAL),
        )

    async def mark(self, request: Request) -> Response:
        """Writes a follow-up mark into the register; only for who commands."""
        if not role_of(request.scope).commands:
            return PlainTextResponse("Bị từ chối: vai trò này không ghi theo dõi.\n", status_code=403)
        try:
            mark = marks.read_mark(await request.json(), datetime.now(LOCAL))
        except ValueError as error:
            told = str(error) if isinstance(error, marks.WrongMark) else "Không hiểu mục theo dõi gửi lên."
            return PlainTextResponse(told, status_code=400, headers=HEADERS)
        await run_in_threadpool(marks.add, self.settings.run.home, mark)
        return PlainTextResponse("Đã ghi.", headers=HEADERS)


class Asked:
    """A list as the address asks for it; what the address says wrongly is as if it said nothing."""

    def __init__(self, request: Request) -> None:
        told = request.query_params
        first = next(iter(dossiers.LISTS))
        self.list_code = told["list"] if told.get("list") in dossiers.LISTS else first
        self.unit_code = self.plain(told.get("unit", ""))
        self.order = told["order"] if told.get("order") in dossiers.COLUMNS else "due_at"

    @staticmethod
    def plain(code: str) -> str | None:
        """A code becomes part of a file's name."""
        return code if code and all(sign.isalnum() or sign in ".-_" for sign in code) else None


def nothing_there(request: Request, error: Exception) -> Response:
    return refused("Bàn làm việc không có trang này.", 404, request.scope)


def static(path: Path) -> Callable[[Request], Response]:
    return lambda _: FileResponse(path, headers=HEADERS)


def moment(value: object) -> str:
    return formats.moment(value) if value else formats.NOTHING  # type: ignore[arg-type]  # a column of a list


def span(value: Any) -> str:
    """3 phút 05 giây; 1 giờ 12 phút."""
    if value is None:
        return formats.NOTHING
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} giờ {minutes:02d} phút"
    return f"{minutes} phút {seconds:02d} giây" if minutes else f"{seconds} giây"
