"""`mtcl report`: the report on the quality objectives as files, from one published version (contract §1)."""

from datetime import datetime
from pathlib import Path

import click

from pipelines.surroundings import DAY, reading_settings
from warehouse.reading import NothingPublished, newest, of_day
from warehouse.withdrawing import told as withdrawals


@click.command(help="Lập báo cáo Mục tiêu chất lượng (Word, PDF, HTML, Excel) từ một bản công bố.")
@click.option("--unit", help="Mã đơn vị; để trống: cả Văn phòng.")
@click.option("--period", default="year_to_date", show_default=True, help="Ví dụ quarter:2025-Q3, year:2025.")
@click.option("--closing-date", type=DAY, help="Lập từ bản công bố còn giữ của ngày chốt này; mặc định bản mới nhất.")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Thư mục ghi tệp.")
@click.option("--template", "writes_template", is_flag=True, help="Ghi thêm mẫu Word có sẵn, để sửa thành mẫu riêng.")
@click.option(
    "--quality", "writes_quality", is_flag=True, help="Ghi thêm Báo cáo chất lượng số liệu (Word, PDF, HTML)."
)
def report(
    unit: str | None,
    period: str,
    closing_date: datetime | None,
    output: Path,
    writes_template: bool,
    writes_quality: bool,
) -> None:
    # What draws charts takes a second to import.
    from assets.reports.paper.content import UnknownUnit
    from assets.reports.paper.files import own_template, write_report, write_template
    from assets.reports.paper.periods import UnknownPeriod
    from assets.reports.statements.files import write_quality

    run_settings = reading_settings().run
    try:
        folder = run_settings.published
        gone = {one.version for one in withdrawals(folder)}
        published = of_day(folder, closing_date.date(), gone) if closing_date else newest(folder)
        files, warning = write_report(published, own_template(run_settings.home), output, period, unit)
        files += write_quality(published, output) if writes_quality else []
    except (UnknownPeriod, UnknownUnit) as error:
        raise click.BadParameter(str(error)) from error
    except NothingPublished as error:
        raise click.ClickException(str(error)) from error
    beside = [file for file in files if file.parent != output]
    for file in [*files, *([write_template(output)] if writes_template else [])]:
        if file not in beside:
            click.echo(str(file))
    if beside:
        click.echo(f"{len(beside)} tệp phụ lục trong {beside[0].parent}", err=True)
    if warning:
        click.echo(warning, err=True)
