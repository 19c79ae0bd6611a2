"""`python -m tests.bench [--quick] [--json FILE] [NAME …]`: each benchmark in a process of its own, medians of three.

A benchmark is a module beside this file with `measure(quick, folder, turns) -> list[dict[str, float]]`: seconds of what
we do and of its floor, taken in turns. Peak memory is that of the benchmark's process.
"""

import argparse
import importlib
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median


# name: (key of our seconds, key of the floor's seconds, goal as a ratio; None where there is only a time)
BENCHMARKS = {
    "landing": ("landing", "floor", 2.0),
    "rebuild": ("rebuild", "bare_sql", 1.2),
    "expectations": ("great_expectations", "bare_sql", None),
    "saved_register": ("saved", "everything", 0.15),
    "publication": ("publication", "copy", 5.0),
    "first_read": ("first_read", "bare_wire", None),
    "empty_daily": ("daily", None, None),
}
TURNS = 3


def run_one(name: str, quick: bool) -> None:
    """In the child: measure and print one JSON line."""
    benchmark = importlib.import_module(f"tests.bench.{name}")
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
        turns = benchmark.measure(quick, Path(folder), TURNS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"turns": turns, "peak_mib": peak}))


def result_of(name: str, quick: bool) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.bench", "--child", name, *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    measured = json.loads(done.stdout.splitlines()[-1])
    ours, floor, goal = BENCHMARKS[name]
    turns = measured["turns"]
    return {
        "benchmark": name,
        "seconds": median(turn[ours] for turn in turns),
        "floor_seconds": median(turn[floor] for turn in turns) if floor else None,
        "ratio": median(turn[ours] / turn[floor] for turn in turns) if floor else None,
        "goal": goal,
        "peak_mib": measured["peak_mib"],
        "detail": turns[-1],
    }


def printed(result: dict[str, object]) -> str:
    def cell(value: object, form: str) -> str:
        return format(value, form) if value is not None else "—"

    return (
        f"{result['benchmark']:<14} {cell(result['seconds'], '9.2f')} {cell(result['floor_seconds'], '9.2f')}"
        f" {cell(result['ratio'], '7.2f')} {cell(result['goal'], '6.2f'):>6} {cell(result['peak_mib'], '9.0f')}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", default=list(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        run_one(options.child, options.quick)
        return
    print(f"{'benchmark':<14} {'seconds':>9} {'floor':>9} {'ratio':>7} {'goal':>6} {'peak MiB':>9}")
    results = []
    for name in options.names:
        results.append(result_of(name, options.quick))
        print(printed(results[-1]), flush=True)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
