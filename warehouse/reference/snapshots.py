"""The reference files of every version that was ever loaded, so that figures of then can be computed again."""

import hashlib

from warehouse.database import Database
from warehouse.reference.reading import FILES, ReferenceDataError, Texts, texts_of


def keep(database: Database, version: str, texts: dict[str, Texts]) -> None:
    """Keeps the files under that version, each text once. Call it in a transaction."""
    if database.query("select 1 from ledger.reference_files where reference_version = $1 limit 1", [version]):
        return
    known = {text_hash for (text_hash,) in database.query("select text_hash from ledger.reference_texts")}
    for name, found in texts.items():
        for position, (file, text) in enumerate(found):
            text_hash = hashlib.sha256(text.encode()).hexdigest()
            if text_hash not in known:
                database.query("insert into ledger.reference_texts values ($1, $2)", [text_hash, text])
                known.add(text_hash)
            database.query(
                "insert into ledger.reference_files values ($1, $2, $3, $4, $5)",
                [version, name, position, file, text_hash],
            )


def kept(database: Database, version: str) -> dict[str, Texts]:
    """The files of a version; one that the product did not have then is today's. Raises ReferenceDataError."""
    found = database.query(
        "select name, file, content from ledger.reference_files inner join ledger.reference_texts using (text_hash)"
        " where reference_version = $1 order by name, position",
        [version],
    )
    if not found:
        raise ReferenceDataError(f"Kho dữ liệu không còn giữ các tệp tham chiếu của phiên bản {version}.")
    texts: dict[str, Texts] = {}
    for name, file, text in found:
        texts.setdefault(name, []).append((file, text))
    return {name: texts.get(name) or texts_of(name) for name in FILES}
