"""Dossiers entered twice by mistake and removed: iGate lists the double unless `remove-status` is sent (protocols E.3).

A double is known by the negative of its place: -1 for the double of dossier 0.
"""

from __future__ import annotations

import numpy as np

from connectors.simulator.json_fragments import dossier_id
from connectors.simulator.lifecycles import Flags, Moments


EVERY, FIRST = 97, 41
_STATUS = '"dossierStatus":{"id":18,"name":"Đã xóa"}'


def with_doubles(found: Moments) -> Moments:
    """Each double beside its dossier, in whatever order these are."""
    places = np.flatnonzero(found % EVERY == FIRST)
    return np.insert(found, places + 1, -1 - found[places])


def is_double(indices: Moments) -> Flags:
    return np.asarray(indices < 0)


def originals(indices: Moments) -> Moments:
    return np.where(indices < 0, -1 - indices, indices)


def as_double(item: str, index: int) -> str:
    """The item of a dossier under an id and a code of its own, removed."""
    before, _, rest = item.partition('"code":"')
    code, _, rest = rest.partition('"')
    head, _, rest = rest.partition('"dossierStatus":')
    _, _, rest = rest.partition("}")
    renamed = before.replace(dossier_id(index), f"ffff{dossier_id(index)[4:]}")
    return f'{renamed}"code":"{code[:-4]}9{code[-3:]}"{head}{_STATUS}{rest}'
