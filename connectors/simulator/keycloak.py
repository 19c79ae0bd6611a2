"""The single sign-on in front of iGate: a client or a person in, a signed token with an end out."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from urllib.parse import parse_qs

from connectors.simulator.wire import Request, Response


TOKEN_PATHS = (
    "/auth/realms/digo/protocol/openid-connect/token",
    "/realms/digo/protocol/openid-connect/token",
)


def json_response(value: object, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body, {"Content-Type": "application/json;charset=UTF-8"})


def _encode(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


class Keycloak:
    """Realm `digo`: both the old path under /auth and the new one without it.

    With a `person` (name, password) only people sign on, by the public client of that id, and their tokens are
    refreshed (protocols E.3).
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        expires_in: int = 300,
        clock: Callable[[], float] = time.time,
        person: tuple[str, str] | None = None,
    ) -> None:
        self.client_id = client_id
        self.client_secret = client_secret
        self.expires_in = expires_in
        self.person = person
        self._clock = clock
        self._session = 0
        self._key = hashlib.sha256(f"realm digo/{client_secret}".encode()).digest()

    def handle(self, request: Request) -> Response:
        """The token endpoint."""
        if request.path not in TOKEN_PATHS:
            return json_response({"error": "RESTEASY003210: Could not find resource"}, 404)
        if request.method != "POST":
            return json_response({"error": "HTTP 405 Method Not Allowed"}, 405)
        form = {name: values[0] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
        return self._refused(form, self._credentials(request, form)) or json_response(self._answer())

    def _refused(self, form: dict[str, str], credentials: tuple[str, str]) -> Response | None:
        grant = form.get("grant_type")
        if grant not in (("password", "refresh_token") if self.person else ("client_credentials",)):
            return self._refuse(400, "unsupported_grant_type", "Unsupported grant_type")
        if self.person is None:
            if credentials != (self.client_id, self.client_secret):
                return self._refuse(401, "unauthorized_client", "Invalid client secret")
        elif form.get("client_id") != self.client_id:
            return self._refuse(401, "invalid_client", "Invalid client or Invalid client credentials")
        elif grant == "refresh_token" and not self.accepts(f"Bearer {form.get('refresh_token', '')}"):
            return self._refuse(400, "invalid_grant", "Token is not active")
        elif grant == "password" and (form.get("username"), form.get("password")) != self.person:
            return self._refuse(401, "invalid_grant", "Invalid user credentials")
        return None

    def _answer(self) -> dict[str, object]:
        lasting = {"refresh_token": self._token(6 * self.expires_in)} if self.person else {}
        return {
            "access_token": self._token(self.expires_in),
            "expires_in": self.expires_in,
            "refresh_expires_in": 6 * self.expires_in if self.person else 0,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "scope": "profile email",
            **lasting,
        }

    def accepts(self, authorization: str) -> bool:
        """Whether a header carries a token that is genuine, not withdrawn and not expired."""
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer" or token.count(".") != 2:
            return False
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature, self._signature(signed)):
            return False
        claims = token.split(".")[1]
        payload = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        return bool(payload["exp"] > self._clock() and payload["sid"] == self._session)

    def withdraw_tokens(self) -> None:
        """Every token handed out so far is refused from now on."""
        self._session += 1

    def _token(self, life: int) -> str:
        now = self._clock()
        claims = {"exp": now + life, "iat": now, "azp": self.client_id}
        signed = f"{_encode({'alg': 'HS256'})}.{_encode({**claims, 'sid': self._session})}"
        return f"{signed}.{self._signature(signed)}"

    def _signature(self, signed: str) -> str:
        digest = hmac.new(self._key, signed.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def _credentials(self, request: Request, form: dict[str, str]) -> tuple[str, str]:
        """By the header or, as behind a gateway that holds it, in the form (RFC 6749, section 2.3.1)."""
        if "client_secret" in form:
            return form.get("client_id", ""), form["client_secret"]
        kind, _, encoded = request.headers.get("Authorization").partition(" ")
        if kind.lower() != "basic":
            return "", ""
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return name, secret

    def _refuse(self, status: int, error: str, description: str) -> Response:
        return json_response({"error": error, "error_description": description}, status)
