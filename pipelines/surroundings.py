"""What every command of `mtcl` stands on: the settings, the sources or a rehearsal, the newest publication."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import click

from assets.reports.asking import Publication
from pipelines import identity
from pipelines.organisations import codes
from pipelines.settings import NoHistory, Settings, SettingsError
from pipelines.settings_files import gathered
from pipelines.simulation import Simulation, simulation
from warehouse.disk import NoRoom, in_words
from warehouse.identity import REHEARSAL as NOTICE
from warehouse.migrations import NewerHome
from warehouse.reading import POINTER, NothingPublished
from warehouse.rescue import IS_MISSING, NothingToBringBack, refuse_without_copy


T = TypeVar("T")
DAY = click.DateTime(formats=["%Y-%m-%d"])
REHEARSAL_HOME = Path("var/thu-nghiem")


class WrongSetting(click.ClickException):
    exit_code = 2


def settings_of(environment: dict[str, str]) -> Settings:
    try:
        return Settings.from_environment(gathered(environment))
    except SettingsError as error:
        raise WrongSetting(str(error)) from error


class Worded(click.Group):
    """Says in words what a disk has to do with an error; every other error is one of ours to be seen."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except NoRoom as error:
            raise WrongSetting(str(error)) from error
        except NoHistory as error:
            # Not a wrong setting, after which services are not started again: a server comes back.
            raise click.ClickException(str(error)) from error
        except Exception as error:
            if words := in_words(error):
                raise click.ClickException(words) from error
            raise


def let_in(settings: Settings, has_moved: bool = False) -> Settings:
    """Where the home is that of these settings."""
    try:
        identity.check(settings, lambda text: click.echo(text, err=True), has_moved)
    except (SettingsError, NewerHome) as error:
        raise WrongSetting(str(error)) from error
    return settings


def refuse_loss(settings: Settings, begin_anew: bool) -> None:
    """Before a run that would find an empty warehouse beside what was published."""
    try:
        if not begin_anew and not settings.warehouse.exists():
            refuse_without_copy(settings.warehouse, IS_MISSING)
    except NothingToBringBack as error:
        raise WrongSetting(str(error)) from error


@dataclass(frozen=True)
class Surroundings:
    settings: Settings
    environment: dict[str, str]
    simulation: Simulation | None = None


@contextmanager
def surroundings(
    or_rehearsal: bool = False,
    begin_anew: bool = False,
    has_moved: bool = False,
    before: Callable[[Path], None] = lambda home: None,
) -> Iterator[Surroundings]:
    """The configured sources; where no system is, and only where it is meant, a rehearsal on the simulator.

    `before`: what the home is asked once the settings are right, before anything in it is opened.
    """
    given = dict(os.environ)
    settings = settings_of(given)
    if codes(settings.run.home):
        # Of many organisations: their sources are set for each.
        yield Surroundings(settings, given)
        return
    if settings.asks_systems or (settings.sources and not or_rehearsal):
        before(settings.run.home)
        refuse_loss(settings, begin_anew)
        yield Surroundings(let_in(settings, has_moved), given)
        return
    if not or_rehearsal:
        raise WrongSetting(
            "Chưa khai báo hệ thống nguồn nào (PORTAL_URL, AXIS_URL, TTHC_URL…) nên không có gì để đọc. "
            "Khai báo nguồn, hoặc chạy thử với bộ mô phỏng: mtcl demo."
        )
    given = rehearsing(given)
    rehearsed = settings_of(given)
    before(rehearsed.run.home)
    refuse_loss(let_in(rehearsed), begin_anew)
    with simulation(settings.simulated_day) as simulated:
        # Registers of one's own may be tried on the simulator.
        own = {"REGISTERS_DIR": str(settings.registers)} if settings.registers else {}
        environment = given | simulated.environment | own
        rehearsed = let_in(settings_of(environment))
        click.echo(
            f"THỬ NGHIỆM: không có nguồn nào được cấu hình, dùng bộ mô phỏng, ngày {simulated.today:%d/%m/%Y}; "
            f"thư mục dữ liệu {rehearsed.run.home}.",
            err=True,
        )
        yield Surroundings(rehearsed, environment, simulated)


def rehearsing(given: dict[str, str]) -> dict[str, str]:
    """The same in the home of rehearsals, but for one that is named."""
    named = given.get("MTCL_HOME", "").strip()
    return given | {"MTCL_HOME": named or str(REHEARSAL_HOME), "MTCL_REHEARSAL": "1"}


def reading_settings() -> Settings:
    """Of a command that only reads: of the rehearsal, said aloud, where no home is named and there is no other."""
    given = dict(os.environ)
    settings = settings_of(given)
    if not given.get("MTCL_HOME", "").strip() and not identity.has_data(settings):
        rehearsed = settings_of(rehearsing(given))
        if identity.has_data(rehearsed):
            say_once(f"Chưa có thư mục dữ liệu thật: đọc thư mục thử nghiệm {REHEARSAL_HOME}.")
            settings = rehearsed
    if identity.is_of_rehearsal(settings):
        say_once(f"{NOTICE}.")
    return settings


@cache
def say_once(text: str) -> None:
    click.echo(text, err=True)


def publication(settings: Settings) -> Publication:
    return Publication(settings.run.published / POINTER)


def asked(question: Callable[[Publication], T]) -> T:
    try:
        return question(publication(reading_settings()))
    except NothingPublished as error:
        raise click.ClickException(str(error)) from error
