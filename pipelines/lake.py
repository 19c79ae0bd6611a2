"""`mtcl lake`: the store that organisations share, told and asked by hand (docs/scale.md)."""

import json
import os
import sys
from datetime import datetime

import click

from assets.run_settings import RunSettings
from pipelines.surroundings import DAY, WrongSetting, settings_of
from warehouse.reading import NothingPublished, newest
from warehouse.shared_store import SharedStore, StoreFailed


@click.group(
    help="Kho chung của nhiều tổ chức (STORE=ducklake): ghi, kiểm tra, dọn, cộng toàn quốc, hỏi."
    " Mã kết thúc: 0 xong, 1 có điều sai hoặc kho không đáp, 2 cấu hình sai."
)
def lake() -> None:
    pass


def run_settings() -> RunSettings:
    return settings_of(dict(os.environ)).run


def store(run: RunSettings) -> SharedStore:
    if run.store is None:
        raise WrongSetting("Chưa có kho chung: đặt STORE=ducklake (docs/scale.md mục 4).")
    return run.store


def told(run: RunSettings, *arguments: object) -> None:
    """Its answer as JSON; it says itself what is wrong."""
    try:
        done = store(run).asked(*arguments)
    except StoreFailed as error:
        raise click.ClickException(str(error)) from error
    click.echo(done.stdout, nl=False)
    click.echo(done.stderr, nl=False, err=True)
    sys.exit(done.returncode)


@lake.command(help="Ghi bản công bố mới nhất vào kho chung; đã có thì không ghi lần nữa.")
def append() -> None:
    run = run_settings()
    try:
        answer = store(run).append(run.org_code, newest(run.published))
    except (StoreFailed, NothingPublished) as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(answer, ensure_ascii=False))


@lake.command(help="Đọc lại mọi bảng mà người đọc thấy, so với lúc ghi; dùng sau khi khôi phục danh mục.")
def check() -> None:
    told(run_settings(), "check")


@lake.command(help="Bỏ các bản cũ, gộp tệp nhỏ, xóa tệp mồ côi (cũ hơn một ngày).")
@click.option("--newest", "kept", type=click.IntRange(1), default=400, show_default=True, help="Giữ mỗi tổ chức N bản.")
@click.option("--raw-days", type=click.IntRange(1), help="Bỏ bản ghi gốc thấy lần đầu đã quá N ngày.")
def keep(kept: int, raw_days: int | None) -> None:
    told(run_settings(), "keep", "--newest", kept, *(["--raw-days", raw_days] if raw_days else []))


@lake.command(help="Cộng số liệu của mọi tổ chức có cùng ngày chốt; chỉ ghi khi bằng đúng tổng các tỉnh.")
@click.option("--closing-date", type=DAY, help="Mặc định: ngày chốt của đa số.")
def national(closing_date: datetime | None) -> None:
    told(run_settings(), "national", *(["--closing-date", f"{closing_date:%Y-%m-%d}"] if closing_date else []))


@lake.command(help="Rút một bản của tổ chức này: người đọc thấy lại bản trước nó.")
@click.argument("version")
def withdraw(version: str) -> None:
    run = run_settings()
    told(run, "withdraw", run.org_code, version)


@lake.command(help="Hỏi kho chung bằng SQL; mỗi bảng có thêm cột organisation.")
@click.argument("sql")
def ask(sql: str) -> None:
    told(run_settings(), "ask", sql)
