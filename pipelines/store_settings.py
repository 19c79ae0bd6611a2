"""Where results go besides the home: nowhere, or to a lake that several organisations share (docs/scale.md)."""

from collections.abc import Mapping
from pathlib import Path

from warehouse.shared_store import SharedStore


STORES = ("file", "ducklake")
NEEDED = ("LAKE_CATALOG", "LAKE_DATA", "LAKE_PYTHON")
NAMES = (
    "STORE",
    *NEEDED,
    "LAKE_PASSWORD",
    "LAKE_RAW",
    "LAKE_S3_ENDPOINT",
    "LAKE_S3_KEY_ID",
    "LAKE_S3_SECRET",
)


class WrongStore(Exception):
    """The message names what is missing or without effect, and shows no value."""


def store(given: Mapping[str, str]) -> SharedStore | None:
    """None: files of the home alone. Raises WrongStore."""
    if given.get("STORE", STORES[0]) not in STORES:
        raise WrongStore(f"Biến STORE không hợp lệ: phải là {' hoặc '.join(STORES)}.")
    own = {name: given[name] for name in NAMES if name in given and name != "STORE"}
    if given.get("STORE", STORES[0]) == STORES[0]:
        if own:
            raise WrongStore(f"Đã khai báo {', '.join(own)} nhưng STORE không phải ducklake nên không có tác dụng.")
        return None
    missing = [name for name in NEEDED if name not in own]
    if missing:
        raise WrongStore(f"STORE=ducklake cần thêm {', '.join(missing)}: xem docs/scale.md mục 4.")
    if not Path(own["LAKE_PYTHON"]).is_file():
        raise WrongStore("Biến LAKE_PYTHON không hợp lệ: không có tệp đó; môi trường của kho chung: make lake.")
    if own.get("LAKE_RAW", "0") not in ("0", "1"):
        raise WrongStore("Biến LAKE_RAW không hợp lệ: phải là 0 hoặc 1.")
    environment = {name: own[name] for name in own if name not in ("LAKE_PYTHON", "LAKE_RAW", "LAKE_PASSWORD")}
    if "LAKE_PASSWORD" in own:
        environment["PGPASSWORD"] = own["LAKE_PASSWORD"]
    return SharedStore(Path(own["LAKE_PYTHON"]), environment, own.get("LAKE_RAW") == "1")
