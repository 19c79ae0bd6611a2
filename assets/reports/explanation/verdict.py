"""How a dossier ended, which figures count it, what would change that, and where all of it comes from."""

from datetime import date, timedelta
from typing import Literal

from assets.reports.explanation import words
from assets.reports.explanation.facts import Explanation
from assets.reports.explanation.questions import Clock, Counted
from assets.reports.formats import at_moment, day, listed, told_moment


Part = Literal["met", "failed", "excluded", "aside", "none"]
PARTS: dict[Part, str] = {
    "met": "vào cả tử số và mẫu số",
    "failed": "chỉ vào mẫu số, làm tỷ lệ giảm",
    "excluded": "loại trừ, nêu riêng bên cạnh",
    "aside": "tách riêng vì chưa rõ ngày hẹn đã gồm thời gian tạm dừng hay chưa, làm rộng khoảng giá trị",
    "none": "không tính",
}
# The share of what is overdue: here the numerator is no merit.
BACKLOG: dict[Part, str] = {
    "met": "vào cả tử số và mẫu số, làm tỷ lệ tồn đọng tăng",
    "failed": "chỉ vào mẫu số (đang giải quyết, chưa quá hạn)",
    "excluded": "không tính",
    "aside": "không tính",
    "none": "không tính",
}


def conclusion(found: Explanation, clock: Clock) -> str:
    """What happened against the due date, the classification and the rule behind it."""
    label = clock.classification_label
    due, closing = told_moment(clock.due_on_effective), day(found.closing_date)
    if clock.is_ended:
        end = f"Kết thúc xử lý {at_moment(clock.end)}, {distance(clock)} hạn {due}."
        if clock.is_stopped:
            end += " Hồ sơ được trả lại, rút hoặc dừng, nên không phải là một kết quả giải quyết."
    elif clock.is_paused:
        end = f"Đến ngày chốt {closing} hồ sơ đang tạm dừng, không bị tính là quá hạn; hạn hiện là {due}."
    else:
        end = f"Đến ngày chốt {closing} hồ sơ chưa xong; {remaining(clock, due)}."
    return f"{end} Phân loại: {label}. Quy tắc đã áp dụng: {clock.rule}."


def distance(clock: Clock) -> str:
    """`muộn hơn 3 ngày làm việc (5 ngày lịch) so với`; minutes where both fell on one day of a limit in hours."""
    if clock.lateness == 0:
        return "vừa đúng"
    side = "muộn" if clock.lateness > 0 else "sớm"
    finished, due = clock.end, clock.due_on_effective
    days = abs((finished.date() - due.date()).days)
    if days == 0:
        return (
            f"{side} hơn {abs(finished.replace(second=0) - due.replace(second=0)) // timedelta(minutes=1)} phút so với"
        )
    working = abs(clock.until_index - clock.due_index)
    return f"{side} hơn {working} ngày làm việc ({days} ngày lịch) so với"


def is_overdue(clock: Clock) -> bool:
    """At the closing date, which may be later than the end of the year that is measured."""
    return bool(clock.classification == "dang_giai_quyet_qua_han")


def remaining(clock: Clock, due: str) -> str:
    days = clock.due_index - clock.until_index
    if is_overdue(clock):
        return f"hạn {due} đã qua {-days} ngày làm việc ({clock.days_late} ngày lịch)"
    return f"hạn là {due}, còn {days} ngày làm việc" if days else f"hạn là {due}, còn trong ngày"


def part(row: Counted) -> Part:
    if row.denominator:
        return "met" if row.numerator else "failed"
    if row.quarantined:
        return "aside"
    return "excluded" if row.excluded else "none"


def counted(found: Explanation, clock: Clock) -> list[str]:
    """Indicators, scope and periods, then each definition in use, from the beginning of the year."""
    start, until = found.year.period_start, found.year.as_at
    counting = [row.indicator for row in found.indicators if row.counts_it]
    whose = f"{' và '.join(counting)} ({words.GROUPS[clock.applicant_group][1]})"
    if len(counting) == 1:
        whose = f"riêng {whose}"
    scope = (
        "cho Văn phòng và toàn tỉnh"
        if "VP" in found.scopes
        else "cho đơn vị và toàn tỉnh, ngoài phạm vi mục tiêu của Văn phòng"
    )
    told = [f"Chỉ tiêu tính hồ sơ này: {whose}, {scope}.{in_periods(found)}"]
    told.append(f"Lũy kế từ {day(start)} đến {day(until)}, theo từng định nghĩa:")
    for row in found.counted:
        name = f"{row.definition} (chính)" if row.is_headline else row.definition
        effect = (BACKLOG if row.definition == "B" else PARTS)[part(row)]
        if part(row) == "none":
            effect = f"không tính, vì {why_not(row.definition, clock, start)}"
        told.append(f"  – {name}: {effect}. {row.label} ({row.citation}).")
    return told


def why_not(definition: str, clock: Clock, start: date) -> str:
    if clock.ended_on and clock.ended_on < start:
        return f"đã kết thúc trước ngày {day(start)}"
    if definition == "B":
        return "không còn đang giải quyết"
    if definition == "R3" and clock.is_open_at_year_end:
        return "đang giải quyết, chưa quá hạn"
    return "chưa kết thúc trong khoảng này"


