"""Dagster's web page behind the wall and the door, in a process of its own; `mtcl ui` and `mtcl serve` start it."""

import os

import click
import dagster as dg
import uvicorn
from dagster._core.workspace.context import (
    BaseWorkspaceRequestContext,
    WorkspaceProcessContext,
    WorkspaceRequestContext,
)
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster_webserver.version import __version__
from dagster_webserver.webserver import DagsterWebserver
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection

from pipelines.desk.pages import Desk
from pipelines.documents import Documents
from pipelines.door import ROLES, VIEWER, Door, role_of, signed_on, whoever_sits_here, with_token
from pipelines.resources import settings_from_environment
from pipelines.serving import TOKEN
from pipelines.settings import Settings
from pipelines.wall import LOOPBACK, Wall


class Context(WorkspaceProcessContext):
    """Dagster's own `--read-only`, request by request: what a role may not, Dagster refuses and does not offer."""

    def create_request_context(self, source: object | None = None) -> WorkspaceRequestContext:
        role = role_of(source.scope) if isinstance(source, HTTPConnection) else VIEWER
        return WorkspaceRequestContext(
            instance=self.instance,
            current_workspace=self.get_current_workspace(),
            process_context=self,
            version=self.version,
            source=source,
            read_only=not role.commands,
        )


class WalledWebserver(DagsterWebserver[WorkspaceProcessContext, BaseWorkspaceRequestContext]):
    standing_before: tuple[Middleware, ...] = ()

    def build_middleware(self) -> list[Middleware]:
        return [*self.standing_before, *super().build_middleware()]


def standing_before(settings: Settings, port: int, is_served: bool, role: str | None) -> tuple[Middleware, ...]:
    """The wall, the door and the published files, in the order in which a request comes to them."""
    if is_served:
        hosts, judge = settings.door.hosts, signed_on(settings.door.secret, ROLES[role] if role else None)
    else:
        token = os.environ.get(TOKEN)
        hosts, judge = LOOPBACK, with_token(token, port) if token else whoever_sits_here
    return (
        Middleware(Wall, hosts=hosts),
        Middleware(Door, judge=judge),
        Middleware(Documents, home=settings.run.home),
    )


@click.command()
@click.option("--host", default=LOOPBACK[0])
@click.option("--port", type=int, required=True)
@click.option("--workspace", required=True)
@click.option("--served", "is_served", is_flag=True)
@click.option("--role", type=click.Choice(list(ROLES)))
def main(host: str, port: int, workspace: str, is_served: bool, role: str | None) -> None:
    """Serves the page of the instance that DAGSTER_HOME names; without `--served` to whoever sits at this machine."""
    settings = settings_from_environment()
    before = standing_before(settings, port, is_served, role)
    with (
        dg.DagsterInstance.get() as instance,
        Context(instance, version=__version__, workspace_load_target=WorkspaceFileTarget([workspace])) as context,
    ):
        instance.optimize_for_webserver(statement_timeout=15_000, pool_recycle=3600, max_overflow=20)
        server = WalledWebserver(context, live_data_poll_rate=2000)
        server.standing_before = (*before, Middleware(Desk, settings=settings, instance=instance))
        uvicorn.run(server.create_asgi_app(), host=host, port=port, log_level="warning")


if __name__ == "__main__":
    main()
