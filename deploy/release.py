"""What `make release` leaves in a folder for machines without network: wheels with hashes, SBOM, checksums, papers.

python deploy/release.py dist          fetches the locked packages, needs the registry
python deploy/release.py --prove dist  installs from the folder alone into a new environment, and starts it
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path
from typing import Any


PROJECT = Path(__file__).parents[1]
OWN = "mtcl"
# Beside them, for Dagster's history in PostgreSQL: installed where it is wanted.
POSTGRES = "postgres"
WHEELS, LIST, SBOM, SUMS = "wheelhouse", "requirements.txt", "sbom.cdx.json", "SHA256SUMS"
PAPERS = ("deploy", "docs", ".env.example", "LICENSE", "README.md", "README.vi.md")
# Every command with an end; a thousand packages take a while.
LONGEST = 1800


def pip(*arguments: str | Path, python: str = sys.executable) -> None:
    subprocess.run([python, "-m", "pip", "--disable-pip-version-check", *arguments], check=True, timeout=LONGEST)


def release(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    wheels = target / WHEELS
    # What is fetched is checked against the lock; where there is no wheel, one is built of the source.
    pip("wheel", "--no-deps", "--require-hashes", "--wheel-dir", wheels, "-r", PROJECT / "requirements.lock")
    own_wheel(PROJECT, wheels)
    extra = target / POSTGRES
    pip("wheel", "--no-deps", "--require-hashes", "--wheel-dir", extra, "-r", PROJECT / "requirements-postgres.lock")
    (extra / LIST).write_text(pinned(sorted(extra.glob("*.whl"))), encoding="utf-8")
    describe(target)


def own_wheel(project: Path, wheels: Path) -> Path:
    """What an earlier build left would come along."""
    shutil.rmtree(project / "build", ignore_errors=True)
    pip("wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", wheels, project)
    (wheel,) = wheels.glob(f"{OWN}-*.whl")
    return wheel


def describe(target: Path) -> None:
    """Everything but the wheels, of the wheels that are there."""
    wheels = sorted((target / WHEELS).glob("*.whl"))
    (target / LIST).write_text(pinned(wheels), encoding="utf-8")
    everything = [*wheels, *sorted((target / POSTGRES).glob("*.whl"))]
    (target / SBOM).write_text(json.dumps(sbom(everything), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for name in PAPERS:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(PROJECT / name, target / name)
    files = sorted(file for file in target.rglob("*") if file.is_file() and file.name != SUMS)
    sums = "".join(f"{digest(file)}  {file.relative_to(target).as_posix()}\n" for file in files)
    (target / SUMS).write_text(sums, encoding="utf-8")


def digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def metadata(wheel: Path) -> Distribution:
    (folder,) = (path for path in zipfile.Path(wheel).iterdir() if path.name.endswith(".dist-info"))
    return PathDistribution(folder)  # type: ignore[arg-type]  # a path of zipfile is read like any


def pinned(wheels: Iterable[Path]) -> str:
    """The wheels here and no others, for pip with --require-hashes."""
    found = [(metadata(wheel), wheel) for wheel in wheels]
    return "".join(f"{one.name}=={one.version} --hash=sha256:{digest(wheel)}\n" for one, wheel in found)


def sbom(wheels: Iterable[Path]) -> dict[str, Any]:
    """CycloneDX 1.5; the same wheels give the same serial number."""
    components = [component(wheel) for wheel in wheels]
    ours = next(one for one in components if one["name"] == OWN)
    made = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", datetime.now(UTC).timestamp())), UTC)
    content = "".join(one["hashes"][0]["content"] for one in components)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {
            "timestamp": made.isoformat(timespec="seconds"),
            "component": ours | {"type": "application"},
        },
        "components": [one for one in components if one is not ours],
    }


def component(wheel: Path) -> dict[str, Any]:
    found = metadata(wheel)
    told = found.metadata
    purl = f"pkg:pypi/{found.name.lower().replace('_', '-')}@{found.version}"
    expression, name = told.get("License-Expression"), (told.get("License") or "").strip().partition("\n")[0]
    licences = [{"expression": expression}] if expression else [{"license": {"name": name[:120]}}] if name else []
    return {
        "type": "library",
        "bom-ref": purl,
        "name": found.name,
        "version": found.version,
        "purl": purl,
        "hashes": [{"alg": "SHA-256", "content": digest(wheel)}],
        **({"licenses": licences} if licences else {}),
    }


def prove(target: Path) -> None:
    """Raises CalledProcessError where the folder is not enough by itself."""
    with tempfile.TemporaryDirectory() as place:
        environment = Path(place) / "venv"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True, timeout=LONGEST)
        python = str(environment / "bin" / "python")
        alone = ("--no-index", "--find-links", target / WHEELS, "--no-deps", "--require-hashes")
        pip("--isolated", "install", "--quiet", *alone, "-r", target / LIST, python=python)
        starts(environment / "bin" / OWN, Path(place))
        beside = ("--no-index", "--find-links", target / POSTGRES, "--no-deps", "--require-hashes")
        pip("--isolated", "install", "--quiet", *beside, "-r", target / POSTGRES / LIST, python=python)
        subprocess.run([python, "-c", "import dagster_postgres, psycopg2"], check=True, timeout=LONGEST)


def starts(program: Path, place: Path) -> None:
    """From a folder where nothing of the project lies: each package finds the files that came with it."""
    environment = {"MTCL_HOME": str(place / "home"), "PATH": os.defpath, "DAGSTER_DISABLE_TELEMETRY": "1"}
    for command in (("--help",), ("look",), ("templates", str(place / "templates"))):
        subprocess.run([program, *command], cwd=place, env=environment, check=True, timeout=LONGEST, stdout=sys.stderr)


if __name__ == "__main__":
    *switches, folder = sys.argv[1:]
    (prove if switches == ["--prove"] else release)(Path(folder).absolute())
