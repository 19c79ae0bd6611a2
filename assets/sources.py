"""The register of sources: every system that is asked, and every collection it is asked for.

Raw assets, titles, owners, alerts, the check of the settings and the words for codes come from this list. What stands
here is data; how a source is connected and each of its collections asked stands in `assets/raw/<code>.py`, in a
function of the collection's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Collection:
    """One list of records of one source, which becomes one raw table.

    `how`: in the officer's words, what of it is asked in a run.
    `complete`: the source gives the whole list, so what is not in it has gone; `may_be_empty`: also where it is empty.
    `optional`: a source need not offer it, or not to us; a refused login is told by its other collections.
    `is_beside`: no figure of ours stands on it, so a source that fails is told and stops nothing.
    `is_main`: read by every run and never refused, so its age tells whether the source answers.
    `credible_share`: a whole list shorter than this share of what was known is a source in trouble, not one tidied up.
    `after`: the raw tables that must be landed before it can be asked.
    """

    resource: str
    description: str
    how: str
    complete: bool = False
    may_be_empty: bool = False
    optional: bool = False
    is_beside: bool = False
    is_main: bool = False
    credible_share: float = 0.5
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A setting of a few values, the first where nothing is set; each may need settings of its own."""

    name: str
    values: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Source:
    """One address that is asked, with settings of its own.

    `system`: whose records they are, in names of tables and in the accounting. `keeper`: who runs it (docs/domain.md
    §8.2). `settings`: all or none must be set; `also_needs`: what must be set besides, shared with others; `options`:
    what may be set, a whole number each; `texts`: the same of any form; `choices`: of a few. `wires`: what the settings
    of each of its addresses begin with, by which a network administrator says how it is reached (AXIS_CA_BUNDLE).
    `is_folder`: files that are dropped, no system that answers.
    """

    code: str
    system: str
    title: str
    keeper: str
    settings: tuple[str, ...]
    collections: tuple[Collection, ...]
    also_needs: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    wires: tuple[str, ...] = ()
    is_folder: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every setting there is of it, save how it is reached."""
        chosen = [name for choice in self.choices for name in (choice.name, *all_needs(choice))]
        return tuple(dict.fromkeys((*self.settings, *self.options, *self.texts, *chosen)))

    def table(self, collection: Collection) -> str:
        """portal__dossiers, as it is called in raw and in staging."""
        return f"{self.system}__{collection.resource}"


def all_needs(choice: Choice) -> tuple[str, ...]:
    return tuple(name for needs in choice.values.values() for name in needs)


WHOLE = "toàn bộ danh sách"
NEW_PACKETS = "danh sách, và những gói tin chưa đọc"
REGISTER = "mọi tệp trong thư mục"

PORTAL = Source(
    code="portal",
    system="portal",
    title="Hệ thống một cửa",
    keeper="Trung tâm Phục vụ hành chính công",
    settings=("PORTAL_URL", "PORTAL_SSO_URL", "PORTAL_CLIENT_ID"),
    also_needs=("PSEUDONYM_KEY",),
    options=("PORTAL_PAGE_SIZE",),
    texts=("PORTAL_REALM", "PORTAL_TOKEN_URL", "PORTAL_SEARCH"),
    choices=(
        Choice(
            "PORTAL_GRANT",
            {
                "client_credentials": ("PORTAL_CLIENT_SECRET",),
                "password": ("PORTAL_USERNAME", "PORTAL_PASSWORD"),
            },
        ),
    ),
    wires=("PORTAL", "PORTAL_SSO"),
    collections=(
        Collection(
            "dossier_counts",
            "Mỗi tuần một lần: số hồ sơ theo tháng tiếp nhận do nguồn tự đếm, để biết có hồ sơ nào lọt hoặc mất.",
            "mỗi tuần một lần, từng tháng của năm",
            optional=True,
        ),
        Collection(
            "dossiers",
            "Hồ sơ TTHC trên hệ thống một cửa, mỗi phiên bản một dòng; người nộp đã thay bằng mã ẩn danh.",
            "hồ sơ thay đổi từ lần đọc trước; tháng nào số đếm khác thì đọc lại trọn tháng",
            is_main=True,
            after=("portal__dossier_counts",),
        ),
        Collection("agencies", "Danh mục đơn vị của hệ thống một cửa.", WHOLE, complete=True, optional=True),
        Collection(
            "procedures",
            "Thủ tục hành chính đang tiếp nhận trên hệ thống một cửa.",
            WHOLE,
            complete=True,
            optional=True,
        ),
        Collection(
            "processes",
            "Quy trình của từng thủ tục trên hệ thống một cửa: thời hạn giải quyết đã cấu hình.",
            "thủ tục mới hoặc vừa thay đổi, và mỗi ngày một phần bảy số còn lại",
            optional=True,
            after=("portal__procedures",),
        ),
        Collection(
            "statistics",
            "Số liệu do chính hệ thống một cửa thống kê theo đơn vị và tháng, để đối chiếu.",
            "từng tháng của năm",
            optional=True,
        ),
    ),
)

AXIS = Source(
    code="axis",
    system="axis",
    title="Trục liên thông văn bản",
    keeper="Phòng Hành chính - Tổ chức",
    settings=("AXIS_URL", "AXIS_SYSTEM_ID", "AXIS_SECRET"),
    choices=(Choice("AXIS_ACKNOWLEDGE", {"0": (), "1": ()}),),
    wires=("AXIS",),
    collections=(
        Collection(
            "received_documents",
            "Văn bản nhận trên trục liên thông: dữ kiện của gói tin, không có nội dung văn bản.",
            NEW_PACKETS,
            is_main=True,
        ),
        Collection("received_statuses", "Gói tin trạng thái nhận trên trục liên thông.", NEW_PACKETS),
        Collection("sent_documents", "Văn bản đã gửi qua trục liên thông, theo nơi nhận.", WHOLE),
        Collection("sent_statuses", "Trạng thái đã gửi qua trục liên thông.", WHOLE),
        Collection(
            "queue_looks",
            "Những lần xem hàng đợi của trục theo ngày: có ai khác lấy gói tin khỏi hàng đợi hay không.",
            "sau mỗi lần đọc hàng đợi",
            after=("axis__received_documents", "axis__received_statuses"),
        ),
        # Nothing is counted by it.
        Collection("agencies", "Danh mục cơ quan trên trục liên thông.", WHOLE, complete=True, optional=True),
    ),
)

TTHC = Source(
    code="tthc",
    system="tthc",
    title="Cơ sở dữ liệu quốc gia về TTHC",
    keeper="Phòng Kiểm soát TTHC",
    settings=("TTHC_URL", "TTHC_USERNAME", "TTHC_PASSWORD", "TTHC_UNIT_CODE", "TTHC_DSTCODE"),
    texts=("TTHC_LOGIN_PATH", "TTHC_CALL_PATH", "TTHC_PROVIDER_URL", "TTHC_SHARE_URL"),
    choices=(Choice("TTHC_DSTCODE_IN", {"header": (), "query": (), "body": ()}),),
    wires=("TTHC",),
    collections=(
        Collection("procedure_list", "Danh sách TTHC trên Cơ sở dữ liệu quốc gia.", WHOLE, complete=True, is_main=True),
        Collection("fields", "Danh mục lĩnh vực TTHC.", WHOLE, complete=True, optional=True),
        Collection("agencies", "Danh mục cơ quan của Cơ sở dữ liệu quốc gia.", WHOLE, complete=True, optional=True),
        Collection(
            "procedures",
            "Nội dung từng TTHC; chỉ đọc lại khi danh sách hoặc quyết định có thay đổi, và mỗi tuần một lần.",
            "thủ tục mới hoặc vừa thay đổi, và mỗi ngày một phần bảy số còn lại",
            after=("tthc__procedure_list", "tthc__decision_procedures", "tthc__public_procedures"),
        ),
        Collection(
            "dossier_copies",
            "Mẫu hồ sơ của hệ thống một cửa được hỏi xem đã có trên Cổng quốc gia chưa (TraCuuHoSo).",
            "một mẫu hồ sơ mỗi ngày",
            optional=True,
            after=("portal__dossiers",),
        ),
    ),
)

TTHC_PUBLIC = Source(
    code="tthc_public",
    system="tthc",
    title="Cổng công khai TTHC quốc gia",
    keeper="Phòng Kiểm soát TTHC",
    settings=("TTHC_PUBLIC_URL",),
    wires=("TTHC_PUBLIC",),
    collections=(
        Collection("public_procedures", "TTHC đang hiển thị trên Cổng công khai quốc gia.", WHOLE, complete=True),
        Collection("decisions", "Quyết định công bố TTHC trên Cổng công khai quốc gia.", WHOLE, complete=True),
        Collection(
            "decision_procedures",
            "TTHC mới, sửa đổi, bãi bỏ theo từng quyết định; chỉ hỏi những quyết định mới hoặc vừa thay đổi.",
            "quyết định mới hoặc vừa thay đổi",
            after=("tthc__decisions",),
        ),
    ),
)


def register(resource: str, title: str) -> Collection:
    """What no file holds any more has gone. After the files, so that a kill leaves no register newer than its list."""
    return Collection(resource, title, REGISTER, complete=True, may_be_empty=True, after=("registers__files",))


REGISTERS = Source(
    code="registers",
    system="registers",
    title="Sổ của các phòng",
    keeper="Các phòng giữ sổ",
    settings=("REGISTERS_DIR",),
    is_folder=True,
    collections=(
        Collection(
            "files",
            "Các tệp sổ trong thư mục REGISTERS_DIR.",
            REGISTER,
            complete=True,
            may_be_empty=True,
        ),
        register("documents", "Sổ: Sổ văn bản đi và văn bản nội bộ (mỗi nơi nhận một dòng)."),
        register("incoming", "Sổ: Sổ văn bản đến."),
        register("secret_counts", "Sổ: Thống kê số lượng văn bản mật (chỉ số lượng)."),
        register("officials", "Sổ: Danh sách cán bộ, công chức và tiêu chuẩn chức danh."),
        register("ratings", "Sổ: Kết quả đánh giá, xếp loại (năm, quý, tháng)."),
        register("inspections", "Sổ: Sổ theo dõi kiểm tra cải cách hành chính."),
        register(
            "inspection_units",
            "Sổ: Danh mục phòng, đơn vị trực tiếp thực hiện, theo dõi tthc (duyệt cùng kế hoạch kiểm tra).",
        ),
        register("objectives", "Sổ: Bảng mục tiêu chất lượng và kế hoạch thực hiện (mỗi mục tiêu một dòng)."),
        register("risks", "Sổ: Bảng nhận diện, đánh giá, giải quyết rủi ro và cơ hội."),
        register("communications", "Sổ: Minh chứng truyền đạt mục tiêu chất lượng."),
        register("nonconformities", "Sổ: Sổ theo dõi sự không phù hợp và hành động khắc phục (mỗi phiếu một dòng)."),
        register("internal_audits", "Sổ: Sổ đánh giá nội bộ (mỗi đơn vị được đánh giá trong một cuộc một dòng)."),
        register("management_reviews", "Sổ: Sổ xem xét của lãnh đạo (mỗi đầu vào hoặc quyết định một dòng)."),
        register("surveys", "Sổ: Sổ khảo sát sự hài lòng của người dân, tổ chức (mỗi đợt của một đơn vị một dòng)."),
        register(
            "publications",
            "Sổ: Sổ công khai thông tin chỉ đạo, điều hành (mỗi văn bản một dòng, kể cả văn bản không phải công khai).",
        ),
        register(
            "observations",
            "Sổ: Sổ theo dõi khác phục vụ đo mục tiêu (mỗi việc, hoặc mỗi tháng của một đơn vị, một dòng).",
        ),
        register("rejections", "Những dòng, ô hoặc tệp sổ không nhận được, kèm tệp, trang, dòng, cột và lý do."),
    ),
)

SCORES = Source(
    code="scores",
    system="scores",
    title="Điểm của Cổng quốc gia (QĐ 766)",
    keeper="Phòng Kiểm soát TTHC",
    settings=("SCORES_URL",),
    wires=("SCORES",),
    collections=(
        Collection(
            "unit_scores",
            "Điểm QĐ 766 của tỉnh và từng đơn vị theo tháng và năm, như Cổng quốc gia công bố.",
            "tháng này, tháng trước và cả năm; mỗi tuần một lần mọi tháng của năm",
            is_beside=True,
        ),
        Collection(
            "totals",
            "Số hồ sơ của tỉnh và từng đơn vị theo tháng, như Cổng quốc gia đếm.",
            "tháng này và tháng trước; mỗi tuần một lần mọi tháng của năm, và từng đơn vị trong hai tháng gần nhất",
            is_beside=True,
        ),
    ),
)

SCORE_FILES = Source(
    code="score_files",
    system="scores",
    title="Bảng điểm QĐ 766 đã tải về",
    keeper="Phòng Kiểm soát TTHC",
    settings=("SCORES_DIR",),
    is_folder=True,
    collections=(
        Collection(
            "workbook_scores",
            "Điểm QĐ 766 trong các tệp Excel đã tải về từ Cổng quốc gia, mỗi tệp một tháng.",
            REGISTER,
            is_beside=True,
        ),
    ),
)

SOURCES = (PORTAL, AXIS, TTHC, TTHC_PUBLIC, SCORES, SCORE_FILES, REGISTERS)


def title_of(code: str) -> str:
    """A source's name for people; one that nobody has entered stands for itself."""
    return next((source.title for source in SOURCES if source.code == code), code)


def systems() -> dict[str, str]:
    """Code of every system → its title: that of its first source."""
    found: dict[str, str] = {}
    for source in SOURCES:
        found.setdefault(source.system, source.title)
    return found


def collections() -> Iterator[tuple[Source, Collection]]:
    for source in SOURCES:
        for collection in source.collections:
            yield source, collection
