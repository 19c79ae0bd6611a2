"""Mail about what has been published: once for each version, kept in a file beside the list of what is broken.

Leaders hear of turned verdicts and new grave suspicions; a room of what of its registers could not be taken, when that
changes; whoever asked for it (MTCL_DIGEST) gets a summary of every morning. What could not be sent is tried again.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from assets.reports.digest import News, news, of_room, shortened
from assets.reports.rehearsal import MARK
from assets.run_settings import LOCAL
from pipelines.alert_words import OpenIncident, place
from pipelines.channels import Message, NotSent, Say
from pipelines.mailing import Mailing
from pipelines.settings import Settings
from warehouse import access
from warehouse.reading import NothingPublished, newest
from warehouse.whole_files import put


STATE = "told.json"
DIGEST, REJECTED = "digest", "rejected"


def tell_publication(settings: Settings, broken: Iterable[OpenIncident], say: Say, is_rehearsal: bool = False) -> None:
    """Call it under the lock of the list: two who look at once would write twice."""
    mailing, state = settings.mailing, read(settings.run.home / STATE)
    if mailing is None:
        return
    try:
        published = newest(settings.run.published)
        if state.get("version") == state.get("rooms") == published.version:
            return
        before = settings.run.published / f"{state.get('version')}.duckdb"
        found = news(published, before if before.exists() else None)
    # A pointer that names no version is told by others.
    except (NothingPublished, OSError, ValueError):
        return
    try:
        if state.get("version") != published.version:
            tell_everybody(settings, mailing, found, list(broken), is_rehearsal)
            state["version"] = published.version
        tell_rooms(settings, mailing, found, state, is_rehearsal)
        state["rooms"] = published.version
    except NotSent as error:
        say(f"Chưa gửi được tin về bản công bố ({error}); sẽ gửi lại lần sau.")
    put(settings.run.home / STATE, json.dumps(state, ensure_ascii=False, indent=2).encode(), access.PRIVATE_FILE)


def read(file: Path) -> dict[str, str]:
    """The `version` that was told of last, to `rooms` as well; of each room the digest of what it was told."""
    with suppress(OSError, ValueError):
        found = json.loads(file.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    return {}


def tell_everybody(
    settings: Settings, mailing: Mailing, found: News, broken: list[OpenIncident], is_rehearsal: bool
) -> None:
    recipients = mailing.leaders if found.is_grave else ()
    if mailing.has_digest:
        recipients = tuple(dict.fromkeys((*mailing.mail.recipients, *mailing.leaders)))
    if recipients:
        compared = f"So với ngày chốt {found.since:%d/%m/%Y}." if found.since else "Chưa có bản trước để so."
        lines = [*found.lines(), *map(line_of, broken)] or ["Không có gì cần xem."]
        text = [f"Đã công bố số liệu ngày chốt {found.closing_date:%d/%m/%Y}. {compared}", "", *lines]
        mailing.send(recipients, message(settings, DIGEST, found.subject, text, is_rehearsal))


def line_of(entry: OpenIncident) -> str:
    """One line a cause; the whole stands in its own alert."""
    since = datetime.fromisoformat(entry.since).astimezone(LOCAL)
    return f"– Đang hỏng từ {since:%H:%M %d/%m/%Y}: {entry.title}. Việc cần làm: {entry.advice}"


def tell_rooms(settings: Settings, mailing: Mailing, found: News, state: dict[str, str], is_rehearsal: bool) -> None:
    """A room whose rows are all taken is told nothing, also not that they are."""
    for path, recipients in mailing.rooms.items():
        lines = of_room(found.rejected, path)
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        if lines and state.get(f"room:{path}") != digest:
            text = [
                "Những chỗ sau trong sổ của phòng chưa nhận được, nên chưa vào số liệu:",
                "",
                *shortened(lines, "chỗ"),
                "",
            ]
            text += ["Sửa trong chính tệp ấy rồi lưu lại; lần đọc sau sẽ nhận."]
            subject = f"Sổ {path}: {len(lines)} chỗ chưa nhận được"
            mailing.send(recipients, message(settings, REJECTED, subject, text, is_rehearsal))
        state[f"room:{path}"] = digest


def message(settings: Settings, event: str, subject: str, lines: list[str], is_rehearsal: bool) -> Message:
    end = [f"Trang lãnh đạo: {place(settings)}/published/index.html", f"Bàn làm việc: {place(settings)}/desk/"]
    end += [f"Hỏi ai: {settings.contact}"] if settings.contact else []
    title = f"{MARK}: {subject}" if is_rehearsal else subject
    return Message(event, event, title, "\n".join([*lines, "", *end]))
