"""The four registers of the loop (ISO 9001:2015, 9.1.2, 9.2, 9.3, 10.2): sheets, columns, what may stand in them."""

from connectors.registers.columns import UNIT, YEAR
from connectors.registers.shapes import Column, Register


# Codes and words as in warehouse/reference/nonconformity_causes.csv.
CAUSES = (
    "N01 Quy định, quy trình chưa rõ hoặc chưa kịp sửa", "N02 Thiếu nhân lực, quá tải", "N03 Năng lực, tập huấn",
    "N04 Phối hợp giữa các đơn vị", "N05 Phần mềm, hạ tầng, kết nối", "N06 Dữ liệu, cập nhật hệ thống",
    "N07 Ý thức, kỷ luật thực hiện", "N08 Người dân, tổ chức nộp hồ sơ", "N09 Khách quan, sắp xếp tổ chức",
    "N99 Nguyên nhân khác",
)  # fmt: skip
FOUND_BY = (
    "Mục tiêu không đạt", "Kiểm tra không đạt", "Bất thường lặp lại", "Đánh giá nội bộ", "Phản ánh, kiến nghị",
    "Xem xét của lãnh đạo", "Phát hiện khác",
)  # fmt: skip
# 9.3.2 a–f, then 9.3.3 a–c.
INPUTS = (
    "a Hành động từ lần xem xét trước", "b Thay đổi bối cảnh nội bộ, bên ngoài",
    "c1 Sự hài lòng của người dân, tổ chức", "c2 Mức độ đạt mục tiêu chất lượng",
    "c3 Kết quả thực hiện quá trình", "c4 Sự không phù hợp và hành động khắc phục",
    "c5 Kết quả theo dõi, đo lường", "c6 Kết quả đánh giá", "c7 Bên cung cấp bên ngoài",
    "d Nguồn lực có đủ không", "e Hiệu lực của hành động đối với rủi ro, cơ hội", "f Cơ hội cải tiến",
)  # fmt: skip
OUTPUTS = ("Cơ hội cải tiến", "Thay đổi hệ thống quản lý", "Nhu cầu nguồn lực")
YES_NO = ("Có", "Không")
POST_NOTE = "Ghi chức danh, không ghi họ tên."
POST = Column(
    "responsible_post", "Chức danh chịu trách nhiệm", "position", example="Trưởng phòng", note=POST_NOTE
)  # fmt: skip

