"""What leaves the house: a wheel with every file of the packages, and papers that speak of the wheels there."""

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from deploy import release
from tests.support.copies import Copy
from tests.support.documented import PROJECT


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With our own wheel alone: `make release` fetches the others, and installs all."""
    folder = tmp_path_factory.mktemp("release")
    copy = tmp_path_factory.mktemp("project")
    Copy(copy).add("README.md", "# mtcl\n")
    release.own_wheel(copy, folder / release.WHEELS)
    release.describe(folder)
    return folder


def test_the_wheel_has_every_file_that_the_packages_have(released: Path) -> None:
    (wheel,) = (released / release.WHEELS).glob("*.whl")
    packed = {path for path in release.metadata(wheel).files or [] if ".dist-info" not in str(path)}
    kept = {
        file.relative_to(PROJECT).as_posix()
        for package in ("pipelines", "assets", "connectors", "warehouse")
        for file in (PROJECT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert kept - {str(path) for path in packed} == set()


def test_list_bill_and_sums_name_the_wheel_by_its_hash(released: Path) -> None:
    (wheel,) = (released / release.WHEELS).glob("*.whl")
    hashed = release.digest(wheel)
    assert (released / release.LIST).read_text(encoding="utf-8") == f"mtcl==1.0.0 --hash=sha256:{hashed}\n"
    bill = json.loads((released / release.SBOM).read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"], bill["components"]) == ("CycloneDX", "1.5", [])
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    ours = bill["metadata"]["component"]
    assert (ours["purl"], ours["licenses"]) == ("pkg:pypi/mtcl@1.0.0", [{"expression": "Apache-2.0"}])
    assert ours["hashes"] == [{"alg": "SHA-256", "content": hashed}]
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", release.SUMS],  # noqa: S607
        cwd=released,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert f"{release.WHEELS}/{wheel.name}: OK" in done.stdout
    assert "deploy/systemd/mtcl-daemon.service: OK" in done.stdout


def test_installed_from_the_folder_alone_it_finds_its_own_files(released: Path, tmp_path: Path) -> None:
    """The libraries are those of this environment; no project lies where it is started."""
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=False)
    (packages,) = environment.glob("lib/python*/site-packages")
    alone = ("--no-index", "--find-links", released / release.WHEELS, "--no-deps", "--require-hashes")
    release.pip("--isolated", "install", "--quiet", *alone, "--target", packages, "-r", released / release.LIST)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    # After its own folder, so that what is installed here for editing stands behind.
    (packages / "libraries.pth").write_text("".join(f"{path}\n" for path in libraries), encoding="utf-8")
    program = environment / "bin" / "mtcl"
    program.write_text(f"#!{environment}/bin/python\nfrom pipelines.cli import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    release.starts(program, tmp_path)
    assert len(list((tmp_path / "templates").glob("*.xlsx"))) > 10
    where = [environment / "bin" / "python", "-c", "import pipelines.serving as s; print(s.WORKSPACE)"]
    found = Path(subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip())
    assert found.is_relative_to(environment)
    assert found.exists()
