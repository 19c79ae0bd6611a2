"""Python folds what it loads exactly as SQL folds what it compares."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.database import Database
from warehouse.reference.text import fold, fold_ascii


@pytest.mark.parametrize(
    ("text", "folded", "bare"),
    [
        ("  Đang  XỬ\u00a0lý ", "đang xử lý", "dang xu ly"),
        ("Uỷ ban", "uỷ ban", "uy ban"),
        ("Hoà", "hoà", "hoa"),
        ("Hòa", "hòa", "hoa"),
        ("\u00d0ăng ký", "ðăng ký", "dang ky"),  # the Icelandic letter of legacy fonts
        ("Dừng\u200bxử\tlý\n", "dừng xử lý", "dung xu ly"),
        ("tie\u0302\u0301p", "tiếp", "tiep"),
    ],
)
def test_folding(text: str, folded: str, bare: str) -> None:
    assert (fold(text), fold_ascii(text)) == (folded, bare)


LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzÐð0123456789-,. \u00a0\u200b\u3000\t\u0301\u0300\u0309\u0303\u0323")


@settings(max_examples=200, deadline=None)
@given(text=LETTERS.map(lambda text: "".join(letter.upper() if len(text) % 2 else letter for letter in text)))
def test_python_and_sql_fold_alike(loaded: Database, text: str) -> None:
    found = loaded.query("select fold($1::varchar), fold_ascii($1::varchar)", [text])
    assert found == [(fold(text), fold_ascii(text))]
