"""The single sign-on in front of iGate (protocols B.6.1): client credentials in, a bearer token out."""

import time
from collections.abc import Callable

import msgspec

from connectors.errors import SourceChanged, SourceError, SourceRefused
from connectors.http import HttpClient


class Token(msgspec.Struct):
    access_token: str
    expires_in: float | None = None


# Where the answer does not say how long a token lives.
SHORT_LIFE = 60.0
# A token is renewed this long before its end, or at a tenth of its life where that is shorter.
SAFETY_SECONDS = 30.0
REALM_PATH = "realms/digo/protocol/openid-connect/token"
NOT_HERE = (404, 405)

decode_token = msgspec.json.Decoder(Token, strict=False).decode


class Keycloak:
    """Hands out `Authorization` headers; `http.base_url` is what stands before `/realms`, with or without `/auth`."""

    def __init__(
        self,
        http: HttpClient,
        client_id: str,
        client_secret: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        # Bytes, for a secret may hold what the client library cannot write by itself.
        self._credentials = (client_id.encode(), client_secret.encode())
        self._monotonic = monotonic
        self._token: str | None = None
        self._renew_at = 0.0
        # Both generations of addresses exist; the one that answers is kept.
        root = http.base_url.removesuffix("/auth")
        self._addresses = [f"{root}/auth/{REALM_PATH}", f"{root}/{REALM_PATH}"]

    def headers(self) -> dict[str, str]:
        """Raises SourceRefused when the sign-on does not accept the client, SourceChanged when it is another page."""
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
        life = token.expires_in if token.expires_in is not None else SHORT_LIFE
        self._renew_at = asked_at + life - min(SAFETY_SECONDS, life * 0.1)

    def _ask(self) -> Token:
        refused: SourceError | None = None
        for address in self._addresses:
            try:
                token = self._token_at(address)
            except SourceChanged as error:
                refused = error
            except SourceRefused as error:
                if error.status not in NOT_HERE:
                    raise
                # A page that is there says more than one that is not.
                refused = refused or error
            else:
                self._addresses = [address]
                return token
        assert refused is not None
        raise refused

    def _token_at(self, address: str) -> Token:
        found: list[Token] = []

        def read(body: bytes) -> None:
            found[:] = [self._http.decoded(body, REALM_PATH, decode_token)]

        form = {"grant_type": "client_credentials"}
        headers = {"Accept": "application/json"}
        try:
            self._http.post(address, data=form, auth=self._credentials, headers=headers, read=read)
        except SourceRefused as error:
            raise SourceRefused("portal", f"đăng nhập không được (mã HTTP {error.status})", error.status) from None
        return found[0]

    def __repr__(self) -> str:
        return f"Keycloak({self._http!r})"
