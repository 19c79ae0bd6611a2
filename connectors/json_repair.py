"""JSON as real servers write it, made readable: for a list whose rows are no risk, and record by record where they are.

Only what a strict reader has refused comes here, so a sound answer pays nothing.
"""

import codecs
import json
import re
from contextlib import suppress


# Strings, whole or cut off, then what opens, closes and parts.
TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]', re.DOTALL)
CONTROL = re.compile(r"[\x00-\x1f]")
TRAILING = re.compile(r",(\s*[\]}])")


class Unbalanced(ValueError):
    """The text ends before what it has opened is closed: an answer cut short, which is asked for again."""


def one_byte(error: UnicodeError) -> tuple[str, int]:
    """A single byte of Windows among letters of UTF-8, as copied texts bring it."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.start + 1]
    return wrong.decode("cp1252", "replace"), error.start + 1


codecs.register_error("one_byte_of_windows", one_byte)


def mended(body: bytes) -> bytes:
    """Single bytes of Windows, raw breaks and tabs in strings, an escaped apostrophe, a comma before the end."""
    text = body.decode("utf-8", "one_byte_of_windows")
    parts, place = [], 0
    for token in TOKEN.finditer(text):
        if token[0][0] != '"':
            continue
        parts += [TRAILING.sub(r"\1", text[place : token.start()]), in_a_string(token[0])]
        place = token.end()
    parts.append(TRAILING.sub(r"\1", text[place:]))
    return "".join(parts).encode()


def in_a_string(text: str) -> str:
    return CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\\'", "'"))


def items(body: bytes, member: str) -> tuple[list[bytes], bytes]:
    """The objects of the array that the outermost object has under that name, and the object with the array emptied.

    Raises Unbalanced for an answer that was cut short, KeyError where there is no such array.
    """
    # One character for each byte, so that places are the same in both.
    text = body.decode("latin-1")
    depth, opened, start, found = 0, -1, -1, []
    before: list[str] = []
    for token in TOKEN.finditer(text):
        sign = token[0]
        if sign in "[{":
            depth += 1
            if depth == 2 and sign == "[" and before[-2:] == [f'"{member}"', ":"]:
                opened = token.end()
            if depth == 3 and opened >= 0:
                start = token.start()
        elif sign in "]}":
            if depth == 3 and opened >= 0:
                found.append(body[start : token.end()])
            if depth == 2 and opened >= 0:
                end = token.start()
                if not is_balanced(text[token.end() :]):
                    raise Unbalanced
                return found, body[:opened] + body[end:]
            depth -= 1
        if depth == 1:
            before = [*before[-1:], sign]
    raise Unbalanced if opened >= 0 or depth else KeyError(member)


def texts_of(record: bytes, members: tuple[str, ...]) -> dict[str, str]:
    """The texts that a broken record gives under these names itself, not within what it holds."""
    found: dict[str, str] = {}
    depth, before = 0, ["", ""]
    for token in TOKEN.finditer(record.decode("utf-8", "replace")):
        sign = token[0]
        depth += (sign in "[{") - (sign in "]}")
        name = before[0].strip('"')
        if depth == 1 and before[1] == ":" and sign[0] == '"' and name in members:
            with suppress(ValueError):
                found.setdefault(name, json.loads(sign))
        before = [before[1], sign]
    return found


def is_balanced(rest: str) -> bool:
    """Whether the rest closes the one object that is still open."""
    depth = 1
    for token in TOKEN.finditer(rest):
        depth += (token[0] in "[{") - (token[0] in "]}")
    return depth == 0
