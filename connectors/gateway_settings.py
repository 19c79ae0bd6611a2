"""Which gateway stands in front of a source: S_GATEWAY, the keys of LGSP, the identifiers of X-Road."""

import re
from collections.abc import Iterable, Mapping

from connectors.gateways import Gateway
from connectors.lgsp import Lgsp
from connectors.transport import WrongTransport, permits
from connectors.xroad import XRoad


KINDS = ("none", "lgsp", "xroad")
LGSP = ("LGSP_URL", "LGSP_ACCESS_KEY", "LGSP_SECRET_KEY", "LGSP_APP_NAME", "LGSP_PARTNER_CODE")
# One LGSP and one subsystem of ours for every address that goes that way.
SHARED = (*LGSP, "LGSP_PARTNER_CODE_CUS", "XROAD_CLIENT")
# Instance, class, member and, of a client, its subsystem; of a service also its code.
PART = r"(?!\.+(?:/|$))[A-Za-z0-9._~%:-]+"
IDENTIFIER = {"client": re.compile(rf"{PART}(/{PART}){{2,3}}"), "service": re.compile(rf"{PART}(/{PART}){{3,4}}")}


def names(wire: str) -> tuple[str, ...]:
    return (f"{wire}_GATEWAY", f"XROAD_SERVICE_{wire}")


def without_effect(wires: Iterable[str], given: Mapping[str, str]) -> dict[str, list[str]]:
    """What is set of a gateway that no address goes by: the setting that would change that → the names."""
    chosen = {wire: given.get(f"{wire}_GATEWAY") for wire in wires}
    set_of = {
        "S_GATEWAY=lgsp": [] if "lgsp" in chosen.values() else [name for name in given if name.startswith("LGSP_")],
        "S_GATEWAY=xroad": [] if "xroad" in chosen.values() else [name for name in given if name == "XROAD_CLIENT"],
    } | {
        f"{wire}_GATEWAY=xroad": [f"XROAD_SERVICE_{wire}"]
        for wire, kind in chosen.items()
        if kind != "xroad" and f"XROAD_SERVICE_{wire}" in given
    }
    return {setting: sorted(names) for setting, names in set_of.items() if names}


def gateway(wire: str, given: Mapping[str, str], allow_http: bool) -> Gateway:
    """Raises WrongTransport."""
    kind = given.get(f"{wire}_GATEWAY", KINDS[0])
    if kind not in KINDS:
        raise WrongTransport(f"{wire}_GATEWAY", f"phải là {', '.join(KINDS)}.")
    if kind == "lgsp":
        url, access_key, secret_key, app_name, partner_code = (needed(wire, given, name) for name in LGSP)
        if not url.startswith(("http://", "https://")) or not permits(url, allow_http):
            raise WrongTransport("LGSP_URL", f"phải là địa chỉ https:// (http:// chỉ khi {wire}_ALLOW_HTTP=1).")
        return Lgsp(wire, url, access_key, secret_key, app_name, partner_code, given.get("LGSP_PARTNER_CODE_CUS", ""))
    if kind == "xroad":
        client, service = (needed(wire, given, name) for name in ("XROAD_CLIENT", f"XROAD_SERVICE_{wire}"))
        if not IDENTIFIER["client"].fullmatch(client):
            raise WrongTransport("XROAD_CLIENT", "phải có dạng VN/GOV/mã thành viên/hệ thống con.")
        if not IDENTIFIER["service"].fullmatch(service):
            raise WrongTransport(f"XROAD_SERVICE_{wire}", "phải có dạng VN/GOV/mã thành viên/hệ thống con/dịch vụ.")
        return XRoad(wire, client, service)
    return Gateway()


def needed(wire: str, given: Mapping[str, str], name: str) -> str:
    if not given.get(name):
        raise WrongTransport(name, f"chưa khai báo mà {wire}_GATEWAY={given[f'{wire}_GATEWAY']} cần đến.")
    return given[name]
