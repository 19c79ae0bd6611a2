"""The register of what the Office publishes of its directing (NĐ 43/2011/NĐ-CP Đ10(1)c; Luật 104/2016/QH13 Đ17–Đ19)."""

from connectors.registers.shapes import Column, Register


KINDS = (
    "Ý kiến chỉ đạo, điều hành", "Ý kiến xử lý, phản hồi kiến nghị", "Khen thưởng, xử phạt",
    "Lịch làm việc của lãnh đạo", "Không thuộc các loại trên",
)  # fmt: skip
# Codes and words as in warehouse/reference/publication_exceptions.csv.
EXCEPTIONS = (
    "K01 Thông tin công dân không được tiếp cận", "K02 Thông tin tiếp cận có điều kiện",
    "K03 Không thuộc thông tin phải công khai", "K99 Lý do khác",
)  # fmt: skip

PUBLICATIONS = Register(
    "publications",
    "Công khai chỉ đạo, điều hành",
    "SỔ CÔNG KHAI THÔNG TIN CHỈ ĐẠO, ĐIỀU HÀNH (mỗi văn bản một dòng, kể cả văn bản không phải công khai)",
    (
        Column("number", "Số", "int", required=True, example="0"),
        Column("notation", "Ký hiệu", required=True, example="VÍ-DỤ"),
        Column("signed_on", "Ngày ký", "date", True, example="03/01/2000"),
        Column("kind", "Loại thông tin", "choice", True, KINDS, example=KINDS[0]),
        Column("is_due", "Phải công khai", "choice", True, ("Có", "Không"), example="Có"),
        Column(
            "exception", "Lý do không công khai", "choice", choices=EXCEPTIONS,
            note="Bắt buộc khi ghi Không; không có lý do thì tính là phải công khai.", is_empty_said=True,
        ),
        Column("exception_reference", "Căn cứ không công khai", note="Bắt buộc có số văn bản khi dùng K99."),
        Column("published_on", "Ngày công khai", "date", example="05/01/2000"),
        Column(
            "address", "Địa chỉ công khai", example="https://congthongtin.example/van-ban/0",
            note="Đường dẫn trên Cổng thông tin điện tử, số Công báo hoặc nơi niêm yết.",
        ),
    ),
    key=("number", "notation"),
    year_of="signed_on",
)  # fmt: skip
