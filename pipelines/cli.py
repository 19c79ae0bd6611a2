"""`mtcl`: the commands of contract §1. What they print stands in printing.py, what a run does in running.py.

Dagster is imported in the commands that need it: it takes two seconds, and a question should not.
"""

import json
import os
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, TypeVar

import click

from pipelines.backing_up import backup, restore
from pipelines.choosing import list_organisations, offer_choice
from pipelines.editions import edition
from pipelines.lake import lake
from pipelines.look import look
from pipelines.nights import nights
from pipelines.reporting import report
from pipelines.rotating import rotate_key
from pipelines.serve import daemon, serve
from pipelines.serving import TOKEN, is_taken, page_and_daemon, served
from pipelines.settings import Settings
from pipelines.surroundings import (
    DAY,
    Worded,
    WrongSetting,
    asked,
    publication,
    reading_settings,
    settings_of,
    surroundings,
)
from pipelines.verification import verify
from pipelines.withdrawing import withdraw
from warehouse import actions
from warehouse.disk import refuse_without_room
from warehouse.reading import POINTER, NothingPublished, WrongQuestion


if TYPE_CHECKING:
    from assets.reports.terminal import Figure

T = TypeVar("T")


@click.group(cls=Worded, help="Mục tiêu chất lượng của Văn phòng UBND tỉnh: chạy, xem kết quả, giải thích.")
def main() -> None:
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")


for command in (
    verify,
    backup,
    restore,
    serve,
    daemon,
    look,
    report,
    withdraw,
    rotate_key,
    edition,
    list_organisations,
    nights,
    lake,
):
    main.add_command(command)


@main.command(
    help="Thử từng nguồn theo từng bước, nói sai ở đâu và ai sửa được. Mã kết thúc: 0 tốt, 1 có lỗi, 2 gõ sai."
)
@click.argument("source", required=False)
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON.")
def probe(source: str | None, as_json: bool) -> None:
    from pipelines import probing

    sys.exit(0 if probing.run(settings_of(dict(os.environ)), source, as_json) else 1)


@main.command(
    help="Chạy công việc daily một lần rồi in bảng điểm. Mã kết thúc: 0 đã công bố, 1 không công bố, 2 cấu hình sai."
)
@click.option("--closing-date", type=DAY, help="Ngày chốt số liệu; mặc định hôm nay (hoặc ngày của bộ mô phỏng).")
@click.option(
    "--as-published",
    is_flag=True,
    help="Không hỏi nguồn nào: tính lại ngày chốt theo đúng định nghĩa và dữ liệu khi đã công bố, rồi so từng bảng.",
)
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON ở cuối.")
@click.option("--begin-anew", is_flag=True, help="Bắt đầu lại với kho trống; kho, bản dự phòng cũ giữ dưới tên khác.")
@click.option("--moved", is_flag=True, help="Nguồn vẫn là nguồn ấy, chỉ đổi địa chỉ: từ nay nhận địa chỉ mới.")
@click.option("--or-demo", is_flag=True, hidden=True, help="Không khai báo nguồn nào: chạy thử (make run).")
def run(
    closing_date: datetime | None, as_published: bool, as_json: bool, begin_anew: bool, moved: bool, or_demo: bool
) -> None:
    click.echo("Đang nạp phần mềm, mất vài giây…", err=True)
    from assets.partitions import asked as closing_day
    from assets.reports import terminal
    from connectors.simulator.periods import YEAR
    from pipelines import printing, running

    if closing_date:
        try:
            closing_day(f"{closing_date:%Y-%m-%d}")
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
    with surroundings(or_demo, begin_anew, moved, before=refuse_without_room) as around:
        day = closing_date.date() if closing_date else around.settings.run.today
        outcome = running.run_daily(around.settings, day, as_published, begin_anew=begin_anew)
        told(around.settings)
        # Registers of one's own are no part of the simulator's truth, which is of one year.
        is_told = day.year == YEAR and not settings_of(dict(os.environ)).registers
        if around.simulation and outcome.published and not as_published and is_told:
            outcome.matches_truth = matches(outcome.figures, around.simulation.truth(day))
    console = terminal.console()
    if as_json:
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
    else:
        if outcome.published:
            console.print(terminal.figures_table(outcome.figures))
            made = publication(around.settings)
            console.print(terminal.scoreboard_table(terminal.scoreboard(made), terminal.notice(made)))
        for line in printing.report(outcome):
            console.print(line)
        if outcome.published:
            console.print(printing.where_to_look(around.settings.run.published.absolute()), soft_wrap=True)
    sys.exit(0 if outcome.published else 1)


def told(settings: Settings) -> None:
    """Whoever should know; a mail server that is down is said and holds nothing up."""
    from pipelines.alerts import look_and_tell
    from pipelines.instance import opened

    with opened(settings.dagster_home) as instance:
        look_and_tell(settings, instance, lambda text: click.echo(text, err=True))


