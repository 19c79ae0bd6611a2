"""Many organisations in one installation: a home each, with settings, reference files and a warehouse of its own.

An organisation is a folder `$MTCL_HOME/organisations/CODE` that holds an `mtcl.toml`; its secrets may stand in
`CREDENTIALS_DIRECTORY/CODE` instead. What is set for the installation counts for all of them where they set nothing
themselves, except for what says whom to ask: an address meant for one would be read into the home of another.
Where there is no such folder, there is one organisation, by the variables of contract §2.
"""

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from pipelines.settings import NAMES, OTHERS, SettingsError, home
from pipelines.settings_files import CREDENTIALS, FILE, gathered, of_credentials, of_file


FOLDER = "organisations"
CODE = re.compile(r"[A-Z0-9][A-Z0-9.-]*")
# Of the installation or of an organisation; the rest belongs to the organisation whose source it is.
FOR_ALL = frozenset(OTHERS) - {"MTCL_HOME", "MTCL_ORG_CODE"}


def codes(installation: Path) -> tuple[str, ...]:
    """In their order; none where the installation is of one organisation. Raises SettingsError."""
    found = sorted(file.parent.name for file in (installation / FOLDER).glob(f"*/{FILE}"))
    for code in found:
        if not CODE.fullmatch(code):
            raise SettingsError(
                f"Thư mục {FOLDER}/{code} không phải là mã tổ chức: chỉ dùng chữ hoa, chữ số, dấu chấm và gạch nối."
            )
    return tuple(found)


def home_of(installation: Path, code: str) -> Path:
    return installation / FOLDER / code


def environment_of(environment: Mapping[str, str], code: str) -> dict[str, str]:
    """What a process of that organisation is started with, given the installation's. Raises SettingsError."""
    installation = home(environment)
    own_home = home_of(installation, known(codes(installation), code))
    folder = environment.get(CREDENTIALS, "").strip()
    credentials = Path(folder) / code if folder and (Path(folder) / code).is_dir() else None
    own = of_file(own_home / FILE) | of_credentials(str(credentials) if credentials else None)
    if own.get("MTCL_ORG_CODE", code) != code:
        raise SettingsError(f"{FOLDER}/{code}/{FILE} khai MTCL_ORG_CODE khác tên thư mục: bỏ dòng đó đi.")
    shared = {name: text for name, text in gathered(environment).items() if name in NAMES and name != "MTCL_HOME"}
    refuse_of_one(shared, code)
    machine = {name: text for name, text in environment.items() if name not in NAMES and name != CREDENTIALS}
    for_all = {name: text for name, text in shared.items() if name in FOR_ALL and name not in own}
    secrets = {CREDENTIALS: str(credentials)} if credentials else {}
    return machine | for_all | secrets | {"MTCL_HOME": str(own_home), "MTCL_ORG_CODE": code}


def refuse_of_one(shared: Mapping[str, str], code: str) -> None:
    """Raises SettingsError where the installation sets what belongs to one organisation."""
    misplaced = sorted(shared.keys() - FOR_ALL)
    if misplaced:
        raise SettingsError(
            f"Nơi cài đặt này có nhiều tổ chức, nên {', '.join(misplaced)} phải khai cho từng tổ chức, như trong "
            f"{FOLDER}/{code}/{FILE}; khai chung thì tổ chức này đọc nguồn của tổ chức khác."
        )


def known(there_are: tuple[str, ...], code: str) -> str:
    """Raises SettingsError, which names the nearest or all of them."""
    if code in there_are:
        return code
    if not there_are:
        raise SettingsError(f"Không có thư mục {FOLDER}/{code} với tệp {FILE}: nơi cài đặt này chỉ có một tổ chức.")
    near = get_close_matches(code.upper(), there_are, 1)
    raise SettingsError(
        f"Không có tổ chức nào mã {code}" + (f"; có phải {near[0]}?" if near else f" (có: {', '.join(there_are)}).")
    )


def enter(code: str) -> dict[str, str]:
    """Makes this process one of that organisation; gives the environment there was. Raises SettingsError."""
    before = dict(os.environ)
    replace_environment(environment_of(before, code))
    return before


def replace_environment(environment: Mapping[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)
