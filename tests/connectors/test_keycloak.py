"""The sign-on on a socket: both generations of addresses, however they are given; refusals without secrets."""

import base64
import json
from collections.abc import Callable

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceChanged, SourceRefused, SourceUnavailable
from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.patience import RetryBudget


Clients = Callable[..., HttpClient]
TOKEN = "/realms/digo/protocol/openid-connect/token"


@pytest.mark.parametrize("given", ["", "/", "/auth", "/auth/"])
@pytest.mark.parametrize("served", ["/auth", ""])
def test_the_address_may_be_given_with_or_without_auth(
    httpserver: HTTPServer, client_of: Clients, served: str, given: str
) -> None:
    httpserver.expect_request(served + TOKEN).respond_with_json({"access_token": "t", "expires_in": 60})
    httpserver.expect_request("/auth" + TOKEN).respond_with_data(status=404)
    assert Keycloak(client_of(path=given), "client", "secret").headers() == {"Authorization": "Bearer t"}


def test_the_address_that_answers_is_kept(httpserver: HTTPServer, client_of: Clients) -> None:
    httpserver.expect_request(TOKEN).respond_with_json({"access_token": "t", "expires_in": 0})
    unknown = {"error": "Unable to find matching target resource method"}
    httpserver.expect_request("/auth" + TOKEN).respond_with_json(unknown, status=404)
    sign_on = Keycloak(client_of(), "client", "secret")
    sign_on.headers()
    sign_on.headers()
    assert [request.path for request, _ in httpserver.log] == ["/auth" + TOKEN, TOKEN, TOKEN]


def test_a_page_instead_of_a_token_is_told_as_such(httpserver: HTTPServer, client_of: Clients) -> None:
    httpserver.expect_request("/auth" + TOKEN).respond_with_data("<html>Bảo trì</html>")
    httpserver.expect_request(TOKEN).respond_with_data(status=404)
    with pytest.raises(SourceChanged, match="HTML"):
        Keycloak(client_of(), "client", "secret").headers()


@pytest.mark.parametrize("life", [{}, {"expires_in": None}, {"expires_in": "60"}])
def test_a_token_lives_a_minute_where_nobody_says(
    httpserver: HTTPServer, client_of: Clients, life: dict[str, object]
) -> None:
    httpserver.expect_request("/auth" + TOKEN).respond_with_json({"access_token": "t", "token_type": "bearer"} | life)
    now = [0.0]
    sign_on = Keycloak(client_of(), "client", "secret", monotonic=lambda: now[0])
    for now[0], signed_on in ((0.0, 1), (53.0, 1), (54.0, 2)):
        sign_on.headers()
        assert len(httpserver.log) == signed_on


def test_a_refused_login_names_the_source_and_no_secret(httpserver: HTTPServer, client_of: Clients) -> None:
    httpserver.expect_request("/auth" + TOKEN).respond_with_json({"error": "unauthorized_client"}, status=401)
    sign_on = Keycloak(client_of(), "client", "wrong-secret")
    with pytest.raises(SourceRefused, match="đăng nhập không được") as refused:
        sign_on.headers()
    assert refused.value.source == "portal"
    assert "wrong-secret" not in str(refused.value) + repr(sign_on)
    assert len(httpserver.log) == 1


def test_a_secret_of_any_letters_is_sent_as_utf_8(httpserver: HTTPServer, client_of: Clients) -> None:
    sent: list[str] = []

    def answer(request: Request) -> Response:
        sent.append(request.headers["Authorization"])
        return Response(json.dumps({"access_token": "t"}))

    httpserver.expect_request("/auth" + TOKEN).respond_with_handler(answer)
    Keycloak(client_of(), "client", "mật khẩu").headers()
    assert base64.b64decode(sent[0].removeprefix("Basic ")).decode() == "client:mật khẩu"


