"""The single sign-on in front of iGate (protocols B.6.1): client credentials in, a bearer token out."""

import time
from collections.abc import Callable

import msgspec

from connectors.errors import SourceRefused
from connectors.http import HttpClient


class Token(msgspec.Struct):
    access_token: str
    expires_in: float = 60.0


# A token is renewed this long before its end, or at a tenth of its life where that is shorter.
SAFETY_SECONDS = 30.0
REALM_PATH = "realms/digo/protocol/openid-connect/token"


class Keycloak:
    """Hands out `Authorization` headers; `http.base_url` is what stands before `/realms` or `/auth/realms`."""

    def __init__(
        self,
        http: HttpClient,
        client_id: str,
        client_secret: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._credentials = (client_id, client_secret)
        self._monotonic = monotonic
        self._token: str | None = None
        self._renew_at = 0.0
        # Both generations of paths exist; the one that answers is kept.
        self._paths = [f"auth/{REALM_PATH}", REALM_PATH]
        if http.base_url.endswith("/auth"):
            self._paths.reverse()

    def headers(self) -> dict[str, str]:
        """Raises SourceRefused when the sign-on does not accept the client."""
        if self._token is None or self._monotonic() >= self._renew_at:
            self._sign_on()
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self) -> None:
        """The last token was not accepted."""
        self._token = None

    def _sign_on(self) -> None:
        asked_at = self._monotonic()
        token = self._ask()
        self._token = token.access_token
        life = token.expires_in
        self._renew_at = asked_at + life - min(SAFETY_SECONDS, life * 0.1)

    def _ask(self) -> Token:
        for path in list(self._paths):
            try:
                body = self._http.post(
                    path,
                    data={"grant_type": "client_credentials"},
                    auth=self._credentials,
                    headers={"Accept": "application/json"},
                    read=lambda body, path=path: self._decoded(body, path),
                ).body
            except SourceRefused as error:
                if error.status in (404, 405) and path != self._paths[-1]:
                    continue
                raise SourceRefused("portal", f"đăng nhập không được (mã HTTP {error.status})", error.status) from None
            self._paths = [path]
            return self._decoded(body, path)
        raise AssertionError("the loop returns or raises")

    def _decoded(self, body: bytes, path: str) -> Token:
        decoder = msgspec.json.Decoder(Token, strict=False)
        token: Token = self._http.decoded(body, path, decoder.decode)
        return token

    def __repr__(self) -> str:
        return f"Keycloak({self._http!r})"
