"""The one-stop system: dossiers by their "updated" order, the directory, the procedures, the system's own counts."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import dagster as dg
from pydantic import Field

from assets.questions import ask
from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question
from assets.raw.cursors import position_after, since
from assets.raw.due_questions import processes_to_read
from assets.raw.monthly_counts import differing, is_due, month_after, months_begun, reading_again
from assets.raw.whole_reading import whole_reading
from connectors.dossier_search import Found
from connectors.keycloak import REALM, Keycloak
from connectors.portal import Portal
from connectors.pseudonym_settings import required
from connectors.transport_settings import texts
from warehouse import ledger
from warehouse.database import Database


# Dossiers in one answer, as public clients ask.
PAGE_SIZE = 50
REREAD_JOB, REREAD_DAYS = "reread", 31


class DossierReading(dg.Config):
    """Cách đọc hồ sơ. Để nguyên: chỉ đọc hồ sơ thay đổi từ lần trước; riêng công việc reread: 31 ngày gần đây."""

    last_days: int = Field(
        default=0,
        ge=0,
        description="Đọc lại các hồ sơ tiếp nhận trong chừng này ngày gần đây; 0: không đọc lại.",
    )
    accepted_from: str = Field(
        default="",
        pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        description="Đọc lại từ ngày tiếp nhận này (năm-tháng-ngày, ví dụ 2025-03-01); để trống: theo last_days.",
    )
    accepted_to: str = Field(
        default="",
        pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        description="Đọc lại đến hết ngày tiếp nhận này (năm-tháng-ngày); để trống: đến hôm nay.",
    )
    everything: bool = Field(
        default=False,
        description="Đọc lại toàn bộ hồ sơ và ghi nhận hồ sơ nào không còn ở nguồn. Có thể mất nhiều giờ.",
    )

    def of(self, job: str) -> "DossierReading":
        """What an empty form means: the last month in the job that reads again, nothing special elsewhere."""
        return DossierReading(last_days=REREAD_DAYS) if job == REREAD_JOB and self == DossierReading() else self

    def window(self, today: date) -> tuple[date, date] | None:
        """Acceptance days [start, end) to read again; None when no period is asked for."""
        end = date.fromisoformat(self.accepted_to) if self.accepted_to else today
        if self.accepted_from:
            start = date.fromisoformat(self.accepted_from)
        elif self.last_days or self.accepted_to:
            start = end - timedelta(days=max(self.last_days, 1) - 1)
        else:
            return None
        if start > end:
            raise dg.Failure(
                f"Khoảng đọc lại không hợp lệ: từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}.", allow_retries=False
            )
        return start, end + timedelta(days=1)


# The collections that an officer may ask for otherwise than usual.
FORMS = {"dossiers": DossierReading}


def connect(given: Mapping[str, str], client: Client) -> Portal:
    sign_on = Keycloak(
        client("PORTAL_SSO", given["PORTAL_SSO_URL"]),
        given["PORTAL_CLIENT_ID"],
        given.get("PORTAL_CLIENT_SECRET", ""),
        username=given.get("PORTAL_USERNAME", ""),
        password=given.get("PORTAL_PASSWORD", ""),
        realm=given.get("PORTAL_REALM", REALM),
        token_url=given.get("PORTAL_TOKEN_URL", ""),
    )
    return Portal(
        client("PORTAL", given["PORTAL_URL"]),
        sign_on,
        required(given),
        page_size=int(given.get("PORTAL_PAGE_SIZE", PAGE_SIZE)),
        search=texts("PORTAL_SEARCH", given.get("PORTAL_SEARCH", "{}")),
    )


def questions(portal: Portal, _org_code: str) -> Iterator[Question]:
    """For whoever probes the source: the sign-on, and the newest dossiers."""

    def first_page() -> str:
        page = next(portal.dossiers(None))
        total = "không cho biết tổng số" if page.total_records is None else f"{page.total_records} hồ sơ"
        return f"đọc được {len(page.records)} hồ sơ; nguồn báo {total}"

    yield "Đăng nhập", portal.signed_on
    yield "Hồ sơ mới nhất", first_page


def dossier_counts(asking: Asking[Portal]) -> Iterator[Reading]:
    if is_due(asking.database, asking.settings):
        today = asking.settings.today
        yield Reading(asking.connector.dossier_counts(months_begun(today), today))


def dossiers(asking: Asking[Portal]) -> Iterator[Reading]:
    """A period again, everything, or what has changed since the cursor and what that cannot show."""
    form, settings = asking.form.of(asking.job), asking.settings
    before = ledger.cursor(asking.database, "portal", "dossiers")
    window = form.window(settings.today)
    if window is not None:
        bounds = (window[0].isoformat(), window[1].isoformat())
        yield Reading(asking.connector.dossiers_accepted(*window), window=bounds)
    elif before is None or form.everything:
        yield from whole_reading(asking, before)
        return
    else:
        yield from changes(asking, before)
    yield from where_counts_differ(asking)


def changes(asking: Asking[Portal], before: str) -> Iterator[Reading]:
    """Since the cursor; by months of acceptance as far as the source's order does not show what has changed."""
    reached, found = since(before, asking.settings), Found()
    position = position_after(before, asking.settings)
    yield Reading(
        asking.connector.dossiers(reached, found),
        window=(reached.isoformat() if reached else None, None),
        cursor_before=before,
        # What lies deeper than the source shows is still to be read.
        cursor=lambda newest: None if found.is_too_deep else position(newest),
    )
    if found.is_too_deep:
        yield from whole_reading(asking, before)
    else:
        for start, end in months_to_read(asking.database, asking.settings.today, found.has_no_order):
            yield Reading(asking.connector.dossiers_accepted(start, end), window=(start.isoformat(), end.isoformat()))


def months_to_read(database: Database, today: date, has_no_order: bool) -> Iterator[tuple[date, date]]:
    """A seventh of the months whose changes do not show, another every day; where none do, the newest two as well."""
    hidden = {start for (start,) in ask(database, "months_without_order", has_no_order=has_no_order)}
    newest = {today.replace(day=1), (today.replace(day=1) - timedelta(days=1)).replace(day=1)}
    turn = {start for start in hidden if (start.year * 12 + start.month) % 7 == today.toordinal() % 7}
    for start in sorted(turn | newest if has_no_order else turn):
        yield start, month_after(start)


def where_counts_differ(asking: Asking[Portal]) -> Iterator[Reading]:
    """The months of which the source counts another number than is known."""
    found = differing(asking.database, asking.run_id, asking.settings)
    for one in found:
        asking.log.warning(
            f"Tháng {one.month[0]:%m/%Y}: đã có {one.known} hồ sơ, nguồn tự đếm {one.counted}; đọc lại trọn tháng."
            + ("" if one.may_have_gone else " Mất quá nhiều cùng lúc nên không coi hồ sơ nào là đã xóa.")
        )
    if found:
        yield reading_again(asking.database, asking.connector, found)


def agencies(asking: Asking[Portal]) -> Iterator[Reading]:
    yield Reading(asking.connector.agencies())


def procedures(asking: Asking[Portal]) -> Iterator[Reading]:
    yield Reading(asking.connector.procedures())


def processes(asking: Asking[Portal]) -> Iterator[Reading]:
    yield Reading(asking.connector.processes(processes_to_read(asking.database, asking.settings)))


def statistics(asking: Asking[Portal]) -> Iterator[Reading]:
    months = months_begun(asking.settings.today)
    yield Reading(page for start, end in months for page in asking.connector.statistics(start, end))
