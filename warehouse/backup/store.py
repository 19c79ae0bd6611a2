"""Chunks of files under their SHA-256: what is there already is not written again, and what is read is what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from warehouse import access
from warehouse.damage import HEADERS
from warehouse.whole_files import put


# DuckDB changes whole blocks of this size, so what did not change in a warehouse is a chunk of before.
CHUNK_BYTES = 2**18


class DamagedBackup(Exception):
    """A file of the backup is missing or is not what it was; the message names it."""


class Store:
    """Files are written under another name first and synced before a generation names them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def put(self, chunk: bytes) -> tuple[str, int]:
        """Its name and how many bytes were written: none where the same chunk is there, whole."""
        digest = hashlib.sha256(chunk).hexdigest()
        path = self.path_of(digest)
        # Read, not trusted by its name: what was damaged is written again as long as there is something to write.
        if path.exists() and path.read_bytes() == chunk:
            return digest, 0
        access.make_folder(path.parent, access.PRIVATE_FOLDER)
        put(path, chunk, access.PRIVATE_FILE)
        return digest, len(chunk)

    def get(self, digest: str) -> bytes:
        """Raises DamagedBackup."""
        path = self.path_of(digest)
        try:
            chunk = path.read_bytes()
        except OSError as error:
            raise DamagedBackup(f"Bản sao lưu thiếu tệp {path}") from error
        if hashlib.sha256(chunk).hexdigest() != digest:
            raise DamagedBackup(f"Tệp {path} của bản sao lưu bị hỏng")
        return chunk

    def forget_all_but(self, needed: set[str]) -> None:
        """Removes chunks that no generation needs, and what a killed backup left."""
        for path in self.folder.glob("??/*"):
            if path.name not in needed:
                path.unlink()


def chunks_of(file: Path) -> Iterator[bytes]:
    """The file in order; of a database its headers apart, so that chunks are its blocks."""
    with file.open("rb") as stream:
        if file.suffix == ".duckdb" and (head := stream.read(HEADERS)):
            yield head
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
