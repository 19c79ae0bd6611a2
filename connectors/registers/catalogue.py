"""The registers (domain §4, §6, §7, §9.2, §9.3): sheets, columns, what may stand in them."""

from connectors.registers import improvement
from connectors.registers.columns import UNIT, YEAR
from connectors.registers.observations import OBSERVATIONS
from connectors.registers.publications import PUBLICATIONS
from connectors.registers.shapes import Column, Register


# NĐ 30/2020/NĐ-CP, Đ7.
DOCUMENT_TYPES = (
    "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình",
    "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng", "Công văn", "Công điện",
    "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi",
    "Phiếu chuyển", "Phiếu báo", "Thư công",
)  # fmt: skip
SECRECY = ("Thường", "Mật", "Tối mật", "Tuyệt mật")
URGENCY = ("Thường", "Khẩn", "Thượng khẩn", "Hỏa tốc")
EXCLUSIONS = ("L01", "L02", "L03", "L04", "L05", "L06", "L99")
# As the document system shows what the recipient's last status packet said; the last one: it has received none.
RECEIPTS = (
    "Đã đến", "Từ chối tiếp nhận", "Đã tiếp nhận", "Phân công", "Đang xử lý", "Hoàn thành", "Đồng ý lấy lại",
    "Từ chối lấy lại", "Chưa có phản hồi",
)  # fmt: skip
SIGNATURES = ("Hợp lệ", "Không hợp lệ", "Không đọc được")
VALIDITY = ("Có hiệu lực", "Đã thu hồi", "Đã thay thế")
CRITERION = ("Đạt", "Chưa đạt", "Đang hoàn thiện", "Không yêu cầu", "Chưa đủ hồ sơ")
STAFF = ("Cán bộ", "Công chức", "Viên chức", "Hợp đồng")
RATINGS = (
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
    "Chưa xếp loại",
)
# NĐ 335/2025/NĐ-CP: officials are followed by month or by quarter, and rated for the year.
RATING_PERIODS = (
    "Năm", *(f"Quý {roman}" for roman in ("I", "II", "III", "IV")), *(f"Tháng {month}" for month in range(1, 13))
)  # fmt: skip

PERSON = (
    Column("full_name", "Họ và tên", required=True, personal=True, example="Nguyễn Văn Mẫu"),
    Column("birthday", "Ngày sinh", "date", personal=True, example="01/02/1980"),
    Column(
        "staff_number", "Mã số", personal=True, example="VD-0000", note="Mã số cán bộ; có mã thì nhận diện theo mã."
    ),
)
APPROVAL = (
    Column("approved_number", "Số văn bản phê duyệt", example="00/VÍ-DỤ"),
    Column("approved_on", "Ngày phê duyệt", "date", example="03/01/2000"),
)
NUMBER = Column("number", "Số", "int", required=True, example="0")
NOTATION = Column("notation", "Ký hiệu", required=True, example="VÍ-DỤ")
ISSUED_ON = Column("issued_on", "Ngày ban hành", "date", required=True, example="03/01/2000")
SECRECY_COLUMN = Column(
    "secrecy", "Độ mật", "choice", choices=SECRECY, default="Thường", example="Thường",
    note="Văn bản mật không được nhập ở đây; chỉ nhập số lượng ở trang Thống kê văn bản mật.",
)  # fmt: skip
URGENCY_COLUMN = Column("urgency", "Độ khẩn", "choice", choices=URGENCY, default="Thường", example="Thường")

