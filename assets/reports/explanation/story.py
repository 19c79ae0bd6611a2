"""The life of a dossier in paragraphs, in the order in which it happened."""

from datetime import datetime
from itertools import groupby

from assets.reports.explanation import verdict, words
from assets.reports.explanation.facts import Explanation
from assets.reports.explanation.questions import Clock, NotAccepted, Pause
from assets.reports.formats import at_moment, day, told_moment
from warehouse import dictionary


def story(found: Explanation) -> list[str]:
    """One paragraph or list item per entry; plain text, since a source's own words stand in it."""
    if found.not_accepted:
        return [what_it_is(found), not_accepted(found.not_accepted), *verdict.doubts(found), *verdict.origin(found)]
    if found.clock is None:
        return [what_it_is(found), *known_dates(found), *set_aside(found), *verdict.origin(found)]
    return [
        what_it_is(found),
        promise(found, found.clock),
        *rest_days(found),
        *pauses(found, found.clock),
        verdict.conclusion(found, found.clock),
        *verdict.counted(found, found.clock),
        *verdict.changes(found, found.clock),
        *verdict.doubts(found),
        *verdict.origin(found),
    ]


def what_it_is(found: Explanation) -> str:
    row = found.intake
    named = f"“{row.procedure_name}” ({row.procedure_code})" if row.procedure_name else row.procedure_code
    return (
        f"Hồ sơ {row.dossier_code} làm thủ tục {named or 'không rõ'} tại {words.unit(row)}; "
        f"{words.CHANNELS.get(row.channel or '', row.channel)}, {words.GROUPS[row.applicant_group][0]}. "
        f"Trạng thái trên hệ thống một cửa: {row.status_name or 'để trống'}."
    )


def promise(found: Explanation, clock: Clock) -> str:
    """Acceptance, the limit by the rules, the date that was promised first, and what became of it."""
    told = [f"Tiếp nhận {at_moment(clock.accepted_at)}."]
    limit, statutory = words.limit(found.intake), clock.due_on_statutory
    if limit and statutory:
        told.append(f"Thời hạn của thủ tục là {limit}, nên hạn theo quy định là {told_moment(statutory)}.")
    elif not limit:
        told.append("Nguồn không ghi thời hạn giải quyết của thủ tục.")
    original, current = clock.due_on_original, clock.due_on_current
    if current is None:
        told.append("Không có ngày hẹn trả, nên lấy hạn theo quy định làm lời hứa với người nộp.")
        return " ".join(told)
    promised = "đó là lời hứa được tính"
    if clock.due_mark:
        promised = (
            "nhưng chỉ thấy sau khi đã hết hạn hoặc đã yêu cầu bổ sung, nên không biết lời hứa trên giấy hẹn: "
            f"tính theo hạn sớm hơn, {told_moment(clock.due_on_promised)}"
        )
    elif clock.due_on_promised != original:
        promised = f"lời hứa được tính là {told_moment(clock.due_on_promised)}, trước khi cộng thời gian tạm dừng"
    told.append(f"Ngày hẹn trả đầu tiên là {told_moment(original)}{beside(original, statutory)}; {promised}.")
    if current != original:
        told.append(
            f"Nay ngày hẹn trên hệ thống là {told_moment(current)}, nhưng hẹn lại không làm đổi lời hứa: "
            "vẫn tính theo ngày hẹn đầu tiên."
        )
    return " ".join(told)


def beside(promised: datetime, statutory: datetime | None) -> str:
    """How the promise compares with the limit, where there is one."""
    if statutory is None:
        return ""
    days = (promised.date() - statutory.date()).days
    if days == 0:
        return ", đúng theo quy định"
    return f", {'muộn' if days > 0 else 'sớm'} hơn quy định {abs(days)} ngày"


def rest_days(found: Explanation) -> list[str]:
    """Weekends as a number, every other day that is not what its weekday is by its date and its decision."""
    if not found.days_off:
        return []
    unusual = [row for row in found.days_off if row.kind != "NGHI_TUAN"]
    special = [
        f"{', '.join(words.day_off(row) for row in rows)} (theo {citation})"
        for citation, rows in groupby(unusual, key=lambda row: row.citation)
    ]
    weekend = f"có {found.days_off[0].weekend_days} ngày nghỉ cuối tuần"
    told = f"Trong thời gian ấy, theo lịch làm việc chính thức, {weekend}"
    return [f"{told} và các ngày riêng: {'; '.join(special)}." if special else f"{told}, không có ngày lễ nào."]


