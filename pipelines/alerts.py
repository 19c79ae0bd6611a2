"""Somebody is told: one message when something breaks, one when it is over, and a standing list between the two.

The list is a file in the state folder, so that the night run, the web page's sensor and the command line share it. What
could not be handed over stays untold and is tried again by whoever looks next.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines import metrics
from pipelines.alert_words import CLOSED, OPENED, STILL, OpenIncident, message
from pipelines.channels import Channel, NotSent, Say
from pipelines.digest import tell_publication
from pipelines.identity import is_of_rehearsal
from pipelines.incidents import Incident, incidents
from pipelines.settings import Settings
from pipelines.status import Status, published_at, status
from warehouse import access
from warehouse.locks import lock
from warehouse.whole_files import put


LIST, HEARTBEAT = "incidents.json", "heartbeat.json"


def look_and_tell(settings: Settings, instance: dg.DagsterInstance, say: Say) -> list[OpenIncident]:
    """Looks what is broken, tells what has changed, leaves list, heartbeat and metrics; returns what is broken now."""
    home = settings.run.home
    access.make_folder(home, access.PASSAGE)
    with lock(home / f"{LIST}.lock", timeout=60):
        found = incidents(instance, settings, published_at(settings))
        entries = merged(open_incidents(home, everything=True), found)
        is_rehearsal = is_of_rehearsal(settings)
        tell(entries, settings, say, is_rehearsal)
        kept = [entry for entry in entries if not is_done(entry, settings.channels)]
        write(home / LIST, [asdict(entry) for entry in kept], access.PRIVATE_FILE)
        found_status = status(settings, instance)
        write(home / HEARTBEAT, heartbeat(found_status, kept, is_rehearsal), access.PUBLIC_FILE)
        broken = [entry for entry in kept if not entry.is_over]
        metrics.write(settings, instance, found_status, len(broken))
        tell_publication(settings, broken, say, is_rehearsal)
    return broken


def open_incidents(home: Path, everything: bool = False) -> list[OpenIncident]:
    """What was broken when somebody looked last; `everything` adds what is over and not told everywhere.

    A list that cannot be read is as none: what is broken is found anew, and told once more.
    """
    with suppress(OSError, ValueError, TypeError):
        entries = [OpenIncident(**entry) for entry in json.loads((home / LIST).read_text(encoding="utf-8"))]
        return [entry for entry in entries if everything or not entry.is_over]
    return []


def merged(known: list[OpenIncident], found: Iterable[Incident]) -> list[OpenIncident]:
    """The list as it is now: a cause that stays keeps its beginning, one that is gone is over."""
    now = {incident.cause: incident for incident in found}
    entries = [entry for entry in known if not (entry.is_over and entry.cause in now)]
    for entry in entries:
        entry.is_over = entry.cause not in now
    listed = {entry.cause for entry in entries}
    return entries + [
        OpenIncident(
            incident.cause,
            incident.title,
            incident.text,
            incident.advice,
            incident.since.isoformat(timespec="seconds"),
            run_id=incident.run_id,
        )
        for incident in now.values()
        if incident.cause not in listed
    ]


def tell(entries: list[OpenIncident], settings: Settings, say: Say, is_rehearsal: bool = False) -> None:
    now = datetime.now(UTC)
    for channel in settings.channels:
        for entry in entries:
            event = news(entry, channel.name, settings.remind_days, now)
            if event is None:
                continue
            try:
                channel.send(message(entry, event, settings, is_rehearsal))
            except NotSent as error:
                say(f"Chưa gửi được tin báo ({error}); sẽ gửi lại lần sau.")
            else:
                taken = entry.closed_to if event == CLOSED else entry.told
                taken += [] if channel.name in taken else [channel.name]
                entry.told_at[channel.name] = now.isoformat(timespec="seconds")


def news(entry: OpenIncident, channel: str, remind_days: int, now: datetime) -> str | None:
    """What a channel is still to be told of a cause; who never heard of its beginning need not hear of its end."""
    if channel not in entry.told:
        return None if entry.is_over else OPENED
    if entry.is_over:
        return None if channel in entry.closed_to else CLOSED
    last = datetime.fromisoformat(entry.told_at.get(channel, entry.since))
    return STILL if remind_days and now - last >= timedelta(days=remind_days) else None


def is_done(entry: OpenIncident, channels: Iterable[Channel]) -> bool:
    waiting = {channel.name for channel in channels} & set(entry.told) - set(entry.closed_to)
    return entry.is_over and not waiting


def heartbeat(found: Status, entries: list[OpenIncident], is_rehearsal: bool = False) -> dict[str, Any]:
    """For an outside monitor: old when nobody looks any more, and saying what is broken while somebody does."""
    return {
        "looked_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "status": found.name,
        "published_at": found.published_at.isoformat(timespec="seconds") if found.published_at else None,
        "last_run": found.last_run_id,
        "rehearsal": is_rehearsal,
        "troubles": [
            {"cause": entry.cause, "title": entry.title, "since": entry.since} for entry in entries if not entry.is_over
        ],
    }


def write(file: Path, content: object, mode: int) -> None:
    put(file, json.dumps(content, ensure_ascii=False, indent=2).encode(), mode)
