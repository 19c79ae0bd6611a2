"""Where settings stand: in the environment, in systemd's credentials, in `mtcl.toml` in the home.

The first of the three that has one counts. In the file every name has to be one of ours; among credentials, which may
be another program's too, every name that begins like ours.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.settings import NAMES, SettingsError, home, not_known, refuse_unknown


FILE = "mtcl.toml"
CREDENTIALS = "CREDENTIALS_DIRECTORY"
# What may hold a secret; S_CLIENT_KEY is the name of a file.
SECRET = re.compile(
    r".*(_SECRET|_PASSWORD|_HEADERS|_QUERY|_PROXY)|PSEUDONYM_KEY(_RETIRED)?|LGSP_.*_KEY|SMTP_URL|WEBHOOK_URL"
)
OTHERS_MAY_READ = 0o077


def gathered(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment, and what the two others add to it; an empty value is as if unset. Raises SettingsError."""
    given = {name: text for name, text in environment.items() if text.strip()}
    given = of_credentials(given.get(CREDENTIALS)) | given
    return of_file(home(given) / FILE) | given


def of_credentials(folder: str | None) -> dict[str, str]:
    """A file for each setting, of its name (systemd's `LoadCredential=`)."""
    if folder is None:
        return {}
    try:
        files = {path.name: path for path in Path(folder).iterdir()}
        refuse_unknown(dict.fromkeys(files, ""))
        return {name: content(path) for name, path in files.items() if name in NAMES}
    except OSError:
        raise SettingsError(f"Không đọc được thư mục {folder} mà {CREDENTIALS} nêu.") from None
    except SettingsError as error:
        raise SettingsError(f"Trong {CREDENTIALS}: {error}") from None


def content(path: Path) -> str:
    """Of a key or a certificate, which is the content of a file, the settings are to hold the name."""
    found = read(path)
    return str(path) if found.startswith("-----BEGIN ") else found


def of_file(path: Path) -> dict[str, str]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return {}
    try:
        found = {name: text(name, value) for name, value in tomllib.loads(read(path)).items()}
    except tomllib.TOMLDecodeError as error:
        # Its words may quote the file; where it stands is enough.
        place = re.search(r"line (\d+)", str(error))
        where = f" ở dòng {place[1]}" if place else ""
        raise SettingsError(f"Tệp {path} không đúng cú pháp TOML{where}.") from None
    except SettingsError as error:
        raise SettingsError(f"Tệp {path}: {error}") from None
    secrets = [name for name in found if SECRET.fullmatch(name)]
    if secrets and mode & OTHERS_MAY_READ:
        raise SettingsError(
            f"Tệp {path} giữ bí mật ({', '.join(secrets)}) mà người khác mở được; chạy: chmod 600 {path}"
        )
    return found


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"không đọc được {path.name}.") from None


def text(name: str, value: Any) -> str:
    """As it would stand in the environment. Raises SettingsError for a name or a value that is none of ours."""
    if name == "MTCL_HOME":
        raise SettingsError("MTCL_HOME nói thư mục chứa tệp này, nên chỉ đặt được ở biến môi trường.")
    if name not in NAMES:
        raise SettingsError(not_known(name))
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float | date):
        return str(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    raise SettingsError(f"Biến {name} không hợp lệ: phải là chữ, số, đúng/sai hoặc bảng.")
