"""Mail about what was published: to whom it matters, once a version, and again only where it could not be sent."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.alert_words import OpenIncident
from pipelines.digest import STATE, tell_publication
from pipelines.settings import Settings, SettingsError
from tests.support import letterbox as letterboxes
from tests.support.letterbox import Letterbox
from tests.support.people_words import strange


LEADERS, ROOM = "chutich@dongnai.example", "vanthu@dongnai.example"
GIVEN = {"MAIL_LEADERS": LEADERS, "MAIL_ROOMS": json.dumps({"so-van-ban": ROOM, "can-bo": "nhansu@dongnai.example"})}
PUBLISHED = """
create schema marts;
create schema core;
create table marts.scoreboard as select
    1 as position, 'MT1' as indicator, 'Giải quyết hồ sơ đúng hạn' as label, 95 as numerator, 100 as denominator,
    0.95::double as actual, '{verdict}' as verdict, 'rate' as measure, '%' as unit_of_measure, 2 as decimals,
    '>=' as operator, 0.97::double as target, null::double as upper_target;
create table core.units as select 'H19' as unit_code, 'Văn phòng' as unit_name;
create table marts.anomaly as select
    'Dời ngày hẹn' as label, 'dossier' as record_kind, 'H' || range as record_key, date '2025-06-01' as occurred_on,
    'H19' as unit_code, 'high' as severity, 'Hồ sơ H' || range || ': ngày hẹn dời sau khi đã quá hạn' as sentence
from range({suspicions});
create table core.register_rejections as select
    'so-van-ban-di.xlsx' as file, 'Sổ văn bản đi' as sheet, range + 5 as row_number, 'Ngày ký' as column_name,
    'không phải ngày' as message
from range({refused});
"""


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    with letterboxes.opened() as box:
        yield box


def publish(home: Path, day: str, verdict: str, suspicions: int, refused: int) -> None:
    folder = home / "published"
    folder.mkdir(exist_ok=True)
    file = folder / f"mtcl-{day}-1.duckdb"
    with duckdb.connect(str(file)) as made:
        made.execute(PUBLISHED.format(verdict=verdict, suspicions=suspicions, refused=refused))
    (folder / "mtcl.duckdb").unlink(missing_ok=True)
    (folder / "mtcl.duckdb").symlink_to(file)


def settings(home: Path, letterbox: Letterbox, **given: str) -> Settings:
    return Settings.from_environment({"MTCL_HOME": str(home), **letterbox.environment, **given})


def told(letterbox: Letterbox) -> list[tuple[str, str]]:
    """To whom and about what, and nothing more twice."""
    found = [(str(mail["To"]), str(mail["Subject"]).removeprefix("[Mục tiêu chất lượng] ")) for mail in letterbox.mails]
    letterbox.mails.clear()
    return found


def test_leaders_hear_of_a_turned_verdict_and_a_room_of_its_own_rows_once(tmp_path: Path, letterbox: Letterbox) -> None:
    hosts = {"MTCL_SERVE_HOSTS": "so-lieu.example", "MTCL_SERVE_SECRET": "x" * 32}
    own = settings(tmp_path, letterbox, **GIVEN, **hosts)
    publish(tmp_path, "2025-06-01", "Đạt", 2, 1)
    tell_publication(own, [], print)
    assert told(letterbox) == [(ROOM, "Sổ so-van-ban: 1 chỗ chưa nhận được")]
    publish(tmp_path, "2025-06-02", "Chưa đạt", 3, 1)
    for _ in range(2):
        tell_publication(own, [], print)
    (mail,) = letterbox.mails
    text = mail.get_content()
    assert told(letterbox) == [(LEADERS, "Số liệu ngày 02/06/2025: MT1 đổi kết luận; 1 nghi vấn nghiêm trọng mới")]
    assert "– Giải quyết hồ sơ đúng hạn (MT1): từ Đạt thành Chưa đạt, nay 95/100" in text
    assert "– Nghi vấn: Hồ sơ H2: ngày hẹn dời" in text
    assert "H1:" not in text
    assert "So với ngày chốt 01/06/2025." in text
    assert strange(text) == []
    publish(tmp_path, "2025-06-03", "Chưa đạt", 3, 40)
    tell_publication(own, [], print)
    text = letterbox.mails[0].get_content()
    assert "so-van-ban-di.xlsx, trang Sổ văn bản đi, dòng 5, cột Ngày ký: không phải ngày" in text
    assert "… và 25 chỗ khác" in text
    assert told(letterbox) == [(ROOM, "Sổ so-van-ban: 40 chỗ chưa nhận được")]


def test_whoever_asks_gets_every_morning_with_what_is_broken_a_line_each(tmp_path: Path, letterbox: Letterbox) -> None:
    own = settings(
        tmp_path, letterbox, MTCL_DIGEST="1", MTCL_CONTACT="Trần Thị Cúc, 0251 3822 501", MAIL_LEADERS=LEADERS
    )
    broken = OpenIncident(
        "unread:axis", "Không đọc được nguồn Trục", "", "Chạy mtcl probe axis.", "2025-06-02T01:30:00+07:00"
    )
    publish(tmp_path, "2025-06-02", "Đạt", 0, 2)
    tell_publication(own, [broken], print, is_rehearsal=True)
    (mail,) = letterbox.mails
    assert mail["To"] == f"canbo@dongnai.example, truongphong@dongnai.example, {LEADERS}"
    assert "THỬ NGHIỆM: Số liệu ngày 02/06/2025: không đổi kết luận nào" in mail["Subject"]
    text = mail.get_content()
    line = "– Đang hỏng từ 01:30 02/06/2025: Không đọc được nguồn Trục. Việc cần làm: Chạy mtcl probe axis."
    assert line in text.splitlines()
    assert "– 2 chỗ trong sổ chưa nhận được" in text
    assert "Hỏi ai: Trần Thị Cúc, 0251 3822 501" in text


def test_nothing_is_written_where_nobody_asked_and_what_could_not_be_sent_is_sent_later(
    tmp_path: Path, letterbox: Letterbox
) -> None:
    publish(tmp_path, "2025-06-01", "Đạt", 0, 1)
    tell_publication(settings(tmp_path, letterbox), [], print)
    tell_publication(Settings.from_environment({"MTCL_HOME": str(tmp_path)}), [], print)
    assert letterbox.mails == []
    (tmp_path / STATE).unlink()
    said: list[str] = []
    tell_publication(settings(tmp_path, Letterbox(9), **GIVEN), [], said.append)
    assert said == ["Chưa gửi được tin về bản công bố (thư điện tử: ConnectionRefusedError); sẽ gửi lại lần sau."]
    tell_publication(settings(tmp_path, letterbox, **GIVEN), [], said.append)
    assert [to for to, _ in told(letterbox)] == [ROOM]


@pytest.mark.parametrize(
    ("given", "variable"),
    [
        ({"MAIL_ROOMS": "so=a@b"}, "MAIL_ROOMS"),
        ({"MAIL_ROOMS": '{"so": ""}'}, "MAIL_ROOMS"),
        ({"MTCL_DIGEST": "2"}, "MTCL_DIGEST"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_before_anything_starts(
    tmp_path: Path, given: dict[str, str], variable: str
) -> None:
    with pytest.raises(SettingsError, match=variable):
        settings(tmp_path, Letterbox(9), **given)
    with pytest.raises(SettingsError, match="SMTP_URL"):
        Settings.from_environment({"MTCL_HOME": str(tmp_path), "MAIL_LEADERS": LEADERS})