def matches(figures: "list[Figure]", truth: dict[str, dict[str, list[int]]]) -> bool:
    """Every numerator and denominator of every definition."""
    ours: dict[str, dict[str, list[int]]] = {}
    for row in figures:
        ours.setdefault(row.indicator, {})[row.definition] = [row.numerator, row.denominator]
    return ours == truth


@main.command(help="Chạy thử một ngày với bộ mô phỏng, trong thư mục thử nghiệm (var/thu-nghiem hoặc MTCL_HOME).")
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON ở cuối.")
@click.pass_context
def demo(context: click.Context, as_json: bool) -> None:
    if settings_of(dict(os.environ)).asks_systems:
        raise WrongSetting("Đã khai báo hệ thống nguồn, mà mtcl demo chỉ đọc bộ mô phỏng. Chạy: mtcl run.")
    context.invoke(run, as_json=as_json, or_demo=True)


@main.command(help="Bảng điểm của bản công bố mới nhất.")
@click.option("--json", "as_json", is_flag=True)
def scoreboard(as_json: bool) -> None:
    from assets.reports import terminal

    rows = asked(terminal.scoreboard)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, default=plain))
    else:
        terminal.console().print(terminal.scoreboard_table(rows, asked(terminal.notice)))


@main.command(help="Hiệu chỉnh đồng hồ sau lần nạp đầu: ngày hẹn đã gồm tạm dừng hay chưa, và R1 theo từng cách hiểu.")
@click.option("--json", "as_json", is_flag=True)
def calibration(as_json: bool) -> None:
    from assets.reports import calibration as report
    from assets.reports import terminal

    rows = asked(report.calibration)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, default=plain))
    else:
        terminal.console().print(report.calibration_table(rows))
        terminal.told(report.readings(rows))


@main.command(
    help="Kể lại một hồ sơ: ngày hẹn, tạm dừng, ngày nghỉ, kết luận, chỉ tiêu nào tính hồ sơ, điều gì có thể làm đổi."
)
@click.argument("dossier_code", nargs=-1, required=True)
def explain(dossier_code: tuple[str, ...]) -> None:
    from assets.reports import terminal
    from assets.reports.explanation.facts import explain as found_out
    from assets.reports.explanation.facts import similar
    from assets.reports.explanation.story import story

    written = " ".join(dossier_code)
    code, nearest = asked(lambda published: similar(published, written))
    found = asked(lambda published: found_out(published, code)) if code else None
    if found is None:
        like = f" Gần giống nhất: {', '.join(nearest)}." if nearest else ""
        raise click.ClickException(f"Không có hồ sơ {written} trong bản công bố.{like}")
    if code != written:
        click.echo(f"Không có hồ sơ {written}; hiểu là {code}.", err=True)
    terminal.told(story(found))


@main.command(help="Tình trạng cho hệ thống giám sát. Mã kết thúc: 0 mới, 3 cũ, 4 lần chạy cuối lỗi, 5 chưa chạy.")
@click.option("--json", "as_json", is_flag=True)
def status(as_json: bool) -> None:
    from assets.reports.closed_periods import waiting
    from assets.reports.terminal import dues
    from pipelines.alerts import heartbeat, open_incidents
    from pipelines.home_files import unreadable
    from pipelines.identity import is_of_rehearsal
    from pipelines.incidents import told_of
    from pipelines.status import status as judged
    from warehouse.withdrawing import told as withdrawn

    settings = reading_settings()
    found, broken = judged(settings), open_incidents(settings.run.home)
    for sentence in unreadable(settings.run.home, settings.run.published):
        click.echo(sentence, err=True)
    if as_json:
        click.echo(json.dumps(heartbeat(found, broken, is_of_rehearsal(settings)), ensure_ascii=False))
    else:
        published_at = found.published_at.isoformat(timespec="seconds") if found.published_at else "—"
        click.echo(f"{found.name} · công bố lúc {published_at} · lần chạy {found.last_run_id or '—'}")
        for entry in broken:
            click.echo(f"- {entry.title} (từ {entry.since}). {entry.advice}")
        for one in withdrawn(settings.run.published):
            click.echo(f"- Đã rút bản {one.version} lúc {one.withdrawn_at}: {one.reason}")
        for due in told_of(settings, dues) or []:
            if not due.is_overdue:
                click.echo(f"- Đến hạn {due.due_on:%d/%m/%Y}: {due.words}")
        for closed in told_of(settings, waiting) or []:
            click.echo(f"- {closed.notice}")
    sys.exit(found.code)


@main.command(help="Chạy riêng bộ mô phỏng ba hệ thống nguồn, đến khi dừng bằng Ctrl-C.")
@click.option("--port", type=int, default=0)
@click.option("--dossiers", type=int)
@click.option("--seed", type=int)
@click.option("--today", type=DAY)
@click.option("--faults")
@click.option("--profile", help="Thế hệ hệ thống được mô phỏng, như igate-2024, lgsp, xroad.")
@click.option("--undrained", is_flag=True, help="Hệ thống quản lý văn bản không lấy gói tin khỏi hàng đợi của trục.")
def simulator(today: datetime | None, undrained: bool, **asked: int | str | None) -> None:
    from connectors.simulator.__main__ import main as serve

    asked_for = {f"--{name}": value for name, value in asked.items()}
    asked_for["--today"] = today.date().isoformat() if today else None
    given = [text for name, value in asked_for.items() if value is not None for text in (name, str(value))]
    serve([*given, "--undrained"] if undrained else given)


