"""A province's gateway before its systems (protocols E.2): who shows the keys gets a token, who has a token gets on."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from dataclasses import replace

from connectors.simulator.keycloak import json_response
from connectors.simulator.transport_faults import Onward
from connectors.simulator.wire import Headers, Request, Response


PREFIX = "/lgsp"
KEYS = {
    "AccessKey": "simulator-access-key",
    "SecretKey": "simulator-secret-key",
    "AppName": "mtcl",
    "PartnerCode": "H19",
    "PartnerCodeCus": "",
}
# Requests that a token is good for.
GOOD_FOR = 500


class Lgsp:
    """Takes `Authorization` for itself; a system's own bearer stands in `X-Authentication-Token`.

    The axis has its own way.
    """

    def __init__(self) -> None:
        self._token = ""
        self._left = 0

    def handle(self, request: Request, onward: Onward) -> Response:
        if not request.path.startswith(f"{PREFIX}/"):
            return onward(request)
        if not self._has_keys(request):
            return json_response({"code": 100, "message": "AUTHEN_ERROR"})
        if request.path == f"{PREFIX}/token":
            self._token, self._left = secrets.token_hex(16), GOOD_FOR
            return json_response({"access_token": self._token, "token_type": "Bearer"})
        if not self._token or request.headers.get("Authorization") != f"Bearer {self._token}" or self._left <= 0:
            return json_response({"message": "Token is not active"}, 401)
        self._left -= 1
        own = request.headers.get("X-Authentication-Token")
        headers = request.headers | ({"authorization": f"Bearer {own}"} if own else {})
        return onward(replace(request, path=request.path.removeprefix(PREFIX), headers=Headers(headers)))

    def _has_keys(self, request: Request) -> bool:
        try:
            return bool(json.loads(base64.b64decode(request.headers.get("lgspaccesstoken"), validate=True)) == KEYS)
        except (binascii.Error, ValueError):
            return False


def environment(settings: dict[str, str], url: str) -> dict[str, str]:
    """The same systems by way of the gateway (contract §2)."""
    behind = {name: value.replace(url, f"{url}{PREFIX}") for name, value in settings.items()}
    return behind | {
        **{f"{wire}_GATEWAY": "lgsp" for wire in ("PORTAL", "PORTAL_SSO", "TTHC", "TTHC_PUBLIC", "SCORES")},
        "AXIS_URL": settings["AXIS_URL"],
        "LGSP_URL": f"{url}{PREFIX}/token",
        "LGSP_ACCESS_KEY": KEYS["AccessKey"],
        "LGSP_SECRET_KEY": KEYS["SecretKey"],
        "LGSP_APP_NAME": KEYS["AppName"],
        "LGSP_PARTNER_CODE": KEYS["PartnerCode"],
    }
