"""What is published, as pages beside Dagster's: a browser opens no `file://` that a page of http links to.

`/published/` and `/reports/` are the folders of those names in the home, so that links between files hold; nothing
else of the home is served. They are read and never written. Only the leaders' page runs a script, its own, and in a
sandbox: as a page of nowhere it can ask Dagster nothing, whatever a source has written into a name.
"""

import stat
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from assets.reports.page.tables import SIDE
from pipelines.door import role_of
from pipelines.refusing import STILL, plain_page, refused
from warehouse.published_folder import side_of


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
LIVELY = f"sandbox allow-scripts allow-downloads allow-modals allow-popups; script-src 'self' 'unsafe-inline'; {STILL}"
HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
# Not finished, or nobody's business.
HIDDEN = (".unfinished", ".lock")
NO_EVIDENCE = "Bị từ chối: vai trò này chỉ xem trang lãnh đạo và báo cáo."


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
            answer: Response = refused("Chỉ đọc.", 405, scope, {"Allow": "GET, HEAD"})
        elif not (name == "reports" or role_of(scope).evidence or is_page(path)):
            answer = refused(NO_EVIDENCE, 403, scope)
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
        return refused("Không có tệp này trong phần đã công bố.", 404, scope)
    return file(Path(full), "/" not in path and scope["path"].startswith("/published/"), scope)


def file(path: Path, is_lively: bool, scope: Scope) -> Response:
    """Pages are shown; everything else is saved, since a browser would run what is in some of it."""
    kind = TYPES.get(path.suffix, OTHER)
    if is_lively and path.suffix == ".html":
        answer: FileResponse | Response = with_its_side(path)
    elif path.suffix == ".html":
        answer = FileResponse(path, media_type=kind, headers=HEADERS | {"Content-Security-Policy": STILL})
    else:
        answer = FileResponse(path, media_type=kind, headers=HEADERS, filename=path.name)
    if isinstance(answer, FileResponse):
        answer.set_stat_headers(path.stat())
    if Headers(scope=scope).get("if-none-match") == answer.headers["etag"]:
        return NotModifiedResponse(answer.headers)
    return answer


def with_its_side(page: Path) -> Response:
    """The page with what stands in the file beside it, as data: a sandbox may ask the server for nothing more."""
    text, side = page.read_bytes(), side_of(page)
    told = side.read_text(encoding="utf-8") if side.is_file() else ""
    if told.startswith(SIDE):
        # No text of a source ends the element in which it stands.
        data = told.removeprefix(SIDE).rstrip().removesuffix(";").replace("<", "\\u003c")
        before, end, after = text.rpartition(b"</body>")
        text = before + f'<script type="application/json" id="beside">{data}</script>'.encode() + end + after
    digest = f'"{sha256(text).hexdigest()[:32]}"'
    return HTMLResponse(text, headers=HEADERS | {"Content-Security-Policy": LIVELY, "ETag": digest})


def listing(folder: Path, has_above: bool) -> Response:
    names = sorted(
        f"{one.name}/" if one.is_dir() else one.name for one in folder.iterdir() if not one.name.endswith(HIDDEN)
    )
    rows = "".join(
        f'<li><a href="{quote(name)}">{escape(name)}</a></li>' for name in [*(["../"] if has_above else []), *names]
    )
    return HTMLResponse(
        plain_page("Tệp đã công bố", f"<ul>{rows}</ul>"), headers=HEADERS | {"Content-Security-Policy": STILL}
    )
