"""The words that models use: texts as people compare them, dates as sources write them, codes of three generations."""

from datetime import datetime

import pytest

from warehouse.database import Database


@pytest.mark.parametrize(
    ("text", "folded", "ascii_folded"),
    [
        ("  Đang  XỬ\u00a0LÝ ", "đang xử lý", "dang xu ly"),
        ("Ho\u0302\u0300", "hồ", "ho"),  # letters and accents apart, as some systems send them
        ("Ðồng Nai", "ðồng nai", "dong nai"),  # Icelandic letter of a legacy font
        ("", "", ""),
    ],
)
def test_texts_are_folded(warehouse: Database, text: str, folded: str, ascii_folded: str) -> None:
    assert warehouse.query("select fold($1), fold_ascii($1)", [text]) == [(folded, ascii_folded)]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("00.02.H19", "H19.02"),
        ("00.02.H19.e-doc.vn", "H19.02"),
        ("01.02.H19", "H19.02.01"),
        ("000.00.22.H19", "H19.22"),
        ("000.20.22.H19", "H19.22.20"),
        ("000.00.00.H19", "H19"),
        ("H19", "H19"),
        (" h19.22.20 ", "H19.22.20"),
        ("H19.101", "H19.101"),
        ("000.00.101.H19", "H19.101"),
        ("G22", "G22"),
        ("vpcp", "VPCP"),
    ],
)
def test_organ_codes_of_all_generations_become_one(warehouse: Database, source: str, code: str) -> None:
    assert warehouse.query("select organ_code($1)", [source]) == [(code,)]


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2025-10-20T08:15:00.000+0700", datetime(2025, 10, 20, 8, 15)),
        ("2025-10-20T08:15:00+07:00", datetime(2025, 10, 20, 8, 15)),
        ("2025-10-20T18:15:00.123Z", datetime(2025, 10, 21, 1, 15, 0, 123000)),
        ("2025-10-20T01:15:00.000+0000", datetime(2025, 10, 20, 8, 15)),
        ("2025-10-20T08:15:00", datetime(2025, 10, 20, 8, 15)),
        ("2025/10/20 08:15:00", datetime(2025, 10, 20, 8, 15)),
        ("2025-10-20", datetime(2025, 10, 20)),
        ("20/10/2025 08:15:00", datetime(2025, 10, 20, 8, 15)),
        ("20-10-2025", datetime(2025, 10, 20)),
        ("20251020081500", datetime(2025, 10, 20, 8, 15)),
        ("20251020", datetime(2025, 10, 20)),
        ("1/2/2025", datetime(2025, 2, 1)),
        ("1746057600000", datetime(2025, 5, 1, 7)),
        ("1746057600", None),
        ("2/1/25", None),
        ("25/12/25", None),
        ("epoch", None),
        ("2025-10-20T08:15:00.1234567+07:00", datetime(2025, 10, 20, 8, 15, 0, 123456)),
        ("20/10/2025  8:15", datetime(2025, 10, 20, 8, 15)),
        # Read by DuckDB alone, each as another moment than is meant or than another program reads.
        ("2025-10-20T24:00:00", None),
        ("2025-10-20 (BC)", None),
        ("0000-01-01", None),
        ("2/1/0000", None),
        ("2025-10-20 08:15:00 UTC", None),
        ("2025-10-20 08:15:00 Asia/Ho_Chi_Minh", None),
        ("2025-10-20T08:15:00+07:00:00", None),
        ("0001-01-01T00:00:00", None),
        ("01/01/0001 00:00:00", None),
        ("2025-02-30", None),
        ("0000-00-00", None),
        ("infinity", None),
        ("hôm qua", None),
        ("", None),
        (None, None),
    ],
)
def test_times_of_the_sources_become_local_time(warehouse: Database, text: str | None, local: datetime | None) -> None:
    assert warehouse.query("select local_timestamp($1)", [text]) == [(local,)]


def test_only_a_filled_text_can_be_unreadable(warehouse: Database) -> None:
    texts = "(values ('2025-02-30'), ('2025-02-28'), ('0001-01-01T00:00:00'), (' '), (null)) as t(text)"
    assert warehouse.query(f"select unreadable('completedDate', text) from {texts}") == [
        ("completedDate: 2025-02-30",),
        (None,),
        (None,),
        (None,),
        (None,),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[{"languageId":46,"name":"Processing"},{"languageId":228,"name":"Đang\u00a0 xử lý"}]', "Đang xử lý"),
        ('[{"languageId":46,"name":"Processing"}]', "Processing"),
        ('{"languageId":228,"name":"Đang xử lý"}', "Đang xử lý"),
        ("Đang  xử lý", "Đang xử lý"),
        ('["a"]', None),
        ("[chưa rõ", "[chưa rõ"),
        (None, None),
    ],
)
def test_a_name_is_found_in_both_forms(warehouse: Database, text: str | None, name: str | None) -> None:
    asked = "select display_name(text) from (values ($1::varchar), ('')) as t(text) limit 1"
    assert warehouse.query(asked, [text]) == [(name,)]


def test_a_procedure_code_loses_the_suffix_of_the_province(warehouse: Database) -> None:
    codes = "(values ('1.000123.000.00.00.H19'), ('1.000123.H19'), ('1.000123'), ('H19-01')) as t(code)"
    found = warehouse.query(f"select national_procedure_code(code) from {codes}")
    assert found == [("1.000123",), ("1.000123",), ("1.000123",), ("H19-01",)]


def test_a_document_has_one_label_whoever_writes_it(warehouse: Database) -> None:
    spellings = ["7 / QĐ - UBND", "07/QD-UBND", None, "7/qđ-ubnd"]
    for labels in (spellings, spellings[::-1]):
        asked = "select one_label([document_label(text) for text in $1::varchar[]])"
        assert warehouse.query(asked, [labels]) == [("7/QĐ-UBND",)]
    assert warehouse.query("select document_label('5/TTr-UBND'), one_label([null]::varchar[])") == [
        ("5/TTr-UBND", None)
    ]
