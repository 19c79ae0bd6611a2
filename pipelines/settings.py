"""The settings of contract §2 as checked values; where they are found, `settings_files.py` says.

A wrong one stops the program before anything is asked; the message names the variable in Vietnamese and never shows a
value, since it may be a secret.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path

from assets.run_settings import LOCAL, PUBLISH_WHEN, RunSettings
from assets.sources import SOURCES, Source
from connectors import gateway_settings, pseudonym_settings, transport_settings
from connectors.transport import WrongTransport
from connectors.transport_settings import AMOUNT
from pipelines import door_settings, mailing, store_settings
from pipelines.channels import Channel, Mail, Webhook
from pipelines.door_settings import DoorSettings, WrongDoor
from pipelines.mailing import Mailing, WrongMailing
from pipelines.store_settings import WrongStore
from warehouse.engines import ENGINES
from warehouse.signing import Signer, WrongKey


OTHERS = (
    "MTCL_HOME",
    "MTCL_ORG_CODE",
    "MTCL_TODAY",
    "MTCL_KEEP_VERSIONS",
    "MTCL_OVERLAP_HOURS",
    "MTCL_COPIES_ASKED",
    "MTCL_SIGNING_KEY",
    "PUBLISH_WHEN",
    "ENGINE",
    "RUN_DEADLINE",
    "MTCL_REHEARSAL",
    *pseudonym_settings.NAMES,
    "SMTP_URL",
    "MAIL_FROM",
    "MAIL_TO",
    "WEBHOOK_URL",
    "MTCL_CONTACT",
    "MTCL_REMIND_DAYS",
    *mailing.NAMES,
    *door_settings.NAMES,
    *store_settings.NAMES,
)
# Given to every source: whoever meets a person there needs it.
SHARED = (*pseudonym_settings.NAMES, *gateway_settings.SHARED)
MAIL = ("SMTP_URL", "MAIL_FROM", "MAIL_TO")
WIRES = tuple(wire for source in SOURCES for wire in source.wires)
NAMES = (
    *(name for source in SOURCES for name in source.names),
    *(name for wire in WIRES for name in transport_settings.names(wire)),
    *gateway_settings.SHARED,
    *OTHERS,
)
# What begins like one of ours and is none is a slip of the pen, which would otherwise be passed over in silence.
OURS = ("MTCL_", "PUBLISH_", "RUN_DEADLINE", "LAKE_", "LGSP_", "XROAD_", "REGISTERS_", *(f"{wire}_" for wire in WIRES))


HTTP = ("http://", "https://")
ADDRESSES = {"SMTP_URL": ("smtp://", "smtps://"), "WEBHOOK_URL": HTTP}


class SettingsError(Exception):
    """A setting that cannot be used; the message is for the officer."""


class NoHistory(Exception):
    """Dagster's history cannot be opened where the administrator has put it; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    """`sources`: code of every configured source → its variables. Not in `repr`: there are secrets among them."""

    run: RunSettings
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    # The day the simulator lives in; None: the real one.
    simulated_day: date | None = None
    channels: tuple[Channel, ...] = ()
    # After how many days an alert tells again what still stands (0: never).
    remind_days: int = 3
    # Invented data are meant; the home is marked for ever (rule 16).
    is_rehearsal: bool = False
    door: DoorSettings = field(default_factory=DoorSettings)
    # Of pseudonyms, newest first: the one in use and those in whose place it came.
    keys: tuple[str, ...] = field(default=(), repr=False)
    # Who is written to about what is published; None without a mail server.
    mailing: Mailing | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Raises SettingsError."""
        given = {name: text for name in environment if (text := environment[name].strip())}
        refuse_unknown(given)
        refuse_unused_gateway(given)
        own_keys = keys(given)
        sources = {source.code: own for source in SOURCES if (own := of_source(source, given))}
        today = day(given, "MTCL_TODAY")
        told = channels(given)
        try:
            store = store_settings.store(given)
            door = door_settings.door(given)
            letters = mailing.mailing(given, next((one for one in told if isinstance(one, Mail)), None))
        except (WrongStore, WrongDoor, WrongMailing) as error:
            raise SettingsError(str(error)) from error
        run = RunSettings(
            home=home(given),
            clock=simulated_evening(today) if today else real_time,
            org_code=given.get("MTCL_ORG_CODE", "H19"),
            keep_versions=whole_number(given, "MTCL_KEEP_VERSIONS", default=10, least=1),
            overlap=timedelta(hours=whole_number(given, "MTCL_OVERLAP_HOURS", default=24, least=0)),
            copies_asked=whole_number(given, "MTCL_COPIES_ASKED", default=100, least=0),
            deadline_hours=hours(given, "RUN_DEADLINE", default=RunSettings.deadline_hours),
            publish_when=one_of(given, "PUBLISH_WHEN", PUBLISH_WHEN),
            engine=one_of(given, "ENGINE", ENGINES),
            signer=signer(given),
            contact=given.get("MTCL_CONTACT", ""),
            store=store,
        )
        is_rehearsal = one_of(given, "MTCL_REHEARSAL", ("0", "1")) == "1"
        return cls(
            run,
            sources,
            today,
            told,
            whole_number(given, "MTCL_REMIND_DAYS", default=cls.remind_days, least=0),
            is_rehearsal,
            door,
            own_keys,
            letters,
        )

    @property
    def contact(self) -> str:
        """Whom an alert and the page for leaders say to ring."""
        return self.run.contact

    @property
    def asks_systems(self) -> bool:
        """Whether any real system is configured; registers alone may be tried on the simulator."""
        return any(not source.is_folder for source in SOURCES if source.code in self.sources)

    @property
    def registers(self) -> Path | None:
        """The folder where the rooms drop their registers."""
        own = self.sources.get("registers")
        return Path(own["REGISTERS_DIR"]) if own else None

    @property
    def warehouse(self) -> Path:
        return self.run.home / "warehouse.duckdb"

    @property
    def dagster_home(self) -> Path:
        return self.run.home / "dagster"


def of_source(source: Source, given: Mapping[str, str]) -> dict[str, str]:
    """All variables of a source, and what it shares with others; nothing where none of its own is set."""
    own = complete(source.settings + needed_by_choice(source, given), given)
    if not own:
        return {}
    for name in source.also_needs:
        if name not in given:
            raise SettingsError(f"Thiếu biến {name}: không có khóa thì không được đọc hồ sơ của người nộp.")
    if source.is_folder:
        own = {name: str(Path(folder).absolute()) for name, folder in own.items()}
    reached = [name for wire in source.wires for name in transport_settings.names(wire)]
    own |= {name: given[name] for name in (*SHARED, *source.names, *reached) if name in given and name not in own}
    for name in source.options:
        whole_number(given, name, default=1, least=1)
    try:
        check_texts(source, own)
        transport_settings.retry_seconds(own)
        for wire in source.wires:
            check_transport(wire, own)
    except WrongTransport as error:
        raise SettingsError(f"Biến {error.name} không hợp lệ: {error.what}") from error
    return own


def needed_by_choice(source: Source, given: Mapping[str, str]) -> tuple[str, ...]:
    """What the values chosen need. Raises SettingsError for a value that is none of them."""
    needed: list[str] = []
    for choice in source.choices:
        needed += choice.values[one_of(given, choice.name, tuple(choice.values))]
    return tuple(needed)


def check_texts(source: Source, own: Mapping[str, str]) -> None:
    """Addresses look like addresses, and what is to be JSON is an object of texts."""
    for name in source.texts:
        if name.endswith("_URL") and name in own and not own[name].startswith(HTTP):
            raise SettingsError(not_an_address(name))
        if name.endswith("_SEARCH"):
            transport_settings.texts(name, own.get(name, "{}"))


def refuse_unknown(given: Mapping[str, str]) -> None:
    for name in sorted(given.keys() - set(NAMES)):
        if name.startswith(OURS):
            raise SettingsError(not_known(name))


def refuse_unused_gateway(given: Mapping[str, str]) -> None:
    """Whoever set its keys believes that his requests go that way."""
    for setting, names in gateway_settings.without_effect(WIRES, given).items():
        which = f" (S là {', '.join(WIRES)})" if setting.startswith("S_") else ""
        raise SettingsError(
            f"Đã khai báo {', '.join(names)} nhưng không có {setting}{which}, nên không yêu cầu nào đi qua cổng đó. "
            f"Đặt {setting} cho địa chỉ phải đi qua cổng, hoặc bỏ trống {', '.join(names)}."
        )


def keys(given: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return pseudonym_settings.keys(given)
    except pseudonym_settings.WrongKeys as error:
        raise SettingsError(str(error)) from None


def not_known(name: str) -> str:
    near = get_close_matches(name.upper(), NAMES, 1)
    return f"Không có biến nào tên {name}" + (f"; có phải {near[0]}?" if near else ".")


def check_transport(wire: str, own: Mapping[str, str]) -> None:
    """Files that are not there and addresses that would show secrets on the way are told before anything is asked."""
    how = transport_settings.transport(wire, own)
    if not how.permits(own[f"{wire}_URL"]):
        raise SettingsError(
            f"Biến {wire}_URL dùng http://, nên mật khẩu đi trên đường truyền mà ai cũng đọc được. "
            f"Đổi sang https://, hoặc đặt {wire}_ALLOW_HTTP=1 nếu người quản trị mạng chấp nhận."
        )


def complete(names: tuple[str, ...], given: Mapping[str, str]) -> dict[str, str]:
    """The variables of one system (or of mail): all of them or none."""
    own = {name: given[name] for name in names if name in given}
    missing = [name for name in names if name not in own]
    if own and missing:
        raise SettingsError(
            f"Cấu hình chưa đủ: đã có {', '.join(own)} nhưng thiếu {', '.join(missing)}. "
            "Khai báo đủ các biến của một hệ thống, hoặc bỏ trống tất cả để không đọc hệ thống đó."
        )
    for name, value in own.items():
        if name.endswith("_URL") and not value.startswith(ADDRESSES.get(name, HTTP)):
            raise SettingsError(not_an_address(name))
    return own


def not_an_address(name: str) -> str:
    return f"Biến {name} không hợp lệ: phải là địa chỉ bắt đầu bằng {' hoặc '.join(ADDRESSES.get(name, HTTP))}."


def channels(given: Mapping[str, str]) -> tuple[Channel, ...]:
    """Who is told when something breaks: nobody, by mail, by webhook, or both."""
    found: list[Channel] = []
    mail = complete(MAIL, given)
    if mail:
        found.append(Mail(mail["SMTP_URL"], mail["MAIL_FROM"], mailing.addresses(mail["MAIL_TO"])))
    if "WEBHOOK_URL" in given:
        if not given["WEBHOOK_URL"].startswith(ADDRESSES["WEBHOOK_URL"]):
            raise SettingsError(not_an_address("WEBHOOK_URL"))
        found.append(Webhook(given["WEBHOOK_URL"]))
    return tuple(found)


def day(given: Mapping[str, str], name: str) -> date | None:
    if name not in given:
        return None
    try:
        return date.fromisoformat(given[name])
    except ValueError:
        raise SettingsError(f"Biến {name} không hợp lệ: phải là ngày dạng năm-tháng-ngày, như 2025-12-31.") from None


def signer(given: Mapping[str, str]) -> Signer | None:
    """By a key outside the home: whoever may write in the home must not be able to sign."""
    name = "MTCL_SIGNING_KEY"
    if name not in given:
        return None
    file = Path(given[name]).absolute()
    if file.resolve().is_relative_to(home(given).resolve()):
        raise SettingsError(f"Biến {name} không hợp lệ: tệp khóa ký phải nằm ngoài MTCL_HOME.")
    try:
        if file.stat().st_mode & 0o077:
            raise SettingsError(f"Biến {name} không hợp lệ: người khác mở được tệp khóa ký; chạy: chmod 600 {file}")
        return Signer.read(file)
    except OSError:
        raise SettingsError(f"Biến {name} không hợp lệ: không mở được tệp khóa ký {file}.") from None
    except WrongKey as error:
        raise SettingsError(f"Biến {name} không hợp lệ. {error}") from None


def whole_number(given: Mapping[str, str], name: str, default: int, least: int) -> int:
    text = given.get(name, str(default))
    if not text.isdecimal() or int(text) < least:
        raise SettingsError(f"Biến {name} không hợp lệ: phải là số nguyên từ {least} trở lên.")
    return int(text)


def hours(given: Mapping[str, str], name: str, default: float) -> float:
    text = given.get(name, str(default))
    if not AMOUNT.fullmatch(text) or float(text) == 0:
        raise SettingsError(f"Biến {name} không hợp lệ: phải là số giờ lớn hơn 0, như 20 hoặc 1.5.")
    return float(text)


def one_of(given: Mapping[str, str], name: str, values: tuple[str, ...]) -> str:
    """The first where nothing is set."""
    if given.get(name, values[0]) not in values:
        raise SettingsError(f"Biến {name} không hợp lệ: phải là {' hoặc '.join(values)}.")
    return given.get(name, values[0])


def home(given: Mapping[str, str]) -> Path:
    return Path(given.get("MTCL_HOME", "").strip() or "var").absolute()


def real_time() -> datetime:
    return datetime.now(LOCAL)


def simulated_evening(today: date) -> Callable[[], datetime]:
    """The clock of a simulated day: after office hours, when the sources have come to rest.

    It runs at a tenth of the real speed, so that later runs of a real day are later on the simulated one too.
    """
    evening = datetime.combine(today, time(20), LOCAL)

    def clock() -> datetime:
        now = datetime.now(UTC)
        return evening + (now - datetime.combine(now.date(), time(), UTC)) / 10

    return clock
