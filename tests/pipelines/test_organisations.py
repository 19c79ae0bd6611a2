"""Many organisations in one installation: whose settings count, what is refused, what a single one does not notice."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from pipelines import organisations
from pipelines.cli import main
from pipelines.instance import MANY_ORGANISATIONS, OWN_LAUNCHER, prepare
from pipelines.settings import NAMES, Settings, SettingsError
from pipelines.settings_files import gathered


KEY = "khoa-rat-bi-mat-va-dai"
AXIS = 'AXIS_URL = "https://{code}.example"\nAXIS_SYSTEM_ID = "{code}"\nAXIS_SECRET = "bi-mat"\n'
NOTHING_SET = dict.fromkeys(NAMES)


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    for code in ("H19", "H20"):
        home = tmp_path / "organisations" / code
        home.mkdir(parents=True)
        (home / "mtcl.toml").write_text(AXIS.format(code=code), encoding="utf-8")
        (home / "mtcl.toml").chmod(0o600)
    return tmp_path


def settings_of(installation: Path, code: str, **environment: str) -> Settings:
    given = {"MTCL_HOME": str(installation)} | environment
    return Settings.from_environment(gathered(organisations.environment_of(given, code)))


def test_each_has_its_own_sources_home_reference_files_and_warehouse(installation: Path) -> None:
    one, other = (settings_of(installation, code) for code in ("H19", "H20"))
    assert (one.run.org_code, other.run.org_code) == ("H19", "H20")
    assert one.sources["axis"]["AXIS_URL"] == "https://H19.example"
    assert other.sources["axis"]["AXIS_URL"] == "https://H20.example"
    home = installation / "organisations" / "H20"
    assert (other.run.home, other.run.own_reference) == (home, home / "reference")
    assert other.warehouse == home / "warehouse.duckdb"


def test_what_is_set_for_all_counts_where_an_organisation_sets_nothing_itself(installation: Path) -> None:
    with (installation / "organisations" / "H20" / "mtcl.toml").open("a") as file:
        file.write("MTCL_KEEP_VERSIONS = 7\n")
    (installation / "mtcl.toml").write_text("MTCL_KEEP_VERSIONS = 3\nRUN_DEADLINE = 5\n", encoding="utf-8")
    one, other = (settings_of(installation, code, MTCL_TODAY="2025-12-31") for code in ("H19", "H20"))
    assert (one.run.keep_versions, other.run.keep_versions) == (3, 7)
    assert (one.run.deadline_hours, other.run.deadline_hours) == (5, 5)
    assert one.simulated_day == other.simulated_day


def test_secrets_may_stand_in_a_folder_of_credentials_for_each(installation: Path) -> None:
    folder = installation / "credentials"
    (folder / "H20").mkdir(parents=True)
    (folder / "H20" / "AXIS_SECRET").write_text("cua-H20\n", encoding="utf-8")
    one, other = (settings_of(installation, code, CREDENTIALS_DIRECTORY=str(folder)) for code in ("H19", "H20"))
    assert (one.sources["axis"]["AXIS_SECRET"], other.sources["axis"]["AXIS_SECRET"]) == ("bi-mat", "cua-H20")


def test_a_source_that_is_set_for_all_is_refused_since_each_would_read_that_of_another(installation: Path) -> None:
    with pytest.raises(SettingsError, match="AXIS_URL phải khai cho từng tổ chức") as caught:
        settings_of(installation, "H19", AXIS_URL="https://chung.example")
    assert "chung.example" not in str(caught.value)


def test_a_code_that_is_none_names_the_nearest(installation: Path) -> None:
    with pytest.raises(SettingsError, match="có phải H19"):
        settings_of(installation, "h19")
    with pytest.raises(SettingsError, match="H19, H20"):
        settings_of(installation, "XYZ")


def test_a_home_that_claims_to_be_another_organisations_is_refused(installation: Path) -> None:
    with (installation / "organisations" / "H20" / "mtcl.toml").open("a") as file:
        file.write('MTCL_ORG_CODE = "H19"\n')
    with pytest.raises(SettingsError, match="khác tên thư mục"):
        settings_of(installation, "H20")


def test_a_folder_whose_name_is_no_code_is_refused(installation: Path) -> None:
    (installation / "organisations" / "Đồng Nai").mkdir()
    (installation / "organisations" / "Đồng Nai" / "mtcl.toml").touch()
    with pytest.raises(SettingsError, match="không phải là mã tổ chức"):
        organisations.codes(installation)


def test_a_command_of_a_home_asks_which_and_answers_for_that_one(installation: Path) -> None:
    runner = CliRunner(env=NOTHING_SET | {"MTCL_HOME": str(installation)})
    asked = runner.invoke(main, ["status"])
    assert (asked.exit_code, "H19, H20" in asked.output) == (2, True)
    found = runner.invoke(main, ["status", "--json", "--organisation", "H20"])
    assert json.loads(found.output)["status"] == "never_run"
    assert runner.invoke(main, ["status"]).exit_code == 2


def test_they_are_listed_with_how_they_stand(installation: Path) -> None:
    runner = CliRunner(env=NOTHING_SET | {"MTCL_HOME": str(installation)})
    rows = json.loads(runner.invoke(main, ["organisations", "--json"]).output)
    assert [(row["organisation"], row["status"], row["version"]) for row in rows] == [
        ("H19", "never_run", None),
        ("H20", "never_run", None),
    ]


def test_one_organisation_is_as_it_always_was(tmp_path: Path) -> None:
    runner = CliRunner(env=NOTHING_SET | {"MTCL_HOME": str(tmp_path)})
    assert runner.invoke(main, ["status"]).exit_code == 5
    assert "một tổ chức" in runner.invoke(main, ["organisations"]).output
    assert runner.invoke(main, ["nights"]).exit_code == 2
    assert runner.invoke(main, ["status", "--organisation", "H19"]).exit_code == 2
    assert "ClosingDateCoordinator" in (prepare(tmp_path / "dagster") / "dagster.yaml").read_text(encoding="utf-8")


def test_an_installation_of_many_runs_one_night_of_each_at_a_time_by_whoever_is_named(installation: Path) -> None:
    home = installation / "dagster"
    written = yaml.safe_load((prepare(home) / "dagster.yaml").read_text(encoding="utf-8"))
    assert written["run_coordinator"] == yaml.safe_load(MANY_ORGANISATIONS)["run_coordinator"]
    launcher = "run_launcher:\n  module: dagster\n  class: DefaultRunLauncher\n"
    (home / OWN_LAUNCHER).write_text(launcher, encoding="utf-8")
    written = yaml.safe_load((prepare(home) / "dagster.yaml").read_text(encoding="utf-8"))
    assert written["run_launcher"] == yaml.safe_load(launcher)["run_launcher"]
    assert "run_coordinator" not in written
