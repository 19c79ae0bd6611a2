"""The settings of the door: by which names browsers call us, the secret shared with the proxy, a token on loopback."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


NAMES = ("MTCL_SERVE_HOSTS", "MTCL_SERVE_SECRET", "MTCL_UI_TOKEN")
# A name or an address, without scheme, port or path: what stands in the header Host.
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
SHORTEST = 32


class WrongDoor(Exception):
    """The message names the variable and never shows its value."""


@dataclass(frozen=True)
class DoorSettings:
    """`hosts` and `secret` are empty where nothing is served behind a proxy."""

    hosts: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)
    asks_token: bool = False


def door(given: Mapping[str, str]) -> DoorSettings:
    """Raises WrongDoor."""
    hosts = tuple(filter(None, re.split(r"[,;\s]+", given.get("MTCL_SERVE_HOSTS", "").lower())))
    if not all(HOST.fullmatch(host) for host in hosts):
        raise WrongDoor(
            "Biến MTCL_SERVE_HOSTS không hợp lệ: phải là các tên máy cách nhau bằng dấu phẩy, không có http:// và cổng."
        )
    secret = given.get("MTCL_SERVE_SECRET", "")
    if secret and len(secret) < SHORTEST:
        raise WrongDoor(f"Biến MTCL_SERVE_SECRET không hợp lệ: phải có ít nhất {SHORTEST} ký tự.")
    token = given.get("MTCL_UI_TOKEN", "0")
    if token not in ("0", "1"):
        raise WrongDoor("Biến MTCL_UI_TOKEN không hợp lệ: phải là 0 hoặc 1.")
    return DoorSettings(hosts, secret, token == "1")  # noqa: S105 - a switch
