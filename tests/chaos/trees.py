"""kill -9 of the whole tree of `mtcl ui` while Dagster runs a night: page, daemon, the run and what it started.

The next start has to free the place in the queue by itself, and the night that waits there then has to publish.
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import dagster as dg
import requests

from pipelines.instance import opened
from tests.chaos.figures import Trial
from tests.chaos.homes import Dice, Province, Until, ends_well, readable
from tests.support.command_line import COMMAND, DAY, PROJECT
from tests.support.sockets import free_port, wait_until


IN_A_ROW = 4
# Seconds that the tree takes to answer, and a night under Dagster at most.
ANSWERS, NIGHT = 180.0, 900.0
LAUNCH = """mutation ($params: ExecutionParams!) { launchRun(executionParams: $params) { __typename
    ... on LaunchRunSuccess { run { runId } } } }"""
JOB = {"repositoryLocationName": "muc_tieu_chat_luong", "repositoryName": "__repository__", "jobName": "daily"}
NIGHTLY = {
    "selector": JOB,
    "runConfigData": "{}",
    "executionMetadata": {"tags": [{"key": "dagster/partition", "value": str(DAY)}]},
}


def trees(province: Province, dice: Dice, until: Until) -> Iterator[Trial]:
    while not until():
        home = province.copy()
        moments = [dice.uniform(0, 2 * province.seconds) for _ in range(IN_A_ROW)]
        after = ", ".join(f"{moment:.1f}" for moment in moments)
        trial = Trial(f"killed {after} s after a night was asked for", tried=IN_A_ROW)
        environment = province.shell(home).environment
        for moment in moments:
            with tree(environment) as (server, address):
                asked(server, address)
                with suppress(subprocess.TimeoutExpired):
                    server.wait(moment)
            readable(province, home, trial)
        with tree(environment) as (server, address):
            run_id = asked(server, address)
            with opened(home / "dagster") as instance:
                if not has_published(instance, run_id, server):
                    trial.lost.append(f"the night after it: {statuses(instance)}")
        ends_well(province, home, trial)
        yield trial


@contextmanager
def tree(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`mtcl ui` in a session of its own, which is killed with everything in it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [*COMMAND, "ui", "--port", str(port)]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        wait_until(lambda: requests.get(f"{address}/server_info", timeout=5).status_code in (200, 403), server, ANSWERS)
        yield server, address
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def asked(server: subprocess.Popen[bytes], address: str) -> str:
    """As the desk asks for a night: the id of the run, which joins the queue once the definitions are loaded."""
    found: dict[str, str] = {}

    def taken() -> bool:
        body = {"query": LAUNCH, "variables": {"params": NIGHTLY}}
        answer = requests.post(f"{address}/graphql", json=body, timeout=ANSWERS).json()["data"]["launchRun"]
        found.update(answer.get("run") or {})
        return bool(found)

    wait_until(taken, server, ANSWERS)
    return found["runId"]


def has_published(instance: dg.DagsterInstance, run_id: str, server: subprocess.Popen[bytes]) -> bool:
    """Once that run and those before it in the queue have ended, or it is too late."""

    def has_ended() -> bool:
        run = instance.get_run_by_id(run_id)
        return run is not None and run.is_finished

    with suppress(AssertionError):
        wait_until(has_ended, server, NIGHT)
    run = instance.get_run_by_id(run_id)
    return run is not None and run.is_success


def statuses(instance: dg.DagsterInstance) -> str:
    return ", ".join(f"{run.job_name} {run.status.value}" for run in instance.get_runs(limit=2 * IN_A_ROW))
