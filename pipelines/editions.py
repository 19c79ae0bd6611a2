"""`mtcl edition`: the records behind the figures for an auditor who is named (docs/personal-data.md)."""

import os
from pathlib import Path

import click

from pipelines.surroundings import settings_of
from warehouse import actions
from warehouse.damage import DamagedFile
from warehouse.reading import NothingPublished, newest
from warehouse.records.edition import FOLDER, EditionRefused, make


@click.command(
    help="Lập ấn bản từng bản ghi cho kiểm toán viên có tên, từ bản công bố mới nhất: mọi thời điểm cắt còn ngày, hồ sơ"
    " của thủ tục nhạy cảm (reference/sensitive_procedures.csv) che mã thủ tục. Mã kết thúc: 0 đã lập, 1 không lập"
    " được, 2 gõ sai."
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="Thư mục riêng của ấn bản; mặc định published-records trong MTCL_HOME.",
)
def edition(to: Path | None) -> None:
    run = settings_of(dict(os.environ)).run
    folder = to or run.published.with_name(FOLDER.format(run.published.name))
    try:
        whole = newest(run.published)
        file, masked = make(whole, folder, run.signer)
    except (EditionRefused, NothingPublished, DamagedFile) as error:
        raise click.ClickException(str(error)) from error
    actions.record(run.home, "records_edition_made", version=whole.version, folder=str(folder), masked=masked)
    click.echo(f"{file}: ấn bản từng bản ghi của {whole.version}; {masked} hồ sơ được che thủ tục.")
