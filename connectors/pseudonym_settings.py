"""The keys of pseudonyms as settings tell them: the one in use, and those in whose place it came."""

import json
from collections.abc import Mapping

from connectors.records import Pseudonymiser


KEY, RETIRED = "PSEUDONYM_KEY", "PSEUDONYM_KEY_RETIRED"
NAMES = (KEY, RETIRED)
# A shorter key can be tried out; applicants' numbers are few. docs/contract.md asks for 32 random characters.
SHORTEST = 8


class WrongKeys(ValueError):
    """The message is for the officer and holds no key."""


def keys(given: Mapping[str, str]) -> tuple[str, ...]:
    """Newest first; of the retired ones either the only one or a JSON array. Raises WrongKeys."""
    if KEY not in given:
        if RETIRED in given:
            raise WrongKeys(f"Có {RETIRED} mà thiếu {KEY}: khóa mới khai báo ở {KEY}.")
        return ()
    found = (given[KEY], *retired(given.get(RETIRED, "[]")))
    if len(set(found)) < len(found):
        raise WrongKeys(f"Biến {RETIRED} không hợp lệ: một khóa chỉ dùng một lần, khóa mới phải khác mọi khóa cũ.")
    # A retired one may be shorter: it is the reason to rotate.
    if len(found[0]) < SHORTEST:
        raise WrongKeys(
            f"Biến {KEY} quá ngắn: khóa phải có ít nhất {SHORTEST} ký tự, nếu không thì dò ra được người nộp."
        )
    return found


def retired(text: str) -> list[str]:
    if not text.startswith("["):
        return [text]
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise WrongKeys(f'Biến {RETIRED} không hợp lệ: phải là một khóa, hoặc ["khóa cũ", "khóa cũ hơn"].')
    return found


def pseudonymiser(given: Mapping[str, str]) -> Pseudonymiser | None:
    """Whose keys every source may use; without one nothing is kept of what does not pass the border."""
    return required(given) if KEY in given else None


def required(given: Mapping[str, str]) -> Pseudonymiser:
    newest, *older = keys(given)
    return Pseudonymiser(newest.encode(), [key.encode() for key in older])
