"""People whom nobody may find again, and where in an answer they can be planted."""

from collections.abc import Iterator
from typing import Any


PLANTS: tuple[Any, ...] = (
    "Hồ sơ của bà Nguyễn Thị Kín, CCCD 075099001234, ĐT 0912345678, kin@congdan.example",
    "Nguyễn Thị Kín",
    {"fullname": "Nguyễn Thị Kín", "identityNumber": "075099001234"},
    "075099001234",
    "0912345678",
    ["Nguyễn Thị Kín", {"phone": "0912345678"}],
)
SECRETS = ("Thị Kín", "075099001234", "0912345678", "kin@congdan")


def leaves(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from leaves(one, (*place, name))
    if not isinstance(value, dict | list):
        yield place
