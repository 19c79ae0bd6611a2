"""Each dossier has one clock, and its classification is one of the words of domain §9.1."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="dossier_is_unique",
        expectation="ExpectColumnValuesToBeUnique",
        kwargs={"column": "dossier_code"},
        key=("dossier_code",),
        severity="critical",
        message="Mỗi hồ sơ một dòng",
        advice="Hai bản ghi nguồn mang cùng mã hồ sơ; kiểm tra trên hệ thống một cửa.",
    ),
    Rule(
        name="classification_has_a_label",
        expectation="ExpectColumnValuesToNotBeNull",
        kwargs={"column": "classification_label"},
        key=("dossier_code",),
        severity="critical",
        message="Mỗi hồ sơ có phân loại",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
]
