"""Chance that depends only on (seed, stream, index): no draw depends on the size of the world."""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt


Bits = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


class Chance:
    """Independent named streams of random numbers over one range of indices (SplitMix64)."""

    def __init__(self, seed: int, indices: npt.NDArray[np.int64]) -> None:
        self._seed = seed
        self._indices = indices.astype(np.uint64)

    def bits(self, stream: str) -> Bits:
        """64 random bits per index."""
        start = np.uint64(zlib.crc32(f"{self._seed}/{stream}".encode()) * 0x100000001B3 % 2**64)
        with np.errstate(over="ignore"):
            mixed = (self._indices + start) * _GOLDEN + start
            mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
            mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
            return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)

    def uniform(self, stream: str) -> Floats:
        """A number in [0, 1) per index."""
        return np.asarray((self.bits(stream) >> np.uint64(11)) * 2.0**-53, dtype=np.float64)

    def whole(self, stream: str, below: int) -> Ints:
        """A whole number in [0, below) per index."""
        return np.asarray(self.uniform(stream) * below, dtype=np.int64)

    def pick(self, stream: str, weights: list[float]) -> Ints:
        """The position of one of the weights per index, drawn in proportion; the last where all are nothing."""
        edges = np.cumsum(weights) / (sum(weights) or 1.0)
        return np.minimum(np.searchsorted(edges, self.uniform(stream), side="right"), len(weights) - 1).astype(np.int64)