def test_what_stands_before_the_path_of_an_address_is_not_told(httpserver: HTTPServer, pauses: list[float]) -> None:
    httpserver.expect_request("/auth" + TOKEN).respond_with_data(status=503)
    address = httpserver.url_for("").replace("://", "://user:kin@")
    client = HttpClient(address, source="portal", budget=RetryBudget(attempts=1), sleep=pauses.append)
    with pytest.raises(SourceUnavailable, match="503") as told:
        Keycloak(client, "client", "secret").headers()
    assert "kin" not in str(told.value) + repr(client)


@pytest.mark.parametrize("status", [403, 500, 503])
def test_a_front_that_refuses_the_old_address_does_not_hide_the_new_one(
    httpserver: HTTPServer, client_of: Clients, status: int
) -> None:
    httpserver.expect_request("/auth" + TOKEN).respond_with_data("<html>403</html>", status=status)
    httpserver.expect_request(TOKEN).respond_with_json({"access_token": "t"})
    assert Keycloak(client_of(), "client", "secret").headers() == {"Authorization": "Bearer t"}
    assert len(httpserver.log) <= 3


def test_a_person_signs_on_by_a_client_without_a_secret(httpserver: HTTPServer, client_of: Clients) -> None:
    forms: list[dict[str, str]] = []

    def answer(request: Request) -> Response:
        forms.append(request.form.to_dict())
        assert "Authorization" not in request.headers
        return Response(json.dumps({"access_token": f"t{len(forms)}", "expires_in": 0, "refresh_token": "r"}))

    httpserver.expect_request("/auth" + TOKEN.replace("digo", "tinh")).respond_with_handler(answer)
    sign_on = Keycloak(client_of(), "web", username="canbo", password="mat-khau", realm="tinh")
    assert sign_on.headers() == {"Authorization": "Bearer t1"}
    # The second time by what the first left behind.
    assert sign_on.headers() == {"Authorization": "Bearer t2"}
    assert forms == [
        {"grant_type": "password", "username": "canbo", "password": "mat-khau", "client_id": "web"},
        {"grant_type": "refresh_token", "refresh_token": "r", "client_id": "web"},
    ]


def test_what_can_no_longer_be_refreshed_is_signed_on_anew(httpserver: HTTPServer, client_of: Clients) -> None:
    def answer(request: Request) -> Response:
        if request.form["grant_type"] == "refresh_token":
            return Response(json.dumps({"error": "invalid_grant"}), status=400)
        return Response(json.dumps({"access_token": "t", "expires_in": 0, "refresh_token": "r"}))

    httpserver.expect_request("/auth" + TOKEN).respond_with_handler(answer)
    sign_on = Keycloak(client_of(), "web", "secret")
    assert [sign_on.headers() for _ in range(2)] == [{"Authorization": "Bearer t"}] * 2


def test_a_whole_address_is_asked_as_it_is_given(httpserver: HTTPServer, client_of: Clients) -> None:
    httpserver.expect_request("/sso/oauth2/token").respond_with_json({"access_token": "t"})
    sign_on = Keycloak(client_of(), "client", "secret", token_url=httpserver.url_for("/sso/oauth2/token"))
    assert sign_on.headers() == {"Authorization": "Bearer t"}
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("error", "description", "words"),
    [
        ("invalid_grant", "Invalid user credentials", "PORTAL_PASSWORD"),
        ("unauthorized_client", "Client not allowed for direct access grants", "PORTAL_CLIENT_ID"),
        ("invalid_scope", "Invalid scopes: dossier", "scope"),
    ],
)
def test_the_words_of_the_sign_on_are_kept_and_say_who_can_mend_it(
    httpserver: HTTPServer, client_of: Clients, error: str, description: str, words: str
) -> None:
    refusal = {"error": error, "error_description": f"{description} (mat-khau-that, 079123456789)"}
    httpserver.expect_request("/auth" + TOKEN).respond_with_json(refusal, status=400)
    with pytest.raises(SourceRefused) as refused:
        Keycloak(client_of(), "web", username="canbo", password="mat-khau-that").headers()
    said = str(refused.value)
    assert f"“{description} (…, …)”" in said
    assert words in said
