"""What is published, as pages beside Dagster's: a browser opens no `file://` that a page of http links to.

`/published/` and `/reports/` are the folders of those names in the home, so that links between files hold; nothing
else of the home is served. They are read and never written. Only the leaders' page runs a script, its own, and in a
sandbox: as a page of nowhere it can ask Dagster nothing, whatever a source has written into a name.
"""

import stat
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from pipelines.door import role_of


INDEX = "index.html"
# A machine's own table of types differs; what is not here is saved under its name.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}
OTHER = "application/octet-stream"
STILL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
LIVELY = f"sandbox allow-scripts allow-downloads allow-modals allow-popups; script-src 'self' 'unsafe-inline'; {STILL}"
HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
# Not finished, or nobody's business.
HIDDEN = (".unfinished", ".lock")


class Documents:
    """`home`: $MTCL_HOME. Whoever sees no evidence sees pages and reports alone."""

    def __init__(self, app: ASGIApp, home: Path) -> None:
        self.app = app
        self.shelves: Mapping[str, StaticFiles] = {
            name: StaticFiles(directory=home / name, check_dir=False) for name in ("published", "reports")
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name, _, path = scope.get("path", "").removeprefix("/").partition("/")
        if scope["type"] != "http" or name not in self.shelves:
            await self.app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            answer: Response = PlainTextResponse("Chỉ đọc.\n", status_code=405, headers={"Allow": "GET, HEAD"})
        elif not (name == "reports" or role_of(scope).evidence or is_page(path)):
            answer = PlainTextResponse("Bị từ chối: vai trò này chỉ xem trang lãnh đạo và báo cáo.\n", status_code=403)
        else:
            answer = await run_in_threadpool(found, self.shelves[name], path, scope)
        await answer(scope, receive, send)


def is_page(path: str) -> bool:
    """The leaders' page of a version, and what it reads, stand beside its file."""
    return "/" not in path and (path in ("", INDEX) or path.endswith((".html", ".js")))


def found(shelf: StaticFiles, path: str, scope: Scope) -> Response:
    """A file, a folder's own page or the names in it. Links lead to where they lead within the folder served."""
    try:
        full, facts = shelf.lookup_path(path)
        if facts and stat.S_ISDIR(facts.st_mode):
            if not scope["path"].endswith("/"):
                return RedirectResponse(f"{scope['path']}/")
            index, own = shelf.lookup_path(f"{path}{INDEX}")
            if not own:
                return listing(Path(full), bool(path))
            full, facts = index, own
    except (OSError, ValueError):
        facts = None
    if not facts or not stat.S_ISREG(facts.st_mode) or full.endswith(HIDDEN):
        return PlainTextResponse("Không có tệp này trong phần đã công bố.\n", status_code=404)
    return file(Path(full), "/" not in path and scope["path"].startswith("/published/"), scope)


def file(path: Path, is_lively: bool, scope: Scope) -> Response:
    """Pages are shown; everything else is saved, since a browser would run what is in some of it."""
    kind = TYPES.get(path.suffix, OTHER)
    if path.suffix == ".html":
        policy = {"Content-Security-Policy": LIVELY if is_lively else STILL}
        answer = FileResponse(path, media_type=kind, headers=HEADERS | policy)
    else:
        answer = FileResponse(path, media_type=kind, headers=HEADERS, filename=path.name)
    answer.set_stat_headers(path.stat())
    if Headers(scope=scope).get("if-none-match") == answer.headers["etag"]:
        return NotModifiedResponse(answer.headers)
    return answer


def listing(folder: Path, has_above: bool) -> Response:
    names = sorted(
        f"{one.name}/" if one.is_dir() else one.name for one in folder.iterdir() if not one.name.endswith(HIDDEN)
    )
    rows = "".join(
        f'<li><a href="{quote(name)}">{escape(name)}</a></li>' for name in [*(["../"] if has_above else []), *names]
    )
    page = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>Tệp đã công bố</title><ul>{rows}</ul></html>'
    return HTMLResponse(page, headers=HEADERS | {"Content-Security-Policy": STILL})
