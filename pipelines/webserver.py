"""Dagster's web page behind the wall, in a process of its own; `mtcl ui` starts it beside Dagster's daemon."""

import click
import dagster as dg
import uvicorn
from dagster._core.workspace.context import BaseWorkspaceRequestContext, WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster_webserver.version import __version__
from dagster_webserver.webserver import DagsterWebserver
from starlette.middleware import Middleware

from pipelines.wall import LOOPBACK, Wall


class WalledWebserver(DagsterWebserver[WorkspaceProcessContext, BaseWorkspaceRequestContext]):
    def build_middleware(self) -> list[Middleware]:
        return [Middleware(Wall, hosts=LOOPBACK), *super().build_middleware()]


@click.command()
@click.option("--port", type=int, required=True)
@click.option("--workspace", required=True)
def main(port: int, workspace: str) -> None:
    """Serves the page of the instance that DAGSTER_HOME names on 127.0.0.1."""
    with (
        dg.DagsterInstance.get() as instance,
        WorkspaceProcessContext(
            instance, version=__version__, workspace_load_target=WorkspaceFileTarget([workspace])
        ) as context,
    ):
        instance.optimize_for_webserver(statement_timeout=15_000, pool_recycle=3600, max_overflow=20)
        app = WalledWebserver(context, live_data_poll_rate=2000).create_asgi_app()
        uvicorn.run(app, host=LOOPBACK[0], port=port, log_level="warning")


if __name__ == "__main__":
    main()
