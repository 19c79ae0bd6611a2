"""`mtcl withdraw`: a publication that should not have been one is taken back (contract §1)."""

import os

import click

from pipelines.surroundings import settings_of
from warehouse import actions
from warehouse.database import WarehouseBusy
from warehouse.opening import open_warehouse
from warehouse.shared_store import StoreFailed
from warehouse.withdrawing import WithdrawalRefused
from warehouse.withdrawing import withdraw as taken_back


@click.command(
    help="Rút một bản công bố: người đọc trở lại bản trước nó; tên bản và lý do được ghi mãi mãi."
    " Mã kết thúc: 0 đã rút, 1 không rút được, 2 gõ sai."
)
@click.argument("version")
@click.option("--reason", required=True, help="Lý do rút, kèm số văn bản nếu có.")
def withdraw(version: str, reason: str) -> None:
    if not reason.strip():
        raise click.BadParameter("Phải nêu lý do rút (--reason).")
    settings = settings_of(dict(os.environ))
    if not settings.warehouse.exists():
        raise click.ClickException(f"Không có kho dữ liệu {settings.warehouse}.")
    published = settings.run.published
    others = (published / "exports", settings.run.reports)
    try:
        with open_warehouse(settings.warehouse, clock=settings.run.clock) as database:
            done = taken_back(database, published, version, reason.strip(), others, settings.run.signer)
    except (WithdrawalRefused, WarehouseBusy) as error:
        raise click.ClickException(str(error)) from error
    if settings.run.store:
        try:
            settings.run.store.says("withdraw", settings.run.org_code, version)
        except StoreFailed as error:
            click.echo(f"Trong kho chung chưa rút được: {error} Chạy lại: mtcl lake withdraw {version}.", err=True)
    actions.record(settings.run.home, "withdrawn", version=version, reason=reason.strip())
    click.echo(f"Đã rút {version}. Bản đang dùng: {done.version_after or 'chưa có bản nào'}.")
