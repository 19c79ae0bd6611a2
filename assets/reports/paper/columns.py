"""The tables of the report, the same on paper and on the screen."""

from typing import NamedTuple


# Heading, field and width of each column, in shares of the page.
RESULTS = (
    ("TT", "tt", 8),
    ("Mục tiêu chất lượng", "label", 72),
    ("Chỉ tiêu", "target", 24),
    ("Kết quả", "result", 36),
    ("Đánh giá", "verdict", 25),
)
ANNEX_LIST = (("Phụ lục", "number", 27), ("Nội dung", "title", 108), ("Số lượng", "extent", 30))
JUDGED = (("TT", "tt", 10), ("Nhận xét, nguyên nhân", "text", 242))
MAIN = (
    ("TT", "tt", 9),
    ("Mục tiêu chất lượng", "label", 34),
    ("Chỉ tiêu", "target", 19),
    ("Phương pháp đo", "method", 38),
    ("Kỳ đo", "period", 22),
    ("Kết quả thực hiện", "result", 23),
    ("Đánh giá (Đạt/Chưa đạt)", "verdict", 17),
    ("Nguyên nhân (nếu chưa đạt)", "causes", 40),
    ("Hành động khắc phục / Đơn vị, người phụ trách / Thời hạn", "action", 50),
)
COMPANIONS = (
    ("Chỉ tiêu", "indicator", 14),
    ("Định nghĩa", "definition", 17),
    ("Nội dung", "label", 43),
    ("Tử số", "numerator", 15),
    ("Mẫu số", "denominator", 15),
    ("Tỷ lệ", "rate", 20),
    ("Loại trừ", "excluded", 13),
    ("Phạm vi", "scope", 28),
    ("Kỳ", "period", 23),
    ("Ngày chốt", "as_of", 21),
    ("Nguồn dữ liệu", "source", 26),
    ("Phiên bản định nghĩa", "version", 26),
)
READINGS = (
    ("Chỉ tiêu", "indicator", 15),
    ("Cách đọc", "label", 64),
    ("Kết quả", "result", 32),
    ("Kết luận", "verdict", 40),
    ("Ai đọc như vậy", "used_by", 48),
    ("Tham số, căn cứ", "citation", 53),
)
RISKS = (
    ("TT", "tt", 8),
    ("Đơn vị", "unit", 25),
    ("Loại", "kind", 13),
    ("Quá trình; mục tiêu liên quan; bối cảnh", "context", 28),
    ("Mô tả; nguyên nhân; hậu quả", "whole", 50),
    ("Khả năng × mức độ = điểm (mức)", "assessed", 22),
    ("Kiểm soát hiện có", "existing", 22),
    ("Biện pháp xử lý", "treatment", 18),
    ("Người chịu trách nhiệm, thời hạn", "responsible", 22),
    ("Trạng thái; kết quả", "progress", 20),
    ("Hiệu lực; rà soát", "reviewed", 19),
    ("Phê duyệt", "approved", 20),
)
UNIT_OBJECTIVES = (
    ("TT", "tt", 10),
    ("Đơn vị", "unit", 34),
    ("Mục tiêu", "objective", 44),
    ("Chỉ tiêu", "target", 22),
    ("Biện pháp thực hiện", "measures", 42),
    ("Người thực hiện", "responsible", 27),
    ("Thời gian hoàn thành", "finish", 24),
    ("Kết quả theo quý", "results", 28),
    ("Đánh giá", "evaluation", 21),
)
FAILING = (
    ("TT", "tt", 11),
    ("Chỉ tiêu", "indicator", 17),
    ("Loại", "kind", 24),
    ("Mã, số ký hiệu", "key", 48),
    ("Đơn vị", "unit", 42),
    ("Ngày", "on", 24),
    ("Số ngày quá hạn", "late", 17),
    ("Lý do", "reason", 69),
)
NONCONFORMITIES = (
    ("TT", "tt", 9),
    ("Số phiếu", "code", 30),
    ("Sự không phù hợp (nguồn phát hiện)", "description", 48),
    ("Nguyên nhân", "cause", 38),
    ("Hành động khắc phục", "action", 36),
    ("Đơn vị, chức danh chịu trách nhiệm", "responsible", 28),
    ("Thời hạn, kết quả", "due", 26),
    ("Hiệu lực", "effectiveness", 20),
    ("Tình trạng", "state", 22),
)
CAUSE_GROUPS = (
    ("TT", "tt", 11),
    ("Nhóm nguyên nhân", "cause", 110),
    ("Số phiếu", "nonconformities", 30),
    ("Số bản ghi chưa đạt", "records", 37),
    ("Tỷ lệ", "share", 32),
    ("Cộng dồn", "cumulative", 32),
)
REVIEW_INPUTS = (
    ("Đầu vào (TCVN ISO 9001:2015, 9.3.2)", "input", 80),
    ("Tình hình theo số liệu", "facts", 110),
    ("Quyết định (9.3.3)", "decision", 62),
)
SECTORS = (
    ("Chỉ tiêu", "indicator", 17),
    ("Lĩnh vực", "sector", 105),
    ("Tử số", "numerator", 24),
    ("Mẫu số", "denominator", 24),
    ("Tỷ lệ", "rate", 30),
    ("Trước hạn", "early", 26),
    ("Đúng hạn", "on_time", 26),
)
NOT_MEASURED = (
    ("Điều khoản", "clause", 38),
    ("Câu chữ của quyết định", "words", 74),
    ("Vì sao không đo", "reason", 70),
    ("Cần gì để đo", "what_is_needed", 70),
)
SET_ASIDE = (("TT", "tt", 11), ("Vấn đề", "message", 90), ("Số bản ghi", "records", 21), ("Cách xử lý", "advice", 130))
NATIONAL_SCORES = (
    ("Kỳ", "period", 30),
    ("Tổng điểm", "score", 20),
    ("Thứ hạng", "rank", 18),
    ("Đúng hạn theo Cổng", "told", 26),
    ("Đúng hạn của kho dữ liệu (R2)", "ours", 28),
    ("Tiếp nhận: Cổng / kho dữ liệu", "received", 42),
    ("Đã giải quyết: Cổng / kho dữ liệu", "settled", 42),
    ("Lấy từ đâu", "told_by", 46),
)
RATING_FOLLOWING = (
    ("Kỳ", "period", 30),
    ("Nhóm người", "staff_group", 40),
    ("Tình trạng", "state", 30),
    ("Đã có kết quả", "rated", 26),
    ("Tốt trở lên", "good_or_better", 26),
    ("Xuất sắc", "excellent", 26),
    ("Căn cứ", "citation", 74),
)
STATUTORY_FORMS = (
    ("Biểu, chỉ số", "heading", 90), ("Nơi nhận", "addressee", 60), ("Căn cứ", "citation", 102)
)  # fmt: skip


