"""What a home is: whose data it holds, by which key, and whether they are invented (design, rule 16).

Kept in the warehouse, where every change stays, and on a card beside it, which outlives a warehouse that is lost.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from warehouse import access
from warehouse.database import Database
from warehouse.migrations import newest_migration
from warehouse.whole_files import put


CARD = "identity.json"
REHEARSAL = "THỬ NGHIỆM: số liệu giả định, không phải số liệu thật của cơ quan"


@dataclass(frozen=True)
class Identity:
    """`addresses`: setting → hash of its address; `key`: salt and fingerprint of the key for pseudonyms.

    `schema`: the newest migration of the software that wrote last.
    """

    org_code: str
    is_rehearsal: bool = False
    addresses: dict[str, str] = field(default_factory=dict)
    key: str | None = None
    schema: str = field(default_factory=newest_migration)


def read(text: str) -> Identity | None:
    """None for what is no identity: empty, cut, of another form."""
    try:
        found = Identity(**json.loads(text))
    except (ValueError, TypeError):
        return None
    is_sound = isinstance(found.addresses, dict) and isinstance(found.org_code, str) and isinstance(found.schema, str)
    return found if is_sound else None


def card(home: Path) -> Identity | None:
    """What stands on the card; None where there is none that can be read."""
    try:
        return read((home / CARD).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def kept(database: Database) -> Identity | None:
    """What the warehouse knows; None in one that no run has entered since there are identities."""
    found = database.query("select identity from ledger.identities order by number desc limit 1")
    return read(found[0][0]) if found else None


def keep(database: Database, identity: Identity) -> None:
    """Enters what is new of it, and makes the card and the readers' row say the same."""
    if kept(database) != identity:
        with database.transaction("identity kept"):
            enter(database, identity)
    home = database.path.parent
    if card(home) != identity:
        write_card(home, identity)


def enter(database: Database, identity: Identity) -> None:
    """In the warehouse, within a transaction."""
    database.query(
        "insert into ledger.identities select coalesce(max(number), 0) + 1, $1, $2 from ledger.identities",
        [database.clock(), json.dumps(asdict(identity), ensure_ascii=False)],
    )
    database.query("delete from reference.home")
    database.query(
        "insert into reference.home values ($1, $2)",
        [identity.is_rehearsal, REHEARSAL if identity.is_rehearsal else None],
    )


def write_card(home: Path, identity: Identity) -> None:
    put(home / CARD, json.dumps(asdict(identity), ensure_ascii=False, indent=2).encode(), access.PRIVATE_FILE)