def in_periods(found: Explanation) -> str:
    if not found.periods:
        return ""
    iso = [words.period(row) for row in found.periods if row.period_calendar == "iso"]
    report = [words.period(row) for row in found.periods if row.period_calendar == "report"]
    told = [f"theo lịch dương {listed(iso)}"] if iso else []
    told += [f"theo lịch báo cáo 15–14 {listed(report)}"] if report else []
    return f" Ngày kết thúc thuộc kỳ: {'; '.join(told)}."


def changes(found: Explanation, clock: Clock) -> list[str]:
    """What would turn the conclusion, each with the decision or the place where it would be changed."""
    told = [*of_the_end(found, clock), *of_the_pauses(found, clock), *of_the_promise(found, clock)]
    if clock.is_ended and not told:
        told = ["chỉ khi nguồn sửa lại ngày kết thúc hoặc các lần tạm dừng."]
    if clock.applicant_group == "chua_xac_dinh":
        groups = " hoặc ".join(row.indicator for row in found.indicators if not row.counts_it)
        told.append(f"Nguồn ghi rõ người nộp là tổ chức hay cá nhân thì hồ sơ còn vào {groups}.")
    return [f"Điều có thể làm đổi kết luận: {' '.join(told)}"]


def of_the_end(found: Explanation, clock: Clock) -> list[str]:
    due = day(clock.due_on_effective)
    if clock.is_paused:
        return ["Khi người nộp bổ sung xong, thời gian chờ được cộng vào hạn nếu là lần tạm dừng được tính."]
    if not clock.is_ended and not is_overdue(clock):
        return [f"Hồ sơ thành quá hạn nếu hết ngày {due} vẫn chưa xong."]
    if not clock.is_ended:
        return ["Dù xong ngày nào từ nay hồ sơ cũng quá hạn, trừ khi nguồn sửa lại ngày kết thúc."]
    if clock.is_stopped and not found.intake.returns_count:
        return ["Hồ sơ trả lại, rút, dừng chỉ vào R1 nếu Văn phòng quyết định như vậy (P-04)."]
    return []


def of_the_pauses(found: Explanation, clock: Clock) -> list[str]:
    """Whether the verdict stands or falls with a pause; told for limits in days, where whole days add up."""
    if not clock.is_ended or found.intake.limit_unit == "h":
        return []
    late = clock.until_index - clock.due_index
    refused = sum(row.working_days for row in found.pauses if not row.extends_due)
    if clock.lateness > 0 and refused >= late:
        return [f"Nếu tính cả các lần tạm dừng không được tính ({refused} ngày làm việc) thì hồ sơ không quá hạn."]
    without = clock.until_index - clock.promised_index
    if clock.lateness <= 0 and clock.paused_working_days and without > 0:
        return [f"Nếu không tính tạm dừng thì hồ sơ đã quá hạn {without} ngày làm việc."]
    return []


def of_the_promise(found: Explanation, clock: Clock) -> list[str]:
    current = clock.due_on_current
    told = []
    if current is None:
        told.append("Nếu nguồn có ngày hẹn trả, lời hứa được tính theo ngày đó.")
    elif clock.is_ended and clock.lateness > 0 and clock.due_on_latest.date() >= clock.end.date():
        told.append(
            f"Nếu giấy hẹn cho thấy hạn đến {day(clock.due_on_latest)} thì không quá hạn: "
            "hồ sơ làm rộng khoảng giá trị có thể của chỉ tiêu."
        )
    elif clock.is_ended and clock.lateness > 0 and current.date() >= clock.end.date():
        told.append(f"Theo ngày hẹn hiện tại {day(current)} thì không quá hạn, nhưng ngày hẹn lại không được dùng.")
    told += [
        f"Lịch làm việc hoặc danh mục sửa đổi đã dời hạn từ {told_moment(row.due_on_effective_before)} đến "
        f"{told_moment(row.due_on_effective_after)} ở ngày chốt {day(row.closing_date)}."
        for row in found.due_changes[:1]
    ]
    return told


def doubts(found: Explanation) -> list[str]:
    """Suspicions change no figure; each is told with its trap, so that it can be looked up."""
    if not found.suspicions:
        return ["Không có dấu hiệu bất thường nào về hồ sơ này."]
    told = ["Dấu hiệu bất thường cần xem lại (chưa làm đổi con số nào):"]
    said = f"Hồ sơ {found.intake.dossier_code}: "
    return told + [f"  – {row.trap}: {row.sentence.removeprefix(said).rstrip('.')}." for row in found.suspicions]


def origin(found: Explanation) -> list[str]:
    row = found.intake
    return [
        f"Nguồn: phiên bản {row.content_hash[:12]} của hồ sơ trên hệ thống một cửa, "
        f"thấy từ {told_moment(row.seen_at)}. "
        f"Ngày chốt {day(found.closing_date)}; lịch sử bản ghi có từ {day(row.known_from)}. "
        f"Định nghĩa phiên bản {row.definition_version}, lịch làm việc phiên bản {row.calendar_version}, "
        f"lần chạy {row.run_id}."
    ]
