"""What an alert says: since when, where, what to do, whom to ring."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from socket import gethostname

from assets.reports.rehearsal import MARK
from assets.run_settings import LOCAL
from assets.sources import systems
from pipelines.channels import Message
from pipelines.settings import Settings
from warehouse.identity import REHEARSAL as NOTICE


OPENED, STILL, CLOSED = "opened", "still", "closed"
# Where `make ui` answers on the machine itself.
UI_PORT = 3000


@dataclass
class OpenIncident:
    """One cause from its beginning to its end; `told` and `closed_to` name the channels that have taken the news."""

    cause: str
    title: str
    text: str
    advice: str
    since: str
    is_over: bool = False
    told: list[str] = field(default_factory=list)
    closed_to: list[str] = field(default_factory=list)
    run_id: str = ""
    # Channel → when it was last told that this is broken.
    told_at: dict[str, str] = field(default_factory=dict)


def message(entry: OpenIncident, event: str, settings: Settings, is_rehearsal: bool = False) -> Message:
    found = message_of(entry, event, settings)
    return replace(found, title=f"{MARK}: {found.title}", text=f"{NOTICE}.\n\n{found.text}") if is_rehearsal else found


def message_of(entry: OpenIncident, event: str, settings: Settings) -> Message:
    since = datetime.fromisoformat(entry.since).astimezone(LOCAL)
    title = f"{entry.title}{about(entry)}"
    if event == CLOSED:
        text = f"Đã hết: {title}.\nBắt đầu từ {since:%H:%M %d/%m/%Y}. Không cần làm gì thêm."
        return Message(CLOSED, entry.cause, f"Đã hết: {title}", text)
    days = (datetime.now(UTC) - since).days
    lines = (
        f"{title}.",
        "",
        f"Từ: {since:%H:%M %d/%m/%Y}" + (f" (đã {days} ngày)" if days else ""),
        f"Máy: {gethostname()}",
        *([f"Lần chạy: {place(settings)}/runs/{entry.run_id}"] if entry.run_id else []),
        f"Bàn làm việc: {place(settings)}/desk/",
        "",
        entry.text,
        "",
        f"Việc cần làm: {entry.advice}",
        *([f"Hỏi ai: {settings.contact}"] if settings.contact else []),
        "",
        "Số liệu đã công bố trước đó vẫn giữ nguyên và vẫn đọc được. " + again(settings.remind_days),
    )
    prefix = "Vẫn còn: " if event == STILL else ""
    return Message(event, entry.cause, f"{prefix}{title} (từ {since:%H:%M %d/%m/%Y})", "\n".join(lines))


def again(days: int) -> str:
    if days:
        return f"Mỗi nguyên nhân báo một lần, nhắc lại sau mỗi {days} ngày còn hỏng; khi hết sẽ có tin báo."
    return "Tin này chỉ gửi một lần cho mỗi nguyên nhân; khi hết sẽ có tin báo."


def about(entry: OpenIncident) -> str:
    """Of a run that failed while a source was read: which source."""
    kind, _, steps = entry.cause.partition(":")
    titles = systems()
    read = [step.split("__")[1] for step in steps.split(",") if step.startswith("raw__")] if kind == "run" else []
    return "".join(f": {titles[code]}" for code in dict.fromkeys(read) if code in titles)


def place(settings: Settings) -> str:
    """Where the officer's pages are: behind the proxy, else on the machine itself."""
    hosts = settings.door.hosts
    return f"https://{hosts[0]}" if hosts else f"http://127.0.0.1:{UI_PORT}"
