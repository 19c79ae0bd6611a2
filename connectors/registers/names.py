"""Names of people in what the rooms write: found by family name or form of address, replaced, never quoted.

Registers have cells where somebody writes the name of a citizen or a colleague although the column asks for something
else. Design §4.2 stops names at the border; only the name is lost.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from connectors.registers.vocabulary import FAMILY_NAMES, FORMS_OF_ADDRESS, NOT_PERSONS, PLACES, TITLE_WORDS


PERSON = "(tên người)"
PRIVATE = "(thông tin riêng)"
WORD = re.compile(r"đồng chí\b|đ/c\b|[^\W\d_]+", re.IGNORECASE)
LONGEST_NAME, SHORTEST_NAME = 5, 3
# Mail addresses, telephone numbers, the twelve digits of an identity card.
CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\d)0\d(?:[ .]?\d){7,9}(?!\d)|(?<!\d)\d{12}(?!\d)")
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
        return run + 1 if run and words[at + 1].group() not in TITLE_WORDS else 0
    run = capitalised(text, words, at)
    before = words[at - 1].group().lower() if at else ""
    is_named = words[at].group().lower() in FAMILY_NAMES and before not in PLACES
    return run if is_named and run >= SHORTEST_NAME else 0


def capitalised(text: str, words: list[re.Match[str]], at: int) -> int:
    """How many words in a row begin with a capital letter and have only a space between them."""
    run = 0
    for word, before in zip(words[at : at + LONGEST_NAME], [None, *words[at:]], strict=False):
        follows = before is None or text[before.end() : word.start()] == " "
        if not follows or not word.group()[0].isupper():
            break
        run += 1
    return run
