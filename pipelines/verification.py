"""`mtcl verify`: for an auditor who has a folder of publications or of an edition alone, without home and settings."""

import json
import os
import sys
from pathlib import Path

import click

from pipelines.surroundings import settings_of
from warehouse import actions, verifying, verifying_editions
from warehouse.aggregate import edition as aggregate
from warehouse.records import edition as records
from warehouse.signing import Verifier, WrongKey
from warehouse.verifying import Finding, Verification


PUBLISHED = "published"
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help="Kiểm tra thư mục công bố có nguyên vẹn không: chuỗi bản kê, chữ ký, mã băm của từng tệp và từng bảng."
    " Mã kết thúc: 0 nguyên vẹn, 1 có chỗ khác (nêu tên), 2 gõ sai."
)
@click.option(
    "--published",
    type=FOLDER,
    help="Thư mục công bố, thư mục một ấn bản, hoặc thư mục chứa cả hai; mặc định là của MTCL_HOME.",
)
@click.option("--key", type=FILE, help="Tệp PEM khóa công khai mà cơ quan cho biết; mọi chữ ký phải là của khóa này.")
@click.option("--digest", help="Mã băm bản kê ghi ở trang 1 của báo cáo: phải là của một bản trong thư mục.")
@click.option("--log", type=FILE, help="Nhật ký thao tác (actions.jsonl); mặc định là của MTCL_HOME.")
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON.")
def verify(published: Path | None, key: Path | None, digest: str | None, log: Path | None, as_json: bool) -> None:
    if published is None:
        run = settings_of(dict(os.environ)).run
        published, own = run.home, run.home / actions.FILE
        log = log or (own if own.exists() else None)
    try:
        verifier = Verifier.read(key) if key else None
    except WrongKey as error:
        raise click.BadParameter(str(error)) from error
    found = verified(published, verifier, digest, log)
    if as_json:
        click.echo(json.dumps(plain(found), ensure_ascii=False))
    else:
        told(found)
    sys.exit(0 if found.is_whole else 1)


def verified(folder: Path, key: Verifier | None, digest: str | None, log: Path | None) -> Verification:
    """Of a folder of publications, of an edition, or of a home that holds both."""
    if verifying_editions.pointer_of(folder):
        return verifying_editions.verify(folder, key, digest)
    whole = folder / PUBLISHED if (folder / PUBLISHED).is_dir() else folder
    found = verifying.verify(whole, key, digest, log)
    for kind in (aggregate, records):
        edition = whole.with_name(kind.FOLDER.format(whole.name))
        # The aggregate one must be beside the publications of a home; what else there is, is looked at where it may be.
        if (whole != folder and kind is aggregate) or os.access(edition, os.R_OK | os.X_OK):
            join(found, verifying_editions.verify(edition, key, published=whole), edition.name)
    return found


def join(found: Verification, edition: Verification, name: str) -> None:
    found.editions += edition.editions
    found.findings += [Finding(f"{name}/{one.name}", one.what) for one in edition.findings]
    found.notes += [note for note in edition.notes if note not in found.notes]


def plain(found: Verification) -> dict[str, object]:
    return {
        "whole": found.is_whole,
        "links": found.links,
        "signed": found.signed,
        "versions": found.versions,
        "editions": found.editions,
        "digest": found.digest,
        "findings": [one._asdict() for one in found.findings],
        "notes": found.notes,
    }


def told(found: Verification) -> None:
    for one in found.findings:
        click.echo(f"- {one.name}: {one.what}")
    click.echo(
        f"{'NGUYÊN VẸN' if found.is_whole else 'CÓ CHỖ KHÁC'}: {found.links} bản kê trong chuỗi, "
        f"{found.signed} có chữ ký, {found.versions} tệp công bố và {found.editions} tệp ấn bản còn giữ. "
        f"Mã băm của bản kê mới nhất: {found.digest or '—'}"
    )
    for note in found.notes:
        click.echo(note)
