"""Settings outside the environment: systemd's credentials and `mtcl.toml`, what counts, and what stops the program."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.settings import Settings, SettingsError
from pipelines.settings_files import gathered


AXIS = {"AXIS_URL": "https://axis.example", "AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "bi-mat-cua-truc"}
HIDDEN = "bi-mat-cua-truc"


def home_with(folder: Path, text: str, mode: int = 0o600) -> dict[str, str]:
    file = folder / "mtcl.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return {"MTCL_HOME": str(folder)}


def credentials(folder: Path, files: Mapping[str, str]) -> dict[str, str]:
    own = folder / "credentials"
    own.mkdir()
    for name, text in files.items():
        (own / name).write_text(text, encoding="utf-8")
    return {"CREDENTIALS_DIRECTORY": str(own)}


def toml(settings: Mapping[str, str]) -> str:
    return "\n".join(f"{name} = {json.dumps(value)}" for name, value in settings.items())


def test_a_source_may_be_set_in_all_three(tmp_path: Path) -> None:
    given = home_with(tmp_path, 'AXIS_URL = "https://axis.example"\nAXIS_RATE = 2\nAXIS_ALLOW_HTTP = true')
    given |= credentials(tmp_path, {"AXIS_SECRET": f"{HIDDEN}\n"})
    found = Settings.from_environment(gathered(given | {"AXIS_SYSTEM_ID": "H19"})).sources["axis"]
    assert found == AXIS | {"AXIS_RATE": "2", "AXIS_ALLOW_HTTP": "1"}


def test_the_environment_counts_before_credentials_and_these_before_the_file(tmp_path: Path) -> None:
    given = home_with(tmp_path, 'AXIS_SECRET = "tep"\nAXIS_SYSTEM_ID = "tep"\nAXIS_URL = "https://tep.example"')
    given |= credentials(tmp_path, {"AXIS_SECRET": "credential", "AXIS_SYSTEM_ID": "credential"})
    found = gathered(given | {"AXIS_SECRET": "bien", "AXIS_SYSTEM_ID": " "})
    assert [found[name] for name in ("AXIS_SECRET", "AXIS_SYSTEM_ID", "AXIS_URL")] == [
        "bien",
        "credential",
        "https://tep.example",
    ]


def test_the_file_says_as_toml_does_what_the_environment_says_as_text(tmp_path: Path) -> None:
    given = home_with(tmp_path, 'MTCL_TODAY = 2025-12-31\nRUN_DEADLINE = 1.5\nPORTAL_SEARCH = {"remove-status" = "0"}')
    assert gathered(given) == given | {
        "MTCL_TODAY": "2025-12-31",
        "RUN_DEADLINE": "1.5",
        "PORTAL_SEARCH": '{"remove-status": "0"}',
    }


def test_a_key_among_the_credentials_is_named_by_its_file(tmp_path: Path) -> None:
    given = credentials(tmp_path, {"AXIS_CLIENT_KEY": "-----BEGIN PRIVATE KEY-----\n…"})
    assert gathered(given)["AXIS_CLIENT_KEY"] == str(tmp_path / "credentials" / "AXIS_CLIENT_KEY")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('AXIS_SECRETS = "bi-mat-cua-truc"', r"AXIS_SECRETS; có phải AXIS_SECRET\?"),
        ('axis_url = "https://axis.example"', r"axis_url; có phải AXIS_URL\?"),
        ('[PATHS]\nx = "bi-mat-cua-truc"', "Không có biến nào tên PATHS"),
        ('MTCL_HOME = "/srv"', "chỉ đặt được ở biến môi trường"),
        ('MAIL_TO = ["bi-mat-cua-truc"]', "Biến MAIL_TO không hợp lệ"),
        ('MTCL_ORG_CODE = "H19"\nAXIS_SECRET = bi-mat-cua-truc', "không đúng cú pháp TOML ở dòng 2"),
    ],
)
def test_a_file_that_cannot_be_meant_so_stops_the_program(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words) as told:
        gathered(home_with(tmp_path, text))
    assert str(tmp_path / "mtcl.toml") in str(told.value)
    assert HIDDEN not in str(told.value)


def test_a_file_that_others_may_read_holds_no_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"AXIS_SECRET.*chmod 600") as told:
        gathered(home_with(tmp_path, toml(AXIS), mode=0o640))
    assert HIDDEN not in str(told.value)
    without = {name: value for name, value in AXIS.items() if name != "AXIS_SECRET"}
    assert gathered(home_with(tmp_path, toml(without), mode=0o644)).items() >= without.items()


def test_a_credential_that_begins_like_ours_and_is_none_stops_the_program(tmp_path: Path) -> None:
    given = credentials(tmp_path, {"AXIS_SECRT": HIDDEN, "mail-password": "x"})
    with pytest.raises(SettingsError, match=r"CREDENTIALS_DIRECTORY: .*AXIS_SECRT; có phải AXIS_SECRET\?"):
        gathered(given)
    (tmp_path / "credentials" / "AXIS_SECRT").unlink()
    assert gathered(given) == given


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CREDENTIALS_DIRECTORY"):
        gathered({"CREDENTIALS_DIRECTORY": str(tmp_path / "none")})
    (tmp_path / "mtcl.toml").write_bytes(b'AXIS_SECRET = "\xff"')
    with pytest.raises(SettingsError, match=r"không đọc được mtcl\.toml"):
        gathered({"MTCL_HOME": str(tmp_path)})


def test_a_command_takes_them_and_ends_with_2_where_they_are_wrong(tmp_path: Path) -> None:
    given = home_with(tmp_path, toml(AXIS | {"AXIS_URL": "http://127.0.0.1:9"}))
    done = CliRunner(env=given).invoke(main, ["probe", "axis"])
    assert (done.exit_code, "từ chối kết nối" in done.output) == (1, True)
    done = CliRunner(env=home_with(tmp_path, 'AXIS_URI = "x"')).invoke(main, ["probe", "axis"])
    assert (done.exit_code, "có phải AXIS_URL?" in done.output) == (2, True)
