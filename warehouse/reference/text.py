"""Folding of Vietnamese text, as the SQL macros `fold` and `fold_ascii` do it."""

import re
import unicodedata


# Listed one by one: Python's \s knows more spaces than the regular expressions of DuckDB.
SPACES = re.compile("[\t\n\f\r \u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]+")


def fold(text: str) -> str:
    """One Unicode form, one space, no case; accents stay."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ").lower()


def fold_ascii(text: str) -> str:
    """Folded and without accents; đ is a letter of its own and needs its own rule."""
    bare = unicodedata.normalize("NFD", fold(text).replace("đ", "d").replace("ð", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
