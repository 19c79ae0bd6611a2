"""A warehouse ready for use: locked, whole, migrated, and without attempts whose process is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from warehouse import access, ledger, rescue
from warehouse.damage import is_damage, mark_of
from warehouse.database import Database
from warehouse.migrations import migrate
from warehouse.moving_in import finish


# So much is within what two looks at a clock may differ by after it has been set.
TOLD_BEHIND = timedelta(minutes=1)
JUST_AFTER = timedelta(microseconds=2)
NEVER = datetime.min.replace(tzinfo=UTC)


@contextmanager
def open_warehouse(
    path: Path,
    *,
    clock: Callable[[], datetime],
    threads: int | None = None,
    lock_timeout: float = 600,
    on_commit: Callable[[str], None] = lambda point: None,
    tell: Callable[[str], None] = lambda rescued: None,
    begin_anew: bool = False,
) -> Iterator[Database]:
    """One process at a time, others wait for the lock; `tell` gets a sentence when a damaged file was replaced.

    `begin_anew`: an empty one is wanted, whatever there was before. Raises WarehouseBusy, NothingToBringBack,
    NewerHome.
    """
    access.make_folder(path.parent, access.PASSAGE)
    database = Database(path, clock=clock, threads=threads, lock_timeout=lock_timeout, on_commit=on_commit)
    with database.locked():
        # A restore that was killed on its last steps: the home is of two halves until they are done.
        finish(path.parent)
        if begin_anew:
            rescue.set_away(path, clock())
        open_whole(database, tell, begin_anew)
        try:
            access.make_private(path)
            migrate(database)
            database.clock = never_back(clock, ledger.newest_instant(database), tell)
            ledger.close_orphans(database)
            yield database
        finally:
            database.close()


def never_back(
    clock: Callable[[], datetime], known: datetime | None, tell: Callable[[str], None]
) -> Callable[[], datetime]:
    """The same clock, which waits where it would tell an instant before one that is known (design, rule 23).

    So what later runs write is never earlier than what earlier ones wrote: ordered by instants is ordered by run.
    """
    now = clock()
    # What was published at that instant holds what was known just after it.
    newest = [known + JUST_AFTER if known and known > now else known or NEVER]
    if known and (behind := newest[0] - now) > TOLD_BEHIND:
        tell(
            f"Đồng hồ của máy chậm {behind.total_seconds() / 60:,.0f} phút so với lần ghi trước "
            f"({newest[0].astimezone(now.tzinfo):%H:%M %d/%m/%Y}); lần chạy này ghi theo giờ đó. Xem lại đồng hồ."
        )

    def told() -> datetime:
        newest[0] = max(newest[0], clock())
        return newest[0]

    return told


def open_whole(database: Database, tell: Callable[[str], None], begin_anew: bool = False) -> None:
    """Replaces a damaged file by its last copy, once, and brings a lost one back: an empty one would hide the loss."""
    if mark_of(database.path).exists():
        tell(rescue.replace(database.path, database.clock()))
    elif not begin_anew and not database.path.exists() and (told := rescue.bring_back(database.path, database.clock())):
        tell(told)
    try:
        database.open()
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        database.close()
        tell(rescue.replace(database.path, database.clock()))
        database.open()