@main.command(
    help="Ghi các mẫu Excel của sổ vào một thư mục; tệp đã có thì giữ nguyên. Phiếu không phù hợp chưa trả lời và đầu"
    " vào xem xét của lãnh đạo được điền sẵn từ bản công bố mới nhất."
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def templates(folder: Path) -> None:
    from assets.reports.prefilling import prefilled
    from connectors.registers.templates import write_templates

    try:
        begun = prefilled(settings_of(dict(os.environ)).run.published / POINTER)
    except WrongSetting:
        # A template is wanted before the settings are right, too.
        begun = {}
    written = write_templates(folder, begun)
    for path in written:
        click.echo(str(path))
    click.echo(f"Đã ghi {len(written)} mẫu vào {folder}.", err=True)


@main.command(
    help="Chốt số liệu một kỳ đã hết (2025, 2025-Q3, 2025-07) và lập biên bản; từ đó số của kỳ là chính thức. Số đã"
    " chốt mà nay tính ra khác chỉ được nhận khi nêu --reason. Mã kết thúc: 0 đã chốt, 1 không chốt được, 2 gõ sai."
)
@click.option("--period", required=True, help="Kỳ: 2025, 2025-Q3, 2025-H1, 2025-9M hoặc 2025-07.")
@click.option("--reason", help="Lý do điều chỉnh số của kỳ đã chốt, kèm số văn bản.")
def close(period: str, reason: str | None) -> None:
    from pipelines.closing import close_period
    from warehouse.closed_periods import ClosingRefused, WrongPeriod
    from warehouse.damage import DamagedFile
    from warehouse.database import WarehouseBusy
    from warehouse.rescue import NothingToBringBack

    try:
        files = close_period(settings_of(dict(os.environ)), period, reason, lambda text: click.echo(text, err=True))
    except WrongPeriod as error:
        raise click.BadParameter(str(error)) from error
    except (ClosingRefused, WarehouseBusy, DamagedFile, NothingToBringBack) as error:
        raise click.ClickException(str(error)) from error
    for file in files:
        click.echo(str(file))


@main.command(help="Cho người phát triển: dựng lại một bảng trên bản sao của kho dữ liệu, ví dụ core.dossiers.")
@click.argument("table")
@click.option("--with-upstream", is_flag=True, help="Dựng cả những bảng mà bảng này dựa vào.")
def build(table: str, with_upstream: bool) -> None:
    from pipelines import workbench

    try:
        for one in workbench.build(settings_of(dict(os.environ)), table, with_upstream):
            click.echo(f"{one.table}: {one.rows:,} dòng, {one.seconds:.2f} giây")
    except workbench.NoSuchTable as error:
        raise click.BadParameter(str(error)) from error


@main.command(help="Hỏi bằng SQL bản sao mà `mtcl build` dựng; chưa có bản sao thì hỏi bản công bố mới nhất.")
@click.argument("sql")
def query(sql: str) -> None:
    from assets.reports import terminal
    from pipelines import workbench

    try:
        columns, rows = workbench.ask(reading_settings(), sql)
    except (NothingPublished, WrongQuestion) as error:
        raise click.ClickException(str(error)) from error
    terminal.print_answer(columns, rows)


@main.command(help="Mở giao diện Dagster và bộ lập lịch trên 127.0.0.1.")
@click.option("--port", type=int, default=3000)
def ui(port: int) -> None:
    from pipelines.instance import environment

    if is_taken(port):
        raise click.ClickException(f"Cổng {port} đang có chương trình khác dùng. Dùng cổng khác: make ui PORT=3001.")
    with surroundings(or_rehearsal=True) as around:
        token = {TOKEN: token_urlsafe(32)} if around.settings.door.asks_token else {}
        address, entry = f"http://127.0.0.1:{port}", "".join(f"?token={value}" for value in token.values())
        click.echo(f"Bàn làm việc: {address}/desk/{entry} (mở sau vài giây; dừng bằng Ctrl-C)", err=True)
        click.echo(f"Dagster: {address}/{entry}", err=True)
        actions.record(around.settings.run.home, "ui_started", port=port)
        code = served(page_and_daemon(port), environment(around.environment, around.settings) | token)
        actions.record(around.settings.run.home, "ui_stopped", code=code)
        sys.exit(code)


# When all are there.
offer_choice(command for name, command in main.commands.items() if name not in ("organisations", "nights"))


def plain(value: object) -> object:
    """What JSON has no word for."""
    return value.isoformat() if isinstance(value, date) else float(str(value))
