"""What an auditor finds in a published folder that he has alone: each tampering is found, and named."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pipelines.cli import main
from tests.support.source import Clock
from warehouse import actions, chain, ledger
from warehouse.database import Database
from warehouse.opening import open_warehouse
from warehouse.published_folder import point_to, signature_of
from warehouse.publishing import publish
from warehouse.reading import Published, sha256_of
from warehouse.signing import Signer, Verifier
from warehouse.verifying import verify


DAY = date(2025, 6, 30)
V1, V2, V3, V4 = (f"mtcl-2025-06-30-{number}" for number in range(1, 5))
Published4 = tuple[Path, Signer]


def publish_figure(warehouse: Database, folder: Path, figure: int, signer: Signer | None) -> Published:
    ledger.set_closing(warehouse, DAY, "r")
    warehouse.query("create or replace table marts.scoreboard as select $1 as actual", [figure])
    return publish(warehouse, folder, run_id="r", closing_date=DAY, keep=3, signer=signer)


def published(folder: Path, signer: Signer | None) -> Path:
    """Four versions, the first of which is pruned."""
    clock = Clock()
    with open_warehouse(folder / "warehouse.duckdb", clock=clock) as warehouse:
        for figure in range(1, 5):
            clock.now += timedelta(days=1)
            publish_figure(warehouse, folder / "published", figure, signer)
    return folder / "published"


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer(Ed25519PrivateKey.generate())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, signer: Signer) -> Path:
    return published(tmp_path_factory.mktemp("signed"), signer)


def opened_copy(made: Path, folder: Path) -> Path:
    """In which whoever tampers may write."""
    copy = folder / "copy"
    shutil.copytree(made, copy, symlinks=True)
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o700)
    return copy


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return opened_copy(made, tmp_path)


def test_a_folder_that_nobody_has_touched_is_whole(made: Path, signer: Signer) -> None:
    found = verify(made, signer.verifier, sha256_of(made / f"{V2}.json"))
    assert (found.links, found.versions, found.signed, found.findings) == (4, 3, 4, [])
    assert found.is_whole
    assert found.digest == sha256_of(made / f"{V4}.json")
    assert json.loads((made / f"{V2}.json").read_bytes())["previous"] == sha256_of(made / "manifests" / f"{V1}.json")


def test_a_signature_can_be_checked_with_the_key_that_lies_in_the_folder(made: Path, signer: Signer) -> None:
    found = verify(made)
    assert found.is_whole
    assert signer.verifier.fingerprint in found.notes[0]
    (pem,) = (made / "keys").iterdir()
    assert Verifier.read(pem).has_signed(
        signature_of(made / f"{V4}.json").read_bytes(), (made / f"{V4}.json").read_bytes()
    )


def rewritten(file: Path, **changes: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_bytes()) | changes), encoding="utf-8")


def figure_changed(folder: Path, version: str = V4) -> None:
    with duckdb.connect(str(folder / f"{version}.duckdb")) as connection:
        connection.execute("update marts.scoreboard set actual = 100")


def byte_changed(folder: Path) -> None:
    file = folder / f"{V3}.duckdb"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def figure_and_manifest_changed(folder: Path) -> None:
    figure_changed(folder)
    rewritten(folder / f"{V4}.json", file_sha256=sha256_of(folder / f"{V4}.duckdb"))


def table_added(folder: Path) -> None:
    with duckdb.connect(str(folder / f"{V4}.duckdb")) as connection:
        connection.execute("create table marts.praise as select 1 as one")


def signed_by_another(folder: Path) -> None:
    other = Signer(Ed25519PrivateKey.generate())
    file = folder / f"{V4}.json"
    rewritten(file, signed_by=other.verifier.fingerprint)
    chain.put(folder / "keys" / f"{other.verifier.fingerprint}.pem", other.verifier.pem)
    signature_of(file).write_bytes(other.sign(file.read_bytes()))


def forged(folder: Path) -> None:
    """A version of one's own at the end of the chain, without the key."""
    forgery = "mtcl-2025-07-01-1"
    shutil.copyfile(folder / f"{V4}.duckdb", folder / f"{forgery}.duckdb")
    shutil.copyfile(folder / f"{V4}.json", folder / f"{forgery}.json")
    previous = sha256_of(folder / f"{V4}.json")
    rewritten(folder / f"{forgery}.json", version=forgery, sequence=5, previous=previous, signed_by=None)
    point_to(folder / f"{forgery}.duckdb")


TAMPERINGS: list[tuple[Callable[[Path], object], str, str]] = [
    (byte_changed, f"{V3}.duckdb", "nội dung tệp khác"),
    (figure_changed, f"{V4}: marts.scoreboard", "nội dung bảng khác"),
    (figure_and_manifest_changed, f"{V4}.json", "chữ ký không có hoặc không khớp"),
    (table_added, f"{V4}: marts.praise", "bảng không có trong bản kê"),
    (lambda folder: rewritten(folder / "manifests" / f"{V1}.json", run_id="x"), f"{V1}.json", "bản kê bị sửa"),
    (lambda folder: (folder / "manifests" / f"{V1}.json").unlink(), f"{V2}.json", "thiếu bản kê số 1"),
    (lambda folder: (folder / f"{V3}.json").unlink(), f"{V4}.json", "thiếu bản kê số 3"),
    (lambda folder: (folder / f"{V3}.duckdb").unlink(), f"{V3}.duckdb", "thiếu tệp"),
    (
        lambda folder: shutil.copyfile(folder / f"{V2}.duckdb", folder / f"{V4}.duckdb"),
        f"{V4}.duckdb",
        "nội dung tệp khác",
    ),
    (lambda folder: point_to(folder / f"{V2}.duckdb"), "mtcl.duckdb", "không chỉ đến bản công bố mới nhất"),
    (lambda folder: signature_of(folder / f"{V2}.json").unlink(), f"{V2}.json", "chữ ký không có"),
    (signed_by_another, f"{V4}.json", "không phải khóa công khai đã biết"),
    (forged, "mtcl-2025-07-01-1.json", "không ký, trong khi các bản trước có ký"),
    (lambda folder: (folder / f"{V2}.json").write_bytes(b""), f"{V2}.json", "không đọc được"),
]