NONCONFORMITIES = Register(
    "nonconformities",
    "Sự không phù hợp",
    "SỔ THEO DÕI SỰ KHÔNG PHÙ HỢP VÀ HÀNH ĐỘNG KHẮC PHỤC (mỗi phiếu một dòng)",
    (
        Column(
            "form_number", "Số phiếu", required=True, example="KPH-2000-MT1-Q3",
            note="Phiếu do hệ thống mở: giữ nguyên số. Phiếu của phòng tự mở: đặt số riêng, không bắt đầu bằng KPH-.",
        ),
        Column("opened_on", "Ngày mở", "date", True, example="01/10/2000"),
        Column("found_by", "Nguồn phát hiện", "choice", True, FOUND_BY, example="Mục tiêu không đạt"),
        Column("reference", "Căn cứ", example="00/VÍ-DỤ", note="Số biên bản, kết luận, báo cáo là căn cứ mở phiếu."),
        Column("linked_indicator", "Mục tiêu liên quan", example="MT1", note="Mã mục tiêu của Văn phòng: MT1, MT2b…"),
        Column("unit", "Đơn vị xử lý", "party", example="Phòng Ví dụ"),
        Column("description", "Mô tả sự không phù hợp", required=True, example="Tỷ lệ đúng hạn quý III dưới chỉ tiêu"),
        Column("correction", "Khắc phục ngay", example="Giải quyết xong các hồ sơ đang quá hạn"),
        Column("cause_code", "Nhóm nguyên nhân", "choice", choices=CAUSES, example=CAUSES[1]),
        *(Column(f"why_{n}", f"Vì sao {n}", note="Hỏi năm lần, đến khi ra nguyên nhân gốc.") for n in range(1, 6)),
        Column("cause", "Nguyên nhân gốc", example="Chưa có người thay khi nghỉ phép"),
        Column("corrective_action", "Hành động khắc phục", example="Phân công người thay ở từng vị trí"),
        POST,
        Column("due_on", "Thời hạn", "date", example="30/11/2000"),
        Column("done_on", "Ngày hoàn thành", "date", example="25/11/2000"),
        Column("evidence", "Minh chứng", example="00/VÍ-DỤ", note="Số, ký hiệu văn bản."),
        Column(
            "effectiveness", "Đánh giá hiệu lực", "choice", choices=("Có hiệu lực", "Chưa hiệu lực"),
            example="Có hiệu lực",
        ),
        Column("effectiveness_on", "Ngày đánh giá hiệu lực", "date", example="15/01/2000"),
        Column("closed_on", "Ngày đóng phiếu", "date", example="16/01/2000", note="Chỉ đóng khi đã có hiệu lực."),
    ),
    key=("form_number",),
)  # fmt: skip
INTERNAL_AUDITS = Register(
    "internal_audits",
    "Đánh giá nội bộ",
    "SỔ ĐÁNH GIÁ NỘI BỘ (mỗi đơn vị được đánh giá trong một cuộc một dòng)",
    (
        Column("programme_number", "Số chương trình", required=True, example="00/VÍ-DỤ"),
        YEAR,
        UNIT,
        Column("scope", "Phạm vi, quá trình", required=True, example="Giải quyết TTHC"),
        Column("clauses", "Điều khoản", example="8.5; 9.1; 10.2", note="Điều khoản của TCVN ISO 9001:2015."),
        Column("planned_on", "Ngày dự kiến", "date", True, example="10/09/2000"),
        Column("audited_on", "Ngày đánh giá", "date", example="11/09/2000"),
        Column("auditor_post", "Chức danh trưởng đoàn", "position", example="Phó Chánh Văn phòng", note=POST_NOTE),
        Column(
            "is_independent", "Đánh giá viên độc lập", "choice", choices=YES_NO, example="Có",
            note="Không ai đánh giá việc của chính mình (9.2.2 c).",
        ),
        Column("major", "Số điểm không phù hợp nặng", "int", example="0"),
        Column("minor", "Số điểm không phù hợp nhẹ", "int", example="2"),
        Column("opportunities", "Số điểm nên cải tiến", "int", example="3"),
        Column("report_number", "Số báo cáo", example="00/VÍ-DỤ", note="Ghi số này ở cột Căn cứ của phiếu."),
        Column("reported_on", "Ngày báo cáo", "date", example="20/09/2000"),
    ),
    key=("programme_number", "year", "unit", "planned_on"),
)  # fmt: skip
MANAGEMENT_REVIEWS = Register(
    "management_reviews",
    "Xem xét của lãnh đạo",
    "SỔ XEM XÉT CỦA LÃNH ĐẠO (mỗi đầu vào hoặc quyết định một dòng)",
    (
        Column("review_number", "Số biên bản", required=True, example="00/VÍ-DỤ"),
        Column("reviewed_on", "Ngày họp", "date", example="15/01/2000"),
        Column("chair_post", "Chức danh chủ trì", "position", example="Chánh Văn phòng", note=POST_NOTE),
        Column("number", "TT", "int", True, example="4"),
        Column("input", "Đầu vào (9.3.2)", "choice", True, INPUTS, example=INPUTS[3]),
        Column("facts", "Tình hình", example="13 trong 16 mục tiêu đạt", note="Hệ thống điền sẵn từ số liệu công bố."),
        Column("discussion", "Ý kiến thảo luận"),
        Column("decision", "Quyết định", example="Bổ sung một công chức cho bộ phận trả kết quả"),
        Column("output", "Loại quyết định (9.3.3)", "choice", choices=OUTPUTS, example=OUTPUTS[2]),
        Column("unit", "Đơn vị thực hiện", "party", example="Phòng Ví dụ"),
        POST,
        Column("due_on", "Thời hạn", "date", example="31/03/2000"),
        Column("done_on", "Ngày hoàn thành", "date"),
        Column("evidence", "Minh chứng"),
    ),
    key=("review_number", "number"),
)  # fmt: skip
SURVEYS = Register(
    "surveys",
    "Khảo sát hài lòng",
    "SỔ KHẢO SÁT SỰ HÀI LÒNG CỦA NGƯỜI DÂN, TỔ CHỨC (mỗi đợt của một đơn vị một dòng)",
    (
        Column("survey_number", "Số kế hoạch khảo sát", required=True, example="00/VÍ-DỤ"),
        UNIT,
        Column("topic", "Nội dung khảo sát", required=True, example="Tiếp nhận và trả kết quả TTHC"),
        Column(
            "method", "Hình thức", "choice", choices=("Phiếu giấy", "Trực tuyến", "Điện thoại"), example="Trực tuyến"
        ),
        Column("starts_on", "Từ ngày", "date", True, example="01/07/2000"),
        Column("ends_on", "Đến ngày", "date", True, example="30/09/2000"),
        Column("invited", "Số phiếu phát ra", "int", True, example="400"),
        Column("answered", "Số phiếu thu về", "int", True, example="212"),
        Column("satisfied", "Số phiếu hài lòng", "int", example="196", note="Hài lòng và rất hài lòng."),
        Column("average_score", "Điểm trung bình", "number", example="4,35"),
        Column("scale", "Thang điểm", "int", example="5"),
        Column("published_on", "Ngày công bố kết quả", "date", example="15/10/2000"),
    ),
    key=("survey_number", "unit", "topic", "starts_on"),
)  # fmt: skip

REGISTERS = (NONCONFORMITIES, INTERNAL_AUDITS, MANAGEMENT_REVIEWS, SURVEYS)
