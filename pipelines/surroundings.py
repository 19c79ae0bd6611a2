"""What every command of `mtcl` stands on: the settings, the sources or a simulator, the newest publication."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import click

from assets.reports.asking import Publication
from pipelines.settings import Settings, SettingsError
from pipelines.settings_files import gathered
from pipelines.simulation import Simulation, simulation
from warehouse.disk import NoRoom, in_words
from warehouse.reading import POINTER, NothingPublished


T = TypeVar("T")


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
        except Exception as error:
            if words := in_words(error):
                raise click.ClickException(words) from error
            raise


@dataclass(frozen=True)
class Surroundings:
    settings: Settings
    environment: dict[str, str]
    simulation: Simulation | None = None


@contextmanager
def surroundings() -> Iterator[Surroundings]:
    """The configured sources; where there are none at all, a simulator for as long as the block lasts."""
    given = dict(os.environ)
    settings = settings_of(given)
    if settings.asks_systems:
        yield Surroundings(settings, given)
        return
    with simulation(settings.simulated_day) as simulated:
        click.echo(
            f"Không có hệ thống nguồn nào được cấu hình: dùng bộ mô phỏng, ngày {simulated.today:%d/%m/%Y}.", err=True
        )
        # Registers of one's own may be tried on the simulator.
        own = {"REGISTERS_DIR": str(settings.registers)} if settings.registers else {}
        environment = given | simulated.environment | own
        yield Surroundings(settings_of(environment), environment, simulated)


def publication(settings: Settings) -> Publication:
    return Publication(settings.run.published / POINTER)


def asked(question: Callable[[Publication], T]) -> T:
    try:
        return question(publication(settings_of(dict(os.environ))))
    except NothingPublished as error:
        raise click.ClickException(str(error)) from error
