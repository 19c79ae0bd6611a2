"""Who comes in: by the proxy's secret and groups, or by the token of the address that was printed."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pipelines.cli import main
from pipelines.door import VIEWER, Door, role_of, signed_on, with_token
from pipelines.serving import TOKEN
from pipelines.settings import NAMES, Settings, SettingsError
from pipelines.webserver import standing_before
from tests.support.web import served


KEY = "k" * 32


async def told(scope: Scope, receive: Receive, send: Send) -> None:
    """The role with which somebody came in."""
    await PlainTextResponse(role_of(scope).name)(scope, receive, send)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("mtcl-viewer", "viewer"),
        ("khac, /mtcl-auditor", "auditor"),
        ("mtcl-viewer,mtcl-operator", "operator"),
    ],
)
def test_the_proxy_tells_the_groups_and_the_most_that_they_permit_counts(groups: str, role: str) -> None:
    with served(Door(told, signed_on(KEY))) as browser:
        answer = browser.get("/", ("X-Mtcl-Secret", KEY), ("X-Forwarded-Groups", groups))
    assert (answer.status, answer.text) == (200, role)


OPENING = (("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"))
OPENING += (("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),)


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ([], "máy chủ đăng nhập"),
        ([("X-Forwarded-Groups", "mtcl-operator")], "máy chủ đăng nhập"),
        ([("X-Mtcl-Secret", "sai"), ("X-Forwarded-Groups", "mtcl-operator")], "máy chủ đăng nhập"),
        ([("X-Mtcl-Secret", KEY), ("X-Mtcl-Secret", "sai"), ("X-Forwarded-Groups", "mtcl-operator")], "đăng nhập"),
        ([("X-Mtcl-Secret", KEY)], "không thuộc nhóm nào"),
        ([("X-Mtcl-Secret", KEY), ("X-Forwarded-Groups", "mtcl-operators, operator")], "không thuộc nhóm nào"),
    ],
)
def test_without_secret_or_group_nobody_comes_in(headers: list[tuple[str, str]], why: str) -> None:
    with served(Door(told, signed_on(KEY))) as browser:
        answer = browser.get("/", *headers)
        opened = browser.get("/graphql", *OPENING, *headers)
    assert (answer.status, opened.status) == (403, 403)
    assert why in answer.text


def test_a_process_for_one_role_gives_nobody_more() -> None:
    with served(Door(told, signed_on(KEY, VIEWER))) as browser:
        assert browser.get("/", ("X-Mtcl-Secret", KEY), ("X-Forwarded-Groups", "mtcl-operator")).text == "viewer"
        assert browser.get("/", ("X-Mtcl-Secret", "sai")).status == 403


def test_the_printed_address_gives_a_cookie_that_is_the_browsers_alone() -> None:
    with served(Door(told, with_token(KEY, 3000))) as browser, served(Door(told, with_token(KEY, 3001))) as other:
        assert browser.statuses(("/", "/?token=sai")) == [403, 403]
        answer = browser.get(f"//runs?view=all&token={KEY}")
        assert (answer.status, answer.headers["location"]) == (303, "/runs?view=all")
        cookie, *kept = (part.strip() for part in answer.headers["set-cookie"].split(";"))
        assert {part.lower() for part in kept} == {"httponly", "samesite=strict", "path=/"}
        assert browser.get("/runs", ("Cookie", cookie)).text == "operator"
        assert other.get("/", ("Cookie", cookie)).status == 403


@pytest.mark.parametrize(("is_asked", "statuses"), [(False, [200, 403]), (True, [403, 403])])
def test_on_loopback_a_token_is_asked_for_where_the_settings_want_it_and_another_name_never_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_asked: bool, statuses: list[int]
) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    if is_asked:
        monkeypatch.setenv(TOKEN, KEY)
    app: ASGIApp = told
    for one in reversed(standing_before(Settings.from_environment({"MTCL_HOME": str(tmp_path)}), 1, False, None)):
        app = one.cls(app, **one.kwargs)
    with served(app) as browser:
        here = browser.get("/")
        rebound = browser.get(f"/?token={KEY}", ("Host", "la.example"))
        assert [here.status, rebound.status] == statuses
        assert browser.get(f"/?token={KEY}", ("Host", "127.0.0.1"), ("Host", "la.example")).status in (400, 403)
        assert browser.get(f"/?token={KEY}").status == (303 if is_asked else 200)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MTCL_SERVE_HOSTS", "https://mtcl.example"),
        ("MTCL_SERVE_HOSTS", "mtcl.example:443"),
        ("MTCL_SERVE_SECRET", "ngan"),
        ("MTCL_UI_TOKEN", "có"),
    ],
)
def test_a_wrong_setting_of_the_door_is_named_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.from_environment({name: value})
    assert value not in str(caught.value)


def test_nothing_is_served_to_nobody_in_particular(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MTCL_HOME", str(tmp_path))
    refused = CliRunner().invoke(main, ["serve"])
    assert refused.exit_code == 2
    assert "MTCL_SERVE_HOSTS và MTCL_SERVE_SECRET" in refused.output
