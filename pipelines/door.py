"""Who comes in, and as what: after the wall, which asks where a request was sent from, not by whom.

On loopback it is whoever sits at the machine, or, where a token is asked for, whoever was given the address that
`mtcl ui` printed. Behind a reverse proxy it is whom the proxy has signed on: it proves itself by a secret that both
know, and names the person's groups.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from secrets import compare_digest
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pipelines.wall import refuse


@dataclass(frozen=True)
class Role:
    """`commands`: may start, stop and change; `evidence`: sees every published file, not page and reports alone."""

    name: str
    commands: bool = False
    evidence: bool = False


VIEWER, AUDITOR = Role("viewer"), Role("auditor", evidence=True)
OPERATOR = Role("operator", commands=True, evidence=True)
# The first that one of a person's groups names counts.
ROLES = {role.name: role for role in (OPERATOR, AUDITOR, VIEWER)}
GROUP = "mtcl-"
SECRET, GROUPS = "x-mtcl-secret", "x-forwarded-groups"
IN_SCOPE = "mtcl.role"
NOT_BY_THE_PROXY = "Yêu cầu không đi qua máy chủ đăng nhập."
NO_ROLE = "Tài khoản không thuộc nhóm nào được xem: mtcl-viewer, mtcl-auditor hoặc mtcl-operator."
NO_TOKEN = "Giao diện này mở bằng địa chỉ có mã mà mtcl ui đã in ra."  # noqa: S105 - a sentence
Judge = Callable[[Scope], Role | Response | str]


class Door:
    """Asks for every request; what comes in carries its role, which `role_of` reads."""

    def __init__(self, app: ASGIApp, judge: Judge) -> None:
        self.app = app
        self.judge = judge

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        found = self.judge(scope)
        if isinstance(found, Role):
            await self.app({**scope, IN_SCOPE: found}, receive, send)
        elif isinstance(found, str):
            await refuse(found, scope, receive, send)
        else:
            await found(scope, receive, send)


def role_of(scope: Scope) -> Role:
    """The least where nobody has judged."""
    role: Role = scope.get(IN_SCOPE, VIEWER)
    return role


def whoever_sits_here(scope: Scope) -> Role:
    return OPERATOR


def signed_on(secret: str, fixed: Role | None = None) -> Judge:
    """By a proxy that knows the secret. `fixed`: this process is for one role, and the proxy sends nobody else."""

    def judge(scope: Scope) -> Role | str:
        headers = Headers(scope=scope)
        told = headers.getlist(SECRET)
        if len(told) != 1 or not same(told[0], secret):
            return NOT_BY_THE_PROXY
        if fixed is not None:
            return fixed
        # Keycloak begins the name of a group with a slash.
        groups = {name.strip().lstrip("/") for line in headers.getlist(GROUPS) for name in line.split(",")}
        return next((role for name, role in ROLES.items() if GROUP + name in groups), None) or NO_ROLE

    return judge


def with_token(token: str, port: int) -> Judge:
    """By the address that was printed; from then on by a cookie that no script and no other page's request carries."""
    # Cookies know no ports, and two homes may be looked at side by side.
    cookie = f"mtcl_{port}"

    def judge(scope: Scope) -> Role | Response | str:
        kept = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(cookie)
        if kept is not None and same(kept.value, token):
            return OPERATOR
        asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        if scope["type"] != "http" or not any(name == "token" and same(value, token) for name, value in asked):
            return NO_TOKEN
        rest = urlencode([pair for pair in asked if pair[0] != "token"])
        # Never two slashes at the beginning, which would be another machine.
        answer = RedirectResponse(f"/{scope['path'].lstrip('/')}" + (f"?{rest}" if rest else ""), status_code=303)
        answer.set_cookie(cookie, token, httponly=True, samesite="strict", path="/")
        return answer

    return judge


def same(given: str, right: str) -> bool:
    """In the same time wherever they differ."""
    return compare_digest(given.encode(), right.encode())
