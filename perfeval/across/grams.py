"""Runs of letters as numbers, and counts of them in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from zlib import crc32

SMALLEST, LARGEST = 16, 27
"""Powers of two: a count for each of 2^27 places takes 128 MiB."""
FULL = 255
BUCKETS = 64


def grams(letters: str, size: int) -> list[int]:
    """One number for each run of ``size`` letters, in their order. The same everywhere, unlike ``hash``."""
    code = letters.encode("utf-16-le", "surrogatepass")
    width = 2 * size
    return [crc32(code[at : at + width]) for at in range(0, len(code) - width + 2, 2)]


class Tally:
    """In how many units each gram stands, up to 255. Never too few; seldom one too many, where two grams share a place."""

    def __init__(self, places: int) -> None:
        """Room for counts at about so many places; the fewer, the more grams share one."""
        self._mask = (1 << min(max(places.bit_length(), SMALLEST), LARGEST)) - 1
        self._counts = bytearray(self._mask + 1)

    def add(self, numbers: Iterable[int]) -> None:
        """Counts the different grams of one unit."""
        counts, mask = self._counts, self._mask
        for number in numbers:
            at = number & mask
            if counts[at] < FULL:
                counts[at] += 1

    def __getitem__(self, number: int) -> int:
        return self._counts[number & self._mask]


class Heap:
    """Very many pairs of whole numbers below 2^32, eight bytes each, given back by their first."""

    def __init__(self) -> None:
        self._buckets = [array("Q") for _ in range(BUCKETS)]

    def put(self, first: int, second: int) -> None:
        """Keeps one pair."""
        self._buckets[(first >> 5) % BUCKETS].append(first << 32 | second)

    def runs(self) -> Iterator[tuple[int, list[int]]]:
        """Every first with its seconds in order; the heap is empty afterwards."""
        for at, bucket in enumerate(self._buckets):
            self._buckets[at] = array("Q")
            for first, pairs in groupby(sorted(bucket), key=lambda pair: pair >> 32):
                yield first, [pair & 0xFFFFFFFF for pair in pairs]