def pauses(found: Explanation, clock: Clock) -> list[str]:
    if not found.pauses:
        return ["Đồng hồ không dừng lần nào."]
    told = ["Đồng hồ đã dừng, hoặc được đề nghị dừng, như sau:"]
    told += [f"  – {pause(row, found)}" for row in found.pauses]
    if clock.extension == "khong_ro":
        told.append(
            "Không rõ ngày hẹn đầu tiên đã gồm thời gian ấy hay chưa nên không cộng vào ngày hẹn: "
            f"hạn là {told_moment(clock.due_on_effective)}; nếu chưa gồm thì là {told_moment(clock.due_on_latest)}."
        )
    elif clock.extension == "da_gom":
        told.append(
            f"Ngày hẹn đầu tiên đã gồm thời gian ấy nên không cộng thêm: hạn là {told_moment(clock.due_on_effective)}."
        )
    elif clock.due_on_effective != clock.due_on_promised:
        told.append(
            f"Cộng các lần được tính, hạn dời từ {told_moment(clock.due_on_promised)} đến "
            f"{told_moment(clock.due_on_effective)}."
        )
    else:
        told.append(f"Hạn vẫn là {told_moment(clock.due_on_effective)}.")
    return told


def pause(row: Pause, found: Explanation) -> str:
    until = f"đến {told_moment(row.ended_at)}" if row.ended_at else "đến nay chưa xong"
    length = (
        f"{row.working_minutes} phút làm việc"
        if found.intake.limit_unit == "h"
        else f"{row.working_days} ngày làm việc"
    )
    sofar = "" if row.ended_at else "đến ngày chốt "
    why_not = dictionary.load().label("refusal", row.refusal or "")
    effect = f"được tính, {sofar}cộng {length}" if row.extends_due else f"không được tính, vì {why_not}"
    span = f"từ {told_moment(row.started_at)} {until}"
    return f"{words.PAUSES[row.pause_kind]}, lần {row.ordinal}, {span}: {effect}."


def not_accepted(row: NotAccepted) -> str:
    if row.classification == "khong_tiep_nhan":
        told = "Hồ sơ không được tiếp nhận, nên không có hạn và không vào chỉ tiêu nào."
    else:
        told = "Hồ sơ mới được đăng ký, chưa tiếp nhận, nên đồng hồ chưa chạy và chưa vào chỉ tiêu nào."
    return f"{told} Phân loại: {row.classification_label}. {row.rule}."


def known_dates(found: Explanation) -> list[str]:
    """What the source did give of a dossier without a clock."""
    row = found.intake
    dates = {
        "tiếp nhận": row.accepted_at,
        "hẹn trả": row.due_on_original,
        "hẹn trả hiện tại": row.due_on_current,
        "hạn theo quy định": row.due_on_statutory,
        "kết thúc xử lý": row.completed_at,
    }
    given = [f"{name} {told_moment(value)}" for name, value in dates.items() if value is not None]
    missing = [name for name in ("tiếp nhận", "hẹn trả", "kết thúc xử lý") if dates[name] is None]
    told = [f"Nguồn cho biết: {'; '.join(given)}." if given else "Nguồn không cho biết mốc ngày nào đọc được."]
    return [f"{told[0]} Không có hoặc không đọc được: {', '.join(missing)}." if missing else told[0]]


def set_aside(found: Explanation) -> list[str]:
    """Every rule that it breaks, since when, and what to do; a dossier of a later day breaks none."""
    if not found.rejections:
        return [f"Hồ sơ được tiếp nhận sau ngày chốt {day(found.closing_date)}, nên chưa có trong số liệu."]
    told = ["Hồ sơ đang tách riêng, chưa tính vào số liệu, vì:"]
    for row in found.rejections:
        since = f"tách riêng từ {told_moment(row.first_seen_at)}, còn thấy {at_moment(row.last_seen_at)}"
        told.append(f"  – {row.message} ({since}).")
        told.append(f"    Việc cần làm: {row.advice}")
    told.append(
        "Trong lúc chờ, không ai biết hồ sơ đúng hạn hay quá hạn: nó làm rộng khoảng giá trị có thể của MT1, "
        "và có thể khiến kết luận là Chưa đủ căn cứ."
    )
    return told
