"""The single sign-on in front of iGate: client credentials in, a signed token with an end out."""

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
    """Realm `digo`: both the old path under /auth and the new one without it."""

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        expires_in: int = 300,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.client_id = client_id
        self.client_secret = client_secret
        self.expires_in = expires_in
        self._clock = clock
        self._session = 0
        self._key = hashlib.sha256(f"realm digo/{client_secret}".encode()).digest()

    def handle(self, request: Request) -> Response:
        """The token endpoint."""
        if request.path not in TOKEN_PATHS:
            return json_response({"error": "RESTEASY003210: Could not find resource"}, 404)
        if request.method != "POST":
            return json_response({"error": "HTTP 405 Method Not Allowed"}, 405)
        form = parse_qs(request.body.decode("utf-8", "replace"))
        if form.get("grant_type") != ["client_credentials"]:
            return self._refuse(400, "unsupported_grant_type", "Unsupported grant_type")
        if self._credentials(request) != (self.client_id, self.client_secret):
            return self._refuse(401, "unauthorized_client", "Invalid client secret")
        return json_response(
            {
                "access_token": self._token(),
                "expires_in": self.expires_in,
                "refresh_expires_in": 0,
                "token_type": "Bearer",
                "not-before-policy": 0,
                "scope": "profile email",
            }
        )

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

    def _token(self) -> str:
        now = self._clock()
        claims = {"exp": now + self.expires_in, "iat": now, "azp": self.client_id}
        signed = f"{_encode({'alg': 'HS256'})}.{_encode({**claims, 'sid': self._session})}"
        return f"{signed}.{self._signature(signed)}"

    def _signature(self, signed: str) -> str:
        digest = hmac.new(self._key, signed.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def _credentials(self, request: Request) -> tuple[str, str]:
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
