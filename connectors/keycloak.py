"""The single sign-on in front of iGate (protocols B.6.1, E.3): who one is goes in, a bearer token comes out."""

import time
from collections.abc import Callable
from typing import Any

import msgspec

from connectors import own_words
from connectors.errors import SourceError, SourceRefused
from connectors.gateways import restated
from connectors.http import HttpClient


class Token(msgspec.Struct):
    access_token: str
    expires_in: float | None = None
    refresh_token: str | None = None


class Refusal(msgspec.Struct):
    """How an OAuth 2 server says no (RFC 6749, section 5.2)."""

    error: str = ""
    error_description: str = ""


# Where the answer does not say how long a token lives.
SHORT_LIFE = 60.0
# A token is renewed this long before its end, or at a tenth of its life where that is shorter.
SAFETY_SECONDS = 30.0
# Of VNPT's installations, as public clients name it.
REALM = "digo"
PATH = "realms/{realm}/protocol/openid-connect/token"
NOT_HERE = (404, 405)
# Of two attempts at the sign-on, a busy front is not asked eight times each.
ATTEMPTS = 2
KEEPER = "với đơn vị quản lý máy đăng nhập."
WHO = {
    "invalid_client": f"Kiểm tra PORTAL_CLIENT_ID và PORTAL_CLIENT_SECRET {KEEPER}",
    "unauthorized_client": f"Kiểm tra PORTAL_CLIENT_ID, PORTAL_CLIENT_SECRET và quyền dùng cách đăng nhập này {KEEPER}",
    "invalid_grant": f"Kiểm tra PORTAL_USERNAME và PORTAL_PASSWORD {KEEPER}",
    "invalid_scope": "Đề nghị đơn vị quản lý máy đăng nhập cấp phạm vi (scope) cho ứng dụng khách.",
}
NO_REALM = f"Kiểm tra PORTAL_SSO_URL và PORTAL_REALM (hoặc PORTAL_TOKEN_URL) {KEEPER}"

decode_token = msgspec.json.Decoder(Token, strict=False).decode
decode_refusal = msgspec.json.Decoder(Refusal, strict=False).decode


class Keycloak:
    """Hands out `Authorization` headers; `http.base_url` is what stands before `/realms`, with or without `/auth`.

    With a `username` it signs on as a person (the password grant), by a client that may have no secret. `token_url` is
    the whole address where it is neither of the two known.
    """

    def __init__(
        self,
        http: HttpClient,
        client_id: str,
        client_secret: str = "",
        *,
        username: str = "",
        password: str = "",
        realm: str = REALM,
        token_url: str = "",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._client_id, self._client_secret = client_id, client_secret
        self._username, self._password = username, password
        self._realm = realm
        self._monotonic = monotonic
        self._token: str | None = None
        self._refresh_token: str | None = None
        self._renew_at = 0.0
        # Both generations of addresses exist; the one that answers is kept.
        root, path = http.base_url.removesuffix("/auth"), PATH.format(realm=realm)
        self._addresses = [token_url] if token_url else [f"{root}/auth/{path}", f"{root}/{path}"]

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
        token = self._refreshed() or self._first_that_answers(self._grant())
        self._token, self._refresh_token = token.access_token, token.refresh_token
        life = token.expires_in if token.expires_in is not None else SHORT_LIFE
        self._renew_at = asked_at + life - min(SAFETY_SECONDS, life * 0.1)

    def _grant(self) -> dict[str, str]:
        if self._username:
            return {"grant_type": "password", "username": self._username, "password": self._password}
        return {"grant_type": "client_credentials"}

    def _refreshed(self) -> Token | None:
        """None where there is nothing to refresh, or it is no longer accepted."""
        refresh, self._refresh_token = self._refresh_token, None
        if not refresh:
            return None
        try:
            return self._token_at(
                self._addresses[0], {"grant_type": "refresh_token", "refresh_token": refresh}, ATTEMPTS
            )
        except SourceError:
            return None

    def _first_that_answers(self, grant: dict[str, str]) -> Token:
        """Of two addresses, a page, a refusal or a fault at one says little as long as the other answers."""
        refused: SourceError | None = None
        attempts = ATTEMPTS if len(self._addresses) > 1 else None
        for address in self._addresses:
            try:
                token = self._token_at(address, grant, attempts)
            except SourceError as error:
                if refusal_of(error).error and error.status not in NOT_HERE:
                    # The sign-on itself has spoken; of an address that it does not know it speaks in the same form.
                    raise
                # A page that is there says more than one that is not.
                refused = error if refused is None or refused.status in NOT_HERE else refused
            else:
                self._addresses = [address]
                return token
        assert refused is not None
        raise refused

    def _token_at(self, address: str, grant: dict[str, str], attempts: int | None) -> Token:
        found: list[Token] = []

        def read(body: bytes) -> None:
            found[:] = [self._http.decoded(body, PATH.format(realm=self._realm), decode_token)]

        options: dict[str, Any] = {"data": grant | {"client_id": self._client_id}}
        if self._client_secret and self._http.gateway.takes_authorization:
            options["data"] |= {"client_secret": self._client_secret}
        elif self._client_secret:
            # Bytes, for a secret may hold what the client library cannot write by itself.
            options = {"data": grant, "auth": (self._client_id.encode(), self._client_secret.encode())}
        try:
            self._http.post(address, headers={"Accept": "application/json"}, read=read, attempts=attempts, **options)
        except SourceRefused as error:
            raise self._told(error) from None
        return found[0]

    def _told(self, error: SourceRefused) -> SourceRefused:
        """In whose power it is to mend a refused login, with the sign-on's own words."""
        refusal = refusal_of(error)
        if error.status == 404:
            return restated(error, "máy chủ không có realm hoặc địa chỉ đăng nhập này", NO_REALM)
        if error.status is None or error.status < 400 or error.status in NOT_HERE:
            return error
        if self._http.gateway.name and not refusal.error:
            # The gateway in front has spoken, and said who can mend it.
            return error
        secrets = (self._client_secret, self._password)
        said = own_words.told(refusal.error_description or refusal.error, secrets)
        what = f"đăng nhập không được (mã HTTP {error.status})" + (f": {said}" if said else "")
        told = SourceRefused(error.source, what, error.status, advice=WHO.get(refusal.error))
        told.body = error.body
        return told

    def __repr__(self) -> str:
        return f"Keycloak({self._http!r})"


def refusal_of(error: SourceError) -> Refusal:
    """Empty where the answer is not one of the sign-on."""
    try:
        return decode_refusal(error.body)
    except msgspec.MsgspecError:
        return Refusal()