DOCUMENTS = Register(
    "documents",
    "Văn bản đi",
    "SỔ VĂN BẢN ĐI VÀ VĂN BẢN NỘI BỘ (mỗi nơi nhận một dòng)",
    (
        NUMBER,
        NOTATION,
        ISSUED_ON,
        Column("signed_on", "Ngày ký", "date", example="03/01/2000", note="Để trống: như ngày ban hành."),
        Column("type_name", "Loại văn bản", "choice", True, DOCUMENT_TYPES, example="Quyết định"),
        Column("subject", "Trích yếu", hashed=True, example="V/v …", note="Chỉ lưu mã băm, không lưu nội dung."),
        SECRECY_COLUMN,
        URGENCY_COLUMN,
        Column("drafting_unit", "Đơn vị soạn thảo", "party", required=True, example="Phòng Ví dụ"),
        Column("recipient_name", "Nơi nhận", "party", required=True, example="Cơ quan Ví dụ"),
        Column("recipient_code", "Mã định danh nơi nhận", example="H00.00"),
        Column(
            "recipient_kind", "Loại nơi nhận", "choice", True,
            ("Nội bộ Văn phòng", "Cơ quan hành chính", "Cơ quan, tổ chức khác"), example="Cơ quan hành chính",
        ),
        Column(
            "sending", "Hình thức gửi", "choice", True,
            (
                "Trục liên thông", "Hệ thống quản lý văn bản", "Thư điện tử", "Bản giấy",
                "Trục liên thông và bản giấy", "Hệ thống quản lý văn bản và bản giấy",
            ),
            example="Trục liên thông",
        ),
        Column(
            "signing", "Hình thức ký", "choice", True,
            ("Ký số cá nhân và cơ quan", "Chỉ ký số cơ quan", "Ký giấy"), example="Ký số cá nhân và cơ quan",
        ),
        Column("sent_at", "Thời điểm gửi", "moment", example="03/01/2000 14:30"),
        Column("received_at", "Thời điểm nhận", "moment", example="03/01/2000 15:10"),
        Column(
            "receipt", "Trạng thái nơi nhận", "choice", choices=RECEIPTS, example="Đã tiếp nhận",
            note="Xuất từ hệ thống quản lý văn bản; dùng khi gói trạng thái trên trục đã bị lấy mất.",
        ),
        Column("receipt_at", "Thời điểm trạng thái", "moment", example="03/01/2000 15:10"),
        Column(
            "exclusion_code", "Mã lý do loại trừ", "choice", choices=EXCLUSIONS, note="L01–L06 hoặc L99.",
            is_empty_said=True,
        ),
        Column("exclusion_reference", "Căn cứ loại trừ", note="Bắt buộc có số văn bản khi dùng L02."),
        Column(
            "state", "Tình trạng", "choice", choices=("Đã ban hành", "Dự thảo", "Hủy số", "Đã thu hồi"),
            default="Đã ban hành", example="Đã ban hành",
        ),
    ),
    # A delivery that went by two ways may stand in two rows.
    key=("number", "notation", "recipient_code|recipient_name", "sending"),
    year_of="issued_on",
)  # fmt: skip
INCOMING = Register(
    "incoming",
    "Văn bản đến",
    "SỔ VĂN BẢN ĐẾN",
    (
        NUMBER,
        NOTATION,
        ISSUED_ON,
        Column("sender_name", "Cơ quan ban hành", "party", required=True, example="Cơ quan Ví dụ"),
        Column("sender_code", "Mã định danh cơ quan ban hành", example="G00"),
        Column(
            "channel", "Hình thức đến", "choice", True,
            ("Trục liên thông", "Bản giấy", "Thư điện tử", "Fax"), example="Trục liên thông",
        ),
        SECRECY_COLUMN,
        URGENCY_COLUMN,
        Column("arrived_at", "Thời điểm đến", "moment", True, example="04/01/2000 08:05"),
        Column("received_at", "Thời điểm tiếp nhận", "moment", example="04/01/2000 09:00"),
        Column("forwarded_at", "Thời điểm chuyển xử lý", "moment", example="04/01/2000 10:30"),
        Column("due_on", "Hạn xử lý", "date", example="11/01/2000"),
        Column("completed_at", "Thời điểm hoàn thành", "moment", example="10/01/2000 16:00"),
        Column("handling_unit", "Đơn vị xử lý", "party", example="Phòng Ví dụ"),
        Column(
            "signature", "Kiểm tra chữ ký số", "choice", choices=SIGNATURES, example="Hợp lệ",
            note="Kết quả hệ thống quản lý văn bản đã kiểm tra; dùng khi gói tin trên trục đã bị lấy mất.",
        ),
        Column("validity", "Hiệu lực trên trục", "choice", choices=VALIDITY, example="Có hiệu lực"),
    ),
    key=("number", "notation", "sender_code|sender_name", "channel"),
    year_of="issued_on",
)  # fmt: skip
SECRET_COUNTS = Register(
    "secret_counts",
    "Thống kê văn bản mật",
    "THỐNG KÊ SỐ LƯỢNG VĂN BẢN MẬT (chỉ số lượng)",
    (
        Column("month", "Tháng", "month", True, example="01/2000"),
        Column("direction", "Chiều", "choice", True, ("Đi", "Đến", "Nội bộ"), example="Đi"),
        Column("documents", "Số văn bản", "int", True, example="3"),
        UNIT,
    ),
    key=("month", "direction", "unit"),
)
OFFICIALS = Register(
    "officials",
    "Cán bộ, công chức",
    "DANH SÁCH CÁN BỘ, CÔNG CHỨC VÀ TIÊU CHUẨN CHỨC DANH",
    (
        *PERSON,
        UNIT,
        Column("position", "Chức danh, chức vụ", required=True, example="Chuyên viên"),
        Column("kind", "Đối tượng", "choice", True, STAFF, example="Công chức"),
        Column("is_primary", "Vị trí chính", "choice", choices=("Có", "Không"), default="Có", example="Có"),
        Column("starts_on", "Giữ chức danh từ ngày", "date", True, example="03/01/2000"),
        Column("ends_on", "Đến ngày", "date", example="31/12/2000"),
        Column(
            "absence", "Tình trạng vắng", "choice",
            choices=("Không", "Biệt phái", "Nghỉ thai sản trên 6 tháng", "Chờ nghỉ hưu"), default="Không",
        ),
        *(
            Column(field, header, "choice", True, CRITERION, example="Đạt")
            for field, header in (
                ("professional", "Trình độ chuyên môn"),
                ("political", "Lý luận chính trị"),
                ("administration", "Quản lý nhà nước"),
                ("leadership", "Bồi dưỡng lãnh đạo, quản lý"),
                ("language_it", "Ngoại ngữ, tin học"),
                ("experience", "Kinh nghiệm"),
            )
        ),
    ),
    # Somebody may leave a post and come back to it.
    key=("person", "unit", "position", "starts_on"),
)  # fmt: skip
RATINGS_REGISTER = Register(
    "ratings",
    "Xếp loại",
    "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI (năm, quý, tháng)",
    (
        *PERSON,
        UNIT,
        Column("kind", "Đối tượng", "choice", True, STAFF, example="Công chức"),
        YEAR,
        Column(
            "period", "Kỳ đánh giá", "choice", choices=RATING_PERIODS, default="Năm", example="Năm",
            note="Để trống: xếp loại cả năm. Theo dõi trong năm: Quý I … Quý IV, Tháng 1 … Tháng 12.",
        ),
        Column(
            "general_points", "Điểm tiêu chí chung", "number", example="27",
            note="Thang 100 điểm từ năm 2026: tiêu chí chung tối đa 30, kết quả nhiệm vụ tối đa 70.",
        ),
        Column("task_points", "Điểm kết quả nhiệm vụ", "number", example="58,5"),
        Column("points", "Tổng điểm", "number", example="85,5"),
        Column("category", "Mức xếp loại", "choice", True, RATINGS, example="Hoàn thành tốt nhiệm vụ"),
        Column("stage", "Giai đoạn", "choice", choices=("Tự đánh giá", "Đơn vị đề nghị", "Có quyết định")),
        Column("reason", "Lý do chưa xếp loại"),
        Column("decision_number", "Số quyết định", example="00/VÍ-DỤ"),
        Column("decided_on", "Ngày quyết định", "date", example="10/12/2000"),
    ),
    # Proposed, then decided; and decided anew.
    key=("year", "period", "person", "stage", "decided_on"),
)  # fmt: skip
INSPECTIONS = Register(
    "inspections",
    "Theo dõi kiểm tra",
    "SỔ THEO DÕI KIỂM TRA CẢI CÁCH HÀNH CHÍNH",
    (
        Column("plan_number", "Số kế hoạch", required=True, example="00/VÍ-DỤ"),
        Column("plan_on", "Ngày kế hoạch", "date", True, example="03/01/2000"),
        Column("body", "Đoàn kiểm tra", "choice", True, ("Văn phòng", "Tỉnh"), example="Văn phòng"),
        Column(
            "form", "Hình thức", "choice", True,
            ("Định kỳ", "Đột xuất", "Theo chuyên đề", "Tự kiểm tra", "Phiếu khảo sát"), example="Định kỳ",
        ),
        Column("unit", "Đơn vị được kiểm tra", "party", required=True, example="Phòng Ví dụ"),
        Column("team_decision", "Quyết định thành lập đoàn"),
        Column("starts_on", "Ngày bắt đầu", "date", example="10/06/2000"),
        Column("ends_on", "Ngày kết thúc", "date", example="11/06/2000"),
        Column("minutes_number", "Số biên bản", example="00/VÍ-DỤ"),
        Column("minutes_on", "Ngày biên bản", "date", example="11/06/2000"),
        Column("field", "Lĩnh vực TTHC"),
        Column("sampled", "Số hồ sơ kiểm tra mẫu", "int", example="20"),
        Column("wrong", "Số hồ sơ sai sót", "int", example="1"),
        Column("conclusion_number", "Số kết luận", example="00/VÍ-DỤ"),
        Column("concluded_on", "Ngày kết luận", "date", example="20/06/2000"),
        Column("result", "Kết quả", "choice", choices=("Tốt", "Khá", "Đạt", "Chưa đạt"), example="Tốt"),
        Column("findings", "Tồn tại"),
        Column("recommendations", "Kiến nghị"),
        Column("remedy_due_on", "Thời hạn khắc phục", "date"),
        Column("remedy_report", "Báo cáo khắc phục"),
        Column(
            "remedy_state", "Trạng thái khắc phục", "choice",
            choices=("Chưa thực hiện", "Đang thực hiện", "Đã khắc phục", "Quá hạn khắc phục"),
        ),
        Column("rechecked_on", "Ngày phúc tra", "date"),
    ),
    key=("plan_number", "unit", "form", "starts_on"),
)  # fmt: skip
INSPECTION_UNITS = Register(
    "inspection_units",
    "Danh mục đơn vị",
    "DANH MỤC PHÒNG, ĐƠN VỊ TRỰC TIẾP THỰC HIỆN, THEO DÕI TTHC (duyệt cùng kế hoạch kiểm tra)",
    (
        Column("plan_number", "Số kế hoạch", required=True, example="00/VÍ-DỤ"),
        Column("approved_on", "Ngày phê duyệt", "date", True, example="03/01/2000"),
        UNIT,
        Column("field", "Lĩnh vực TTHC"),
        Column("added_on", "Ngày bổ sung", "date", is_empty_said=True),
        Column("added_reason", "Lý do bổ sung"),
    ),
    key=("plan_number", "unit", "field"),
)
OBJECTIVES = Register(
    "objectives",
    "Mục tiêu chất lượng",
    "BẢNG MỤC TIÊU CHẤT LƯỢNG VÀ KẾ HOẠCH THỰC HIỆN (mỗi mục tiêu một dòng)",
    (
        UNIT,
        YEAR,
        *APPROVAL,
        Column("number", "TT", "int", True, example="1"),
        Column("objective", "Mục tiêu", required=True, example="Giải quyết hồ sơ đúng hạn"),
        Column(
            "linked_indicator", "Mục tiêu của Văn phòng", example="MT1", note="Mã mục tiêu của Văn phòng: MT1, MT2b…"
        ),
        Column("target_text", "Chỉ tiêu", required=True, example="Đạt ít nhất 98 %"),
        Column("target_percent", "Chỉ tiêu (%)", "percent", example="98"),
        Column("measures", "Biện pháp thực hiện", example="Rà soát hồ sơ sắp đến hạn hằng ngày"),
        Column("resources", "Nguồn lực", example="Phần mềm một cửa"),
        Column(
            "responsible",
            "Người thực hiện",
            "position",
            example="Trưởng phòng",
            note="Ghi chức danh, không ghi họ tên.",
        ),
        Column("finish", "Thời gian hoàn thành", example="31/12/2000"),
        Column("method", "Phương pháp theo dõi, đo lường", example="Thống kê trên hệ thống"),
        Column("frequency", "Tần suất", example="Hằng tháng"),
        *(Column(f"result_q{n}", f"Kết quả quý {roman}") for n, roman in enumerate(("I", "II", "III", "IV"), 1)),
        Column("evaluation", "Đánh giá"),
        Column("note", "Ghi chú"),
        Column("requested_on", "Ngày yêu cầu báo cáo", "date"),
        Column("reported_on", "Ngày báo cáo", "date"),
    ),
    key=("year", "unit", "number"),
)
RISKS = Register(
    "risks",
    "Rủi ro và cơ hội",
    "BẢNG NHẬN DIỆN, ĐÁNH GIÁ, GIẢI QUYẾT RỦI RO VÀ CƠ HỘI",
    (
        UNIT,
        YEAR,
        *APPROVAL,
        Column("number", "TT", "int", True, example="1"),
        Column("process", "Quá trình/Hoạt động", required=True, example="Giải quyết TTHC"),
        Column("linked_objective", "Mục tiêu liên quan", example="MT1"),
        Column("context", "Bối cảnh", "choice", choices=("Nội bộ", "Bên ngoài"), example="Nội bộ"),
        Column("kind", "Loại", "choice", True, ("Rủi ro", "Cơ hội"), example="Rủi ro"),
        Column("description", "Mô tả", required=True, example="Hồ sơ quá hạn tăng sau sáp nhập"),
        Column("cause", "Nguyên nhân"),
        Column("consequence", "Hậu quả"),
        Column("probability", "Khả năng xảy ra (P)", "int", True, example="3"),
        Column("severity", "Mức độ ảnh hưởng (S)", "int", True, example="4"),
        Column("score", "Điểm rủi ro (R)", "int", example="12"),
        Column("level", "Mức", "choice", choices=("Thấp", "Trung bình", "Cao", "Rất cao"), example="Cao"),
        Column("existing_controls", "Biện pháp kiểm soát hiện có"),
        Column(
            "treatment", "Biện pháp giải quyết", "choice",
            choices=("Tránh", "Giảm thiểu", "Chuyển giao", "Chấp nhận", "Nắm bắt", "Tăng cường", "Bỏ qua"),
            example="Giảm thiểu",
        ),
        Column("responsible", "Người chịu trách nhiệm", "position", example="Trưởng phòng"),
        Column("due_on", "Thời hạn", "date", example="30/09/2000"),
        Column(
            "state", "Trạng thái", "choice", choices=("Chưa thực hiện", "Đang thực hiện", "Đã hoàn thành"),
            example="Đang thực hiện",
        ),
        Column("result", "Kết quả thực hiện"),
        Column("effectiveness", "Đánh giá hiệu lực", "choice", choices=("Có hiệu lực", "Chưa hiệu lực")),
        Column("reviewed_on", "Ngày xem xét lại", "date", example="30/06/2000"),
    ),
    key=("year", "unit", "number"),
)  # fmt: skip
COMMUNICATIONS = Register(
    "communications",
    "Truyền đạt mục tiêu",
    "MINH CHỨNG TRUYỀN ĐẠT MỤC TIÊU CHẤT LƯỢNG",
    (
        UNIT,
        YEAR,
        Column(
            "form", "Hình thức", "choice", True, ("Biên bản họp", "Văn bản phổ biến", "Danh sách ký nhận"),
            example="Biên bản họp",
        ),
        Column("document_number", "Số, ký hiệu văn bản", example="00/VÍ-DỤ"),
        Column("communicated_on", "Ngày truyền đạt", "date", True, example="15/05/2000"),
        Column("participants", "Số người tham dự", "int", example="12"),
    ),
    key=("year", "unit", "form", "communicated_on", "document_number"),
)  # fmt: skip

REGISTERS = {
    register.name: register
    for register in (
        DOCUMENTS, INCOMING, SECRET_COUNTS, OFFICIALS, RATINGS_REGISTER, INSPECTIONS, INSPECTION_UNITS, OBJECTIVES,
        RISKS, COMMUNICATIONS, *improvement.REGISTERS, PUBLICATIONS, OBSERVATIONS,
    )
}  # fmt: skip
