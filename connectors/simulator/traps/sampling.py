"""Which records a trap is planted in: the same few in every answer."""

import zlib


def is_chosen(identifier: str, one_in: int, number: int) -> bool:
    """Whether a record is among the few; plans with one `one_in` and other numbers never share any."""
    return zlib.crc32(identifier.encode()) % one_in == number
