"""Names of people in what rooms and systems write: found by family name or form of address, replaced, never quoted.

Registers have cells where somebody writes the name of a citizen or a colleague although the column asks for something
else, and so have fields of systems. Design §4.2 stops names at the border; in a register only the name is lost.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from connectors.registers.vocabulary import (
    FAMILY_NAMES,
    FORMS_OF_ADDRESS,
    MIDDLE_NAMES,
    NOT_PERSONS,
    PLACES,
    RARE_FAMILY_NAMES,
    SURE_FAMILY_NAMES,
    TITLE_WORDS,
)


PERSON = "(tên người)"
PRIVATE = "(thông tin riêng)"
WORD = re.compile(r"đồng chí\b|đ/c\b|[^\W\d_]+", re.IGNORECASE)
LONGEST_NAME, SHORTEST_NAME = 5, 3
# Mail addresses; telephone numbers; the nine or twelve digits of an identity card, which begin with 0 when spaced.
CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\dA-Za-z])(?:\(?\+?84\)?|0)[ .-]?[2-9]\d(?:[ .-]?\d){6,8}(?![\dA-Za-z])"
    r"|(?<![\dA-Za-z])(?:\d{9}|\d{12}|0\d\d(?:[ .]\d{3}){3})(?![\dA-Za-z])"
    # Written to an abbreviation, as in CCCD075…, but not within a hash.
    r"|(?i:cccd|cmnd|cmt|sđt|đt):?\d{9,12}(?!\d)"
)
# What may hold anything of that: most codes and words need no closer look.
SUSPICIOUS = re.compile(r"@|\d(?:[ .-]?\d){8}|[^\W\d_] [^\W\d_]")
NINE_DIGITS = re.compile(r"\d([ .]?\d){8}")
# The same units and phrases come again and again.
REMEMBERED = 1 << 15
# What is quoted back to the officer is too short for an abstract.
QUOTABLE = 40


@lru_cache(REMEMBERED)
def masked(text: str) -> str:
    """Prose without the names, numbers and addresses of people."""
    for start, end in reversed(list(people_in(text))):
        text = text[:start] + PERSON + text[end:]
    return CONTACT.sub(PRIVATE, text)


def names_nobody(text: str) -> bool:
    """Whether no person is named in a text, or can be reached by it; a name typed in small letters counts too."""
    return not SUSPICIOUS.search(text) or (masked(text) == text and masked(titled_name(text)) == titled_name(text))


def titled_name(text: str) -> str:
    """A few small words alone may be a name; in a sentence, capitals would make names of any words."""
    return titled(text) if len(text.split()) <= LONGEST_NAME else text


@lru_cache(REMEMBERED)
def is_person(text: str) -> bool:
    """Whether a cell that should name an agency names nothing but a person, in any case of letters."""
    rest = masked(titled(text))
    return rest != titled(text) and not WORD.search(rest.replace(PERSON, "").replace(PRIVATE, ""))


def is_quotable(text: str) -> bool:
    """Whether a wrong value may be shown: short, and nothing in it may belong to a person."""
    if len(text) > QUOTABLE or NINE_DIGITS.search(text) or text.lower().startswith(("v/v", "về việc")):
        return False
    return masked(titled(text)) == titled(text)


def titled(text: str) -> str:
    """A name typed in small letters looks like any words; with capitals it can be recognised."""
    return text.title() if text == text.lower() else text


def people_in(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every name, with the form of address before it."""
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        length = name_length(text, words, at)
        if length:
            yield words[at].start(), words[at + length - 1].end()
        at += length or 1


def name_length(text: str, words: list[re.Match[str]], at: int) -> int:
    """How many words from here are a person: Nguyễn Văn A, ông A, đ/c Lan; 0 when they are none."""
    if text.startswith(NOT_PERSONS, words[at].start()):
        return 0
    if words[at].group().lower() in FORMS_OF_ADDRESS:
        run = capitalised(text, words, at + 1)
        return run + 1 if run and words[at + 1].group() not in TITLE_WORDS else after_address(text, words, at)
    before = words[at - 1].group().lower() if at else ""
    if before in PLACES:
        return 0
    first, second = (word.group().lower() for word in (*words[at : at + 2], words[at])[:2])
    has_middle_name = second in MIDDLE_NAMES and len(words) > at + 2
    if first in SURE_FAMILY_NAMES and has_middle_name and adjacent(text, words, at) >= SHORTEST_NAME:
        return max(SHORTEST_NAME, capitalised(text, words, at))
    run = capitalised(text, words, at)
    if run < SHORTEST_NAME or (first not in FAMILY_NAMES and not (first in RARE_FAMILY_NAMES and has_middle_name)):
        return 0
    # Titles are written in capitals throughout, and any word of them may sound like a family name.
    is_title = text.isupper() and len(words) > LONGEST_NAME and not has_middle_name
    return 0 if is_title else run


def after_address(text: str, words: list[re.Match[str]], at: int) -> int:
    """ông nguyễn kín: a family name that is nothing else, whatever its letters."""
    if at + 1 < len(words) and words[at + 1].group().lower() in SURE_FAMILY_NAMES:
        return min(LONGEST_NAME, adjacent(text, words, at))
    return 0


def adjacent(text: str, words: list[re.Match[str]], at: int) -> int:
    """How many words in a row have only a space between them."""
    run = 1
    while at + run < len(words) and text[words[at + run - 1].end() : words[at + run].start()] == " ":
        run += 1
    return run


def capitalised(text: str, words: list[re.Match[str]], at: int) -> int:
    """How many words in a row begin with a capital letter and have only a space between them."""
    run = 0
    for word, before in zip(words[at : at + LONGEST_NAME], [None, *words[at:]], strict=False):
        follows = before is None or text[before.end() : word.start()] == " "
        if not follows or not word.group()[0].isupper():
            break
        run += 1
    return run
