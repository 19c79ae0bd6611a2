"""What is not shown and why: a page to whoever opened an address in a browser, one line to a program."""

from collections.abc import Mapping
from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope


STILL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLE = (
    "body{font:1rem/1.5 'Segoe UI',Roboto,Arial,'Liberation Sans',sans-serif;color:#17212b;margin:2rem auto;"
    "max-width:40rem;padding:0 1rem}h1{font-size:1.3rem;color:#12355b}a{color:#0b4f9c}"
)
FRAME = """<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:,"><style>{style}</style></head>
<body><main><h1>{title}</h1>{content}</main></body>
</html>
"""


def plain_page(title: str, content: str = "") -> str:
    """A page without a script; `title` becomes text, `content` is markup."""
    return FRAME.format(title=escape(title), style=STYLE, content=content)


def refused(sentence: str, status: int, scope: Scope, headers: Mapping[str, str] | None = None) -> Response:
    """`sentence` without a line's end."""
    own = dict(headers or {})
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return PlainTextResponse(f"{sentence}\n", status_code=status, headers=own)
    page = plain_page(sentence, '<p><a href="/published/">Trang lãnh đạo</a></p>')
    return HTMLResponse(page, status_code=status, headers=own | {"Content-Security-Policy": STILL})
