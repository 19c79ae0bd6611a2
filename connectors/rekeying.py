"""Under a new key: what an earlier one made, found in what is kept, made once more by the new one.

Nobody is asked anew, so a person stays one person in every version of every record, also of a source that lists it no
longer. A pseudonym is known by its place alone: a hash that no key made stays as it is.
"""

import re
from collections.abc import Callable

from connectors.records import DIGITS, SHORT, hmac, keyed


WHOLE, PART = f"[0-9a-f]{{{DIGITS}}}", f"[0-9a-f]{{{SHORT}}}"
# Leaves that did not pass the border, in any collection; applicants; persons of registers, also as a part of a key.
ANYWHERE = rf'(?<=withheld:){WHOLE}|(?<="pseudonym":"){WHOLE}(?=")|(?<="person":"){WHOLE}(?=")'
# A dossier without an identifier is known by a keyed hash of what could not be read.
DOSSIERS = rf'{ANYWHERE}|(?<="id":"sha256:){WHOLE}(?=")|(?<=^id:sha256:){WHOLE}$'
# In a key a person stands between bars, a citizen without accents; at the end of a text the name of a file or a party.
REGISTERS = (
    rf"{ANYWHERE}|(?:^|(?<=\|)){WHOLE}(?=\||$)"
    rf"|(?:(?<=\(cá nhân )|(?<=\(ca nhan )){PART}(?=\))|(?<= #){PART}(?![0-9A-Za-z])"
)
PLACES = {
    "portal__dossiers": re.compile(DOSSIERS),
    "registers": re.compile(REGISTERS),
    "scores": re.compile(REGISTERS),
}


def rekeyed(key: bytes) -> Callable[[str, str], str]:
    """A function of a collection (`portal__dossiers`) and a key or payload of it: the same under the new key."""
    states = keyed(key)

    def again(found: re.Match[str]) -> str:
        return hmac(found[0], states)[: len(found[0])]

    def text(collection: str, kept: str) -> str:
        return places(collection).sub(again, kept)

    return text


def places(collection: str) -> re.Pattern[str]:
    own = PLACES.get(collection) or PLACES.get(collection.partition("__")[0])
    return own or re.compile(ANYWHERE)
