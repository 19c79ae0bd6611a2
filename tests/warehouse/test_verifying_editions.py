"""What a reader of the aggregate edition finds who has its folder alone, and an auditor who has both folders."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pipelines.cli import main
from tests.support.source import Clock
from tests.warehouse.test_verifying import V2, V3, V4, opened_copy, publish_figure, published, rewritten
from warehouse import verifying_editions
from warehouse.opening import open_warehouse
from warehouse.published_folder import signature_of
from warehouse.reading import sha256_of
from warehouse.signing import Signer
from warehouse.verifying import Finding
from warehouse.whole_files import point
from warehouse.withdrawing import withdraw


POINTER = "mtcl-aggregate.duckdb"


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer(Ed25519PrivateKey.generate())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, signer: Signer) -> Path:
    return published(tmp_path_factory.mktemp("home"), signer).parent


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return opened_copy(made, tmp_path)


def told(folder: Path, *words: str) -> tuple[int, dict[str, object]]:
    """As `mtcl verify` says it to somebody who has no settings."""
    done = CliRunner(env=dict.fromkeys(os.environ)).invoke(
        main, ["verify", "--published", str(folder), "--json", *words]
    )
    return done.exit_code, json.loads(done.stdout)


@pytest.mark.parametrize("given", ["", "published", "published-aggregate"])
def test_a_home_and_each_of_its_folders_are_whole(made: Path, signer: Signer, given: str, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(signer.verifier.pem)
    printed = sha256_of(made / "published" / f"{V4}.json")
    code, found = told(made / given, "--key", str(key), "--digest", printed)
    assert (code, found["findings"], found["editions"], found["digest"]) == (0, [], 2, printed)
    assert (found["links"], found["signed"]) == ((0, 2) if "aggregate" in given else (4, 4))


def edition_changed(folder: Path) -> None:
    with duckdb.connect(str(folder / f"{V4}.duckdb")) as connection:
        connection.execute("update data_dictionary.values set label = 'khác'")


def with_its_statement(folder: Path) -> None:
    """Whoever may write there makes the statement fit, and signs with a key of his own."""
    edition_changed(folder)
    file, own = folder / f"{V4}.json", Signer(Ed25519PrivateKey.generate())
    rewritten(file, file_sha256=sha256_of(folder / f"{V4}.duckdb"), tables={}, signed_by=own.verifier.fingerprint)
    (folder / "keys" / f"{own.verifier.fingerprint}.pem").write_bytes(own.verifier.pem)
    signature_of(file).write_bytes(own.sign(file.read_bytes()))


# Where the folder alone shows it, and where it takes the chain.
ALONE, BESIDE = (True, True), (False, True)
TAMPERINGS: list[tuple[Callable[[Path], object], str, str, tuple[bool, bool]]] = [
    (edition_changed, f"{V4}.duckdb", "nội dung tệp khác", ALONE),
    (edition_changed, f"{V4}: data_dictionary.values", "nội dung bảng khác", ALONE),
    (lambda folder: rewritten(folder / f"{V4}.json", sequence=9), f"{V4}.json", "chữ ký", ALONE),
    (with_its_statement, f"{V4}.json", "không khớp bản kê của bản công bố", BESIDE),
    (lambda folder: shutil.copy(folder / f"{V4}.duckdb", folder / "mtcl-x.duckdb"), "mtcl-x.duckdb", "kê", ALONE),
    (lambda folder: (folder / f"{V3}.duckdb").unlink(), f"{V3}.duckdb", "thiếu tệp", ALONE),
    (lambda folder: point(folder / POINTER, f"{V3}.duckdb"), POINTER, "không chỉ đến", ALONE),
    (lambda folder: (folder / POINTER).unlink(), POINTER, "không có con trỏ", ALONE),
    (lambda folder: [file.unlink() for file in folder.glob(f"{V4}.*")], f"{V4}.duckdb", "thiếu ấn bản", BESIDE),
    (shutil.rmtree, f"{V4}.duckdb", "thiếu ấn bản", BESIDE),
]


@pytest.mark.parametrize(("tamper", "name", "what", "shows"), TAMPERINGS)
def test_a_tampering_is_found_and_named(
    home: Path, tamper: Callable[[Path], object], name: str, what: str, shows: tuple[bool, bool]
) -> None:
    folder = home / "published-aggregate"
    tamper(folder)
    whole = home / "published"
    found = [verifying_editions.verify(folder, published=beside).findings for beside in (None, whole)]
    assert tuple(any(one.name == name and what in one.what for one in findings) for findings in found) == shows, found


def test_of_a_home_it_is_said_in_which_folder(home: Path) -> None:
    edition_changed(home / "published-aggregate")
    code, found = told(home)
    assert (code, found["whole"], found["links"], found["versions"]) == (1, False, 4, 3)
    names = [one["name"] for one in found["findings"]]  # type: ignore[attr-defined]  # JSON
    assert names == [f"published-aggregate/{V4}.duckdb", f"published-aggregate/{V4}: data_dictionary.values"]


def test_what_was_published_before_there_were_statements_is_held_against_the_chain(home: Path) -> None:
    folder, whole = home / "published-aggregate", home / "published"
    for file in folder.glob("*.json*"):
        file.unlink()
    assert verifying_editions.verify(folder, published=whole).findings == []
    edition_changed(folder)
    assert verifying_editions.verify(folder, published=whole).findings[0] == Finding(
        f"{V4}.duckdb", "nội dung tệp khác với bản kê"
    )
    assert not verifying_editions.verify(folder).is_whole


def test_a_withdrawn_edition_is_gone_and_what_is_left_is_whole(tmp_path: Path, signer: Signer) -> None:
    folder, clock = tmp_path / "published", Clock()
    edition = tmp_path / "published-aggregate"
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=clock) as warehouse:
        for figure in range(1, 4):
            clock.now += timedelta(days=1)
            publish_figure(warehouse, folder, figure, signer)
        for taken_back, left in ((V3, [V2]), (V2, [])):
            withdraw(warehouse, folder, taken_back, "Đồng hồ máy sai", signer=signer)
            assert [file.stem for file in edition.glob("mtcl-2*.duckdb")] == left
            assert verifying_editions.verify(edition, signer.verifier, published=folder).findings == []
