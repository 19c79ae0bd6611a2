"""`python -m warehouse.lake`, in the lake's own environment: what the product asks of it, a line of JSON for an answer.

`mtcl lake` is this for people. Exit status: 0 done, 1 found something wrong, 2 cannot be opened as it is set.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from warehouse.lake import appending, keeping, national, withdrawing
from warehouse.lake.appending import Publication
from warehouse.lake.connection import Lake, NoLake, Place, opened
from warehouse.lake.national import NotTheSum


def append(lake: Lake, told: Namespace) -> tuple[Any, bool]:
    publication = Publication.read(told.organisation, told.file, told.beside, told.raw_until)
    return asdict(appending.append(lake, publication)), True


def since(lake: Lake, told: Namespace) -> tuple[Any, bool]:
    return {"raw_until": appending.raw_until(lake, told.organisation)}, True


def check(lake: Lake, told: Namespace) -> tuple[Any, bool]:
    found = keeping.differences(lake)
    return found, not any(found.values())


def keep(lake: Lake, told: Namespace) -> tuple[Any, bool]:
    return asdict(keeping.keep(lake, told.newest, told.raw_days)), True


def withdraw(lake: Lake, told: Namespace) -> tuple[Any, bool]:
    return {"withdrawn": withdrawing.withdraw(lake, told.organisation, told.version)}, True


def sum_up(lake: Lake, told: Namespace) -> tuple[Any, bool]:
    return asdict(national.sum_up(lake, told.closing_date)), True


def ask(lake: Lake, told: Namespace) -> tuple[Any, bool]:
    lake.query("use lake")
    return lake.query(told.sql), True


def arguments() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m warehouse.lake")
    commands = parser.add_subparsers(required=True)

    def command(name: str, work: Callable[[Lake, Namespace], tuple[Any, bool]], reads: bool = False) -> ArgumentParser:
        one = commands.add_parser(name)
        one.set_defaults(work=work, reads=reads)
        return one

    appended = command("append", append)
    appended.add_argument("organisation")
    appended.add_argument("file", type=Path)
    appended.add_argument("--beside", type=Path)
    appended.add_argument("--raw-until")
    command("since", since).add_argument("organisation")
    command("check", check, reads=True)
    kept = command("keep", keep)
    kept.add_argument("--newest", type=int, default=400)
    kept.add_argument("--raw-days", type=int)
    withdrawn = command("withdraw", withdraw)
    withdrawn.add_argument("organisation")
    withdrawn.add_argument("version")
    command("national", sum_up).add_argument("--closing-date")
    command("ask", ask, reads=True).add_argument("sql")
    return parser


def main(given: Sequence[str] | None = None) -> int:
    told = arguments().parse_args(given)
    try:
        with opened(Place.of(os.environ), read_only=told.reads) as lake:
            answer, is_well = told.work(lake, told)
    except NoLake as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except NotTheSum as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except duckdb.Error as error:
        sys.stderr.write(f"Kho chung: {str(error).splitlines()[0]}\n")
        return 1
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
