"""What a source itself says of a refusal: short, and without anything that could be a secret or a person."""

import re
from collections.abc import Iterable

from connectors.registers.names import masked


MOST = 160
# Keys and tokens, numbers of identity cards and telephones, addresses of mail.
HIDDEN = re.compile(r"[A-Za-z0-9+/_=-]{24,}|\d{9,}|[\w.+-]+@[\w.-]+")


def told(text: object, secrets: Iterable[str] = ()) -> str:
    """In quotation marks, ready to stand behind a colon; empty where nothing is said."""
    if not isinstance(text, str):
        return ""
    shown = " ".join(text.split())
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        shown = shown.replace(secret, "…")
    shown = masked(HIDDEN.sub("…", shown))
    shown = shown if len(shown) <= MOST else f"{shown[:MOST].rstrip()}…"
    return f"“{shown}”" if shown else ""