class AnnexForm(NamedTuple):
    """`name`: the list of the report that it shows; `file`: the end of its file's name; charts have no columns."""

    title: str
    name: str
    columns: tuple[tuple[str, str, int], ...]
    file: str


ANNEXES = (
    AnnexForm("Kết quả thực hiện theo biểu mẫu", "objectives", MAIN, "ket-qua"),
    AnnexForm("Nhận xét từng mục tiêu chưa đạt, chưa đủ căn cứ", "judged", JUDGED, "nhan-xet"),
    AnnexForm("Biểu đồ", "charts", (), "bieu-do"),
    AnnexForm("Rủi ro và cơ hội", "risks", RISKS, "rui-ro"),
    AnnexForm("Chi tiết từng chỉ tiêu theo mọi định nghĩa đang dùng", "companions", COMPANIONS, "dinh-nghia"),
    AnnexForm("Cách đọc khác của từng kết luận, lũy kế từ đầu năm đến ngày chốt", "readings", READINGS, "cach-doc"),
    AnnexForm("Mục tiêu chất lượng của phòng, đơn vị", "unit_objectives", UNIT_OBJECTIVES, "muc-tieu-don-vi"),
    AnnexForm(
        "Sổ theo dõi sự không phù hợp và hành động khắc phục", "nonconformities", NONCONFORMITIES, "su-khong-phu-hop"
    ),
    AnnexForm("Nguyên nhân của các sự không phù hợp đã phân tích", "cause_groups", CAUSE_GROUPS, "nguyen-nhan"),
    AnnexForm("Đầu vào xem xét của lãnh đạo", "review_inputs", REVIEW_INPUTS, "xem-xet-lanh-dao"),
    AnnexForm("MT1, MT5 theo lĩnh vực TTHC (không có mức giao cho từng lĩnh vực)", "sectors", SECTORS, "linh-vuc"),
    AnnexForm("Câu chữ của quyết định không có con số", "not_measured", NOT_MEASURED, "cau-khong-do"),
    AnnexForm("Danh mục hồ sơ, văn bản, thủ tục chưa đạt", "failing", FAILING, "chua-dat"),
    AnnexForm("Bản ghi tách riêng, chưa tính vào số liệu", "set_aside", SET_ASIDE, "tach-rieng"),
    AnnexForm(
        "Điểm của Cổng Dịch vụ công quốc gia, đặt cạnh số của kho dữ liệu",
        "national_scores",
        NATIONAL_SCORES,
        "diem-quoc-gia",
    ),
    AnnexForm(
        "Theo dõi đánh giá, xếp loại cán bộ, công chức, viên chức", "rating_following", RATING_FOLLOWING, "xep-loai"
    ),
    AnnexForm(
        "Biểu, chỉ số theo quy định và nơi nhận tại ngày cuối kỳ", "statutory_forms", STATUTORY_FORMS, "noi-nhan-bieu"
    ),
)
