"""Invented people: every datum that must never pass the connector, recognisable and repeatable."""

from __future__ import annotations


_SURNAMES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Điểu",
)
_MIDDLE = ("Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc", "Hữu", "Đức", "Kim", "Xuân", "Gia")
_GIVEN = (
    "An",
    "Bình",
    "Châu",
    "Dũng",
    "Đạt",
    "Giang",
    "Hạnh",
    "Hùng",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quyên",
    "Sơn",
    "Trang",
    "Vy",
    "Yến",
)
_STREETS = ("Cách Mạng Tháng Tám", "Phạm Văn Thuận", "Đồng Khởi", "Hùng Vương", "Nguyễn Ái Quốc")
_TRADES = ("Thương mại", "Xây dựng", "Vận tải", "Nông sản", "Cơ khí", "Gỗ", "May mặc")
PHONE_PREFIX = "0999"
ID_PREFIX = "075"
MAIL_DOMAIN = "congdan.example"
STAFF = tuple(f"Cán bộ {name} Một Cửa" for name in _GIVEN)


def full_name(person: int) -> str:
    return (
        f"{_SURNAMES[person % 12]} {_MIDDLE[person // 12 % 11]} {_GIVEN[person // 132 % 19]}"
        f" {_GIVEN[person // 2508 % 19]}"
    )


def identity_number(person: int) -> str:
    return f"{ID_PREFIX}{person % 10**9:09}"


def phone(person: int) -> str:
    return f"{PHONE_PREFIX}{person * 7919 % 10**6:06}"


def birthday(person: int) -> str:
    return f"19{50 + person % 49}-{1 + person // 49 % 12:02}-{1 + person // 588 % 28:02}"


def address(person: int) -> str:
    return f"Số {1 + person % 900}, đường {_STREETS[person % 5]}, khu phố {1 + person % 11}"


def organisation(person: int) -> str:
    return f"Công ty TNHH {_TRADES[person % 7]} {_GIVEN[person // 7 % 19]} {_GIVEN[person % 19]}"


def applicant_data(person: int, named_organisation: bool, kind: str | None) -> str:
    """The JSON of `applicant.data`; texts hold nothing that JSON would have to escape."""
    company = f'"{organisation(person)}"' if named_organisation else '""'
    chosen = "" if kind is None else f',"chonDoiTuong":"{kind}"'
    name = full_name(person)
    return (
        f'{{"fullname":"{name}","ownerFullname":"{name}","birthday":"{birthday(person)}T00:00:00'
        f'.000+0700","gender":{person & 1},"identityNumber":"{identity_number(person)}",'
        f'"identityDate":"2021-05-{1 + person % 28:02}T00:00:00.000+0700","identityAgency":'
        '{"id":"5f9f1c0e7d1e4a0001a1b2c3","name":"Cục Cảnh sát QLHC về TTXH"},'
        f'"phoneNumber":"{phone(person)}","email":"cd{person}@{MAIL_DOMAIN}",'
        f'"address":"{address(person)}","nation":{{"label":"Việt Nam","value":"VN"}},'
        '"province":{"label":"Tỉnh Đồng Nai","value":"75"},"village":{"label":"Phường Trấn Biên",'
        f'"value":"26041"}},"organization":{company},'
        f'"noidungyeucaugiaiquyet":"Đề nghị giải quyết hồ sơ của {name}"{chosen}}}'
    )
