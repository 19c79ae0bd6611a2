"""`mtcl rotate-key`: the home goes over to the key that the settings tell (contract §1)."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace

import click

from connectors.rekeying import rekeyed
from pipelines import identity
from pipelines.identity import OtherHome, fingerprint
from pipelines.settings import Settings
from pipelines.surroundings import WrongSetting, settings_of
from warehouse import actions
from warehouse.database import Database, WarehouseBusy
from warehouse.identity import Identity, keep, kept
from warehouse.migrations import NewerHome
from warehouse.opening import open_warehouse
from warehouse.rekeying import epochs, rekey


class RotationRefused(Exception):
    """The message is for the officer; nothing has been written."""


@dataclass(frozen=True)
class Rotation:
    """`rows`: raw rows that were written over; None where the home had that key already."""

    identity: Identity
    epoch: int
    rows: int | None


@click.command(
    "rotate-key",
    help="Thay khóa ẩn danh: khai báo khóa mới ở PSEUDONYM_KEY, khóa đang dùng ở PSEUDONYM_KEY_RETIRED (biến môi"
    " trường, mtcl.toml hoặc credential), rồi chạy lệnh này một lần. Mã kết thúc: 0 đã thay, 1 không thay được,"
    " 2 cấu hình sai.",
)
def rotate_key() -> None:
    settings = settings_of(dict(os.environ))
    if not settings.warehouse.exists():
        raise click.ClickException(f"Không có kho dữ liệu {settings.warehouse}.")
    try:
        with open_warehouse(settings.warehouse, clock=settings.run.clock, tell=warned) as database:
            done = rotated(settings, database)
    except (RotationRefused, OtherHome, NewerHome) as error:
        raise WrongSetting(str(error)) from error
    except WarehouseBusy as error:
        raise click.ClickException(str(error)) from error
    if done.rows is None:
        click.echo("Kho đã dùng khóa này; không có gì phải thay.")
        return
    actions.record(settings.run.home, "key rotated", epoch=done.epoch, fingerprint=done.identity.key, rows=done.rows)
    click.echo(
        f"Đã thay khóa (lần {done.epoch}): {done.rows} bản ghi gốc mang mã ẩn danh mới. Giữ PSEUDONYM_KEY_RETIRED"
        " trong cấu hình. Bản sao lưu và kho dự phòng cũ vẫn theo khóa cũ: chạy mtcl backup; hết hạn thì xóa bản cũ."
    )


def warned(text: str) -> None:
    click.echo(text, err=True)


def rotated(settings: Settings, database: Database, user: Callable[[], str] = actions.user) -> Rotation:
    """Done again it changes nothing, and makes up for one that was cut short. Raises RotationRefused, OtherHome."""
    known = kept(database)
    if known is None or known.key is None:
        raise RotationRefused(
            "Kho chưa dùng khóa nào nên không có gì để thay: khai báo PSEUDONYM_KEY rồi chạy mtcl run."
        )
    salt = identity.salt_of(known)
    if not settings.keys:
        raise RotationRefused("Thiếu biến PSEUDONYM_KEY: khóa mới khai báo ở đó.")
    newest, *older = settings.keys
    key = fingerprint(settings.keys, salt)
    if key == known.key:
        keep(database, known)
        return Rotation(known, len(epochs(database)), None)
    if not older or fingerprint(older, salt) != known.key:
        raise RotationRefused(
            "PSEUDONYM_KEY_RETIRED không phải khóa mà kho đang dùng: không có khóa cũ thì người nộp không nối được với "
            "dữ liệu cũ, nên không thay. Không ghi gì."
        )
    # Everything else of the settings must be the home's, as for a run.
    told = replace(identity.of(settings, salt), key=None)
    identity.refuse(settings, identity.differences(known, told, has_moved=False))
    found = replace(known, key=key)
    rows = rekey(database, found, user(), rekeyed(newest.encode()))
    keep(database, found)
    return Rotation(found, len(epochs(database)), rows)
