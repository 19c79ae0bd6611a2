"""`--organisation CODE`, which every command of a home takes, and `mtcl organisations`, which lists them."""

import json
import os
from collections.abc import Iterable

import click

from pipelines import organisations
from pipelines.settings import SettingsError, home
from pipelines.surroundings import WrongSetting, settings_of


# Of the installation as a whole, or of no home at all.
FOR_ALL = ("organisations", "nights", "lake", "ui", "serve", "daemon", "simulator", "templates")


def choose(context: click.Context, parameter: click.Parameter, code: str | None) -> None:
    """Before any other option is read: what they mean depends on the home."""
    try:
        if code is None:
            there_are = organisations.codes(home(os.environ))
            if there_are and context.info_name not in FOR_ALL:
                raise WrongSetting(
                    f"Nơi cài đặt này có nhiều tổ chức ({', '.join(there_are)}): thêm --organisation và mã tổ chức; "
                    "chạy tất cả: mtcl nights."
                )
            return
        before = organisations.enter(code)
    except SettingsError as error:
        raise WrongSetting(str(error)) from error
    context.call_on_close(lambda: organisations.replace_environment(before))


def offer_choice(commands: Iterable[click.Command]) -> None:
    for command in commands:
        command.params.append(
            click.Option(
                ["--organisation"],
                metavar="CODE",
                expose_value=False,
                is_eager=True,
                callback=choose,
                help="Mã tổ chức, khi một nơi cài đặt có nhiều tổ chức (MTCL_HOME/organisations).",
            )
        )


@click.command(
    name="organisations",
    help="Các tổ chức của nơi cài đặt này: thư mục, bản công bố mới nhất, tình trạng. Mã kết thúc: 0, 2 cấu hình sai.",
)
@click.option("--json", "as_json", is_flag=True)
def list_organisations(as_json: bool) -> None:
    try:
        rows = [standing(code) for code in organisations.codes(home(os.environ))]
    except SettingsError as error:
        raise WrongSetting(str(error)) from error
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['organisation']} · {row['status']} · {row['version'] or '—'} · {row['home']}")
    if not rows:
        click.echo("Nơi cài đặt này có một tổ chức; thêm tổ chức khác: docs/scale.md mục 3.")


def standing(code: str) -> dict[str, str | None]:
    """Raises SettingsError where its settings are wrong."""
    from pipelines.status import status
    from warehouse.reading import latest

    settings = settings_of(organisations.environment_of(os.environ, code))
    published = latest(settings.run.published)
    return {
        "organisation": code,
        "home": str(settings.run.home),
        "status": status(settings).name,
        "version": published.version if published else None,
        "closing_date": published.manifest["closing_date"] if published else None,
    }