@pytest.mark.parametrize(("tamper", "name", "what"), TAMPERINGS)
def test_a_tampering_is_found_and_named(
    folder: Path, signer: Signer, tamper: Callable[[Path], object], name: str, what: str
) -> None:
    tamper(folder)
    findings = verify(folder, signer.verifier).findings
    assert [one for one in findings if one.name == name and what in one.what], findings


def test_a_folder_cut_at_its_end_shows_against_the_printed_digest(folder: Path, signer: Signer) -> None:
    printed = sha256_of(folder / f"{V4}.json")
    for ending in ("duckdb", "json", "json.sig"):
        (folder / f"{V4}.{ending}").unlink()
    point_to(folder / f"{V3}.duckdb")
    assert verify(folder, signer.verifier).is_whole
    assert verify(folder, signer.verifier, printed).findings[0].name == printed


def test_without_a_key_nothing_is_signed_and_that_is_said(tmp_path: Path, signer: Signer) -> None:
    folder = published(tmp_path, None)
    found = verify(folder)
    assert (found.is_whole, found.signed, len(found.notes)) == (True, 0, 1)
    assert "Không bản nào được ký" in found.notes[0]
    assert "không bản nào có chữ ký" in verify(folder, signer.verifier).findings[0].what


def test_a_withdrawal_is_a_link_and_the_next_publication_follows_it(tmp_path: Path, signer: Signer) -> None:
    clock = Clock()
    folder = tmp_path / "published"
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=clock) as warehouse:
        first, second = (publish_figure(warehouse, folder, figure, signer) for figure in (1, 2))
        chain.withdraw(warehouse, folder, second.version, "Đồng hồ máy sai", signer)
        point_to(first.path)
        assert verify(folder, signer.verifier).findings == []
        third = publish_figure(warehouse, folder, 3, signer)
        found = verify(folder, signer.verifier)
    assert (found.links, found.findings, third.manifest["sequence"]) == (4, [], 4)


def test_the_chain_goes_on_where_the_warehouse_came_back_without_its_memory(tmp_path: Path) -> None:
    folder = published(tmp_path, None)
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=Clock()) as warehouse:
        warehouse.query("delete from ledger.manifests")
        warehouse.query("delete from ledger.publications")
        fifth = publish_figure(warehouse, folder, 5, None)
    assert (fifth.version, fifth.manifest["sequence"]) == ("mtcl-2025-06-30-5", 5)
    assert verify(folder).is_whole


def test_a_manifest_changed_before_the_next_publication_does_not_become_part_of_the_chain(tmp_path: Path) -> None:
    folder = published(tmp_path, None)
    (folder / f"{V4}.json").chmod(0o600)
    rewritten(folder / f"{V4}.json", run_id="x")
    assert verify(folder).is_whole
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=Clock()) as warehouse:
        publish_figure(warehouse, folder, 5, None)
    assert [one.name for one in verify(folder).findings] == [f"{V4}.json"]


def test_a_log_of_actions_that_was_cut_does_not_fit_the_manifests(tmp_path: Path) -> None:
    for action in ("run_started", "closed"):
        actions.record(tmp_path, action)
    ledger_file = tmp_path / "warehouse.duckdb"
    with open_warehouse(ledger_file, clock=Clock()) as warehouse:
        ledger.set_closing(warehouse, DAY, "r")
        told = actions.newest(tmp_path)
        publish(warehouse, tmp_path / "published", run_id="r", closing_date=DAY, actions_sha256=told)
    log = tmp_path / "actions.jsonl"
    assert verify(tmp_path / "published", log=log).is_whole
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    (found,) = verify(tmp_path / "published", log=log).findings
    assert "nhật ký bị cắt" in found.what


def test_an_auditor_asks_with_the_folder_alone(folder: Path, signer: Signer, tmp_path: Path) -> None:
    key = tmp_path / "cong-khai.pem"
    key.write_bytes(signer.verifier.pem)
    nothing_set = dict.fromkeys(os.environ)
    whole = CliRunner(env=nothing_set).invoke(main, ["verify", "--published", str(folder), "--key", str(key)])
    assert (whole.exit_code, whole.output.split(":")[0]) == (0, "NGUYÊN VẸN")
    figure_changed(folder)
    changed = CliRunner(env=nothing_set).invoke(main, ["verify", "--published", str(folder), "--json"])
    told = json.loads(changed.stdout)
    assert (changed.exit_code, told["whole"], told["links"]) == (1, False, 4)
    assert [one["name"] for one in told["findings"]] == [f"{V4}.duckdb", f"{V4}: marts.scoreboard"]
    wrong = CliRunner(env=nothing_set).invoke(
        main, ["verify", "--published", str(folder), "--key", str(folder / f"{V4}.json")]
    )
    assert (wrong.exit_code, "Ed25519" in wrong.output) == (2, True)
