"""Whether the settings are those of the home: another set is refused before anything is asked (design, rule 16)."""

import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from pipelines.settings import Settings, SettingsError
from warehouse.database import Database
from warehouse.identity import Identity, card, keep, kept
from warehouse.migrations import NewerHome, newest_migration
from warehouse.opening import open_warehouse


# Costs a guesser 16 MB and some 50 ms a key; the salt is the home's own.
COST, BLOCK = 2**14, 8
LOOPBACK = re.compile(r"localhost|127\.[\d.]+|::1")
REHEARSAL, REAL = "số liệu thử nghiệm", "số liệu thật"


class OtherHome(SettingsError):
    """The home belongs to another set of sources, to another key, or is none for these data."""


def of(settings: Settings, salt: str) -> Identity:
    """What the settings say. Folders are no addresses: what is dropped there may be moved."""
    addresses = {
        name: address(text)
        for own in settings.sources.values()
        for name, text in own.items()
        if name.endswith("_URL") and not name.startswith("LGSP_")
    }
    key = fingerprint(settings.keys, salt) if settings.sources and settings.keys else None
    return Identity(settings.run.org_code, settings.is_rehearsal, dict(sorted(addresses.items())), key)


def address(url: str) -> str:
    """Its hash. The scheme says how it is reached, and on this machine so does all else: neither says who answers."""
    parts = urlsplit(url)
    is_here = LOOPBACK.fullmatch(parts.hostname or "")
    told = "loopback" if is_here else f"{parts.hostname}:{parts.port or ''}{parts.path.rstrip('/')}?{parts.query}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def fingerprint(keys: Sequence[str], salt: str) -> str:
    """Of the key in use together with those in whose place it came: pseudonyms are made by all of them."""
    found = hashlib.scrypt("\n".join(keys).encode(), salt=bytes.fromhex(salt), n=COST, r=BLOCK, p=1, dklen=16)
    return f"{salt}:{found.hex()}"


def salt_of(known: Identity | None) -> str:
    return known.key.partition(":")[0] if known and known.key else secrets.token_hex(16)


def differences(known: Identity, told: Identity, has_moved: bool) -> list[str]:
    """What differs, in words and without a value. What only one of the two has does not differ.

    `has_moved`: somebody says that the sources are the same at other addresses.
    """
    found = []
    if known.is_rehearsal != told.is_rehearsal:
        is_, now = (REHEARSAL, REAL) if known.is_rehearsal else (REAL, REHEARSAL)
        found.append(f"thư mục giữ {is_} mà lần này là {now}")
    if known.org_code != told.org_code:
        found.append(f"MTCL_ORG_CODE là {told.org_code} mà thư mục là của {known.org_code}")
    found += [
        f"{name} là địa chỉ khác"
        for name, hashed in told.addresses.items()
        if not has_moved and known.addresses.get(name, hashed) != hashed
    ]
    if known.key and told.key and known.key != told.key:
        found.append(
            "PSEUDONYM_KEY là khóa khác (gõ nhầm, khóa cũ đã thay, thiếu PSEUDONYM_KEY_RETIRED, "
            "hoặc khóa mới mà chưa chạy mtcl rotate-key)"
        )
    return found


def admitted(settings: Settings, known: Identity | None, has_moved: bool = False) -> Identity:
    """What the home is from now on: what it was, and what the settings add. Raises OtherHome, NewerHome."""
    told = of(settings, salt_of(known))
    if known is None:
        return told
    if known.schema > newest_migration():
        raise NewerHome(known.schema)
    refuse(settings, differences(known, told, has_moved))
    return Identity(told.org_code, told.is_rehearsal, {**known.addresses, **told.addresses}, told.key or known.key)


def refuse(settings: Settings, differing: list[str]) -> None:
    """Raises OtherHome where anything differs."""
    if differing:
        raise OtherHome(
            f"Thư mục dữ liệu {settings.run.home} không phải của cấu hình này: {'; '.join(differing)}. "
            "Không hỏi nguồn nào, không ghi gì. Sửa lại cấu hình, hoặc đặt MTCL_HOME sang thư mục khác; "
            "nếu vẫn là nguồn ấy và chỉ địa chỉ đã đổi: mtcl run --moved."
        )


def check(settings: Settings, say: Callable[[str], None], has_moved: bool = False) -> None:
    """Before a run is begun; the warehouse is opened only where there is no card. Raises OtherHome, NewerHome."""
    known = card(settings.run.home)
    if known is None and settings.warehouse.exists():
        with open_warehouse(settings.warehouse, clock=settings.run.clock, tell=say) as database:
            known = kept(database)
    if known is None and settings.is_rehearsal and has_data(settings):
        raise OtherHome(
            f"Thư mục dữ liệu {settings.run.home} đã có số liệu và không phải thư mục thử nghiệm. "
            "Để trống MTCL_HOME, hoặc đặt sang một thư mục trống, để chạy thử."
        )
    found = admitted(settings, known, has_moved)
    if has_moved and known:
        with open_warehouse(settings.warehouse, clock=settings.run.clock, tell=say) as database:
            keep(database, found)


def has_data(settings: Settings) -> bool:
    return settings.warehouse.exists() or settings.run.published.exists()


def is_of_rehearsal(settings: Settings) -> bool:
    """What the settings or the home's card say of its data."""
    known = card(settings.run.home)
    return settings.is_rehearsal or (known is not None and known.is_rehearsal)


def enter(settings: Settings, database: Database) -> None:
    """At the beginning of a run, before anything is asked: the warehouse and its card know whose they are.

    Raises OtherHome, NewerHome.
    """
    known = kept(database)
    # A warehouse begun anew does not make another home of it.
    standing = card(settings.run.home)
    if known is None:
        known = standing
    elif standing is not None:
        admitted(settings, standing)
    keep(database, admitted(settings, known))
