"""
Which rows have which value of which facet: a bit a row, so that a filter is an `and`.

A hundred thousand rows and 300 values take 4 MB.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from montada.language.engine.nearest import Mask, Places

Choice = Mapping[str, Sequence[str]]
"""Facet to values: a row has one of each facet's."""


class FacetBits:
    """Bits of rows by facet and value; see `facet_bits`."""

    def __init__(self, n_rows: int, bits: Mapping[tuple[str, str], Mask]) -> None:
        self.n_rows = n_rows
        self._bits = {pair: np.packbits(mask) for pair, mask in bits.items()}

    def having(self, facet: str, value: str) -> Mask:
        """Return the rows that have one value; none if nobody has it."""
        packed = self._bits.get((facet, value))
        if packed is None:
            return np.zeros(self.n_rows, np.bool_)
        return np.unpackbits(packed, count=self.n_rows).astype(np.bool_)

    def chosen(self, choice: Choice) -> Mask:
        """Return the rows that have, of each facet that is chosen, one value."""
        kept = np.ones(self.n_rows, np.bool_)
        for facet, values in choice.items():
            if values:
                kept &= np.any([self.having(facet, v) for v in values], axis=0)
        return kept

    def values_at(self, places: Places) -> dict[tuple[str, str], NDArray[np.int64]]:
        """Return, for each facet and value, which of the places have it; none empty."""
        byte, bit = places >> 3, 7 - (places & 7)
        having = {
            pair: np.flatnonzero(packed[byte] >> bit & 1)
            for pair, packed in self._bits.items()
        }
        return {pair: found for pair, found in having.items() if len(found)}


def facet_bits(rows: Iterable[tuple[int, str]], n_rows: int) -> FacetBits:
    """Return the bits of rows given as place and "country:EGY line:C2"."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, written in rows:
        for pair in written.split():
            places[pair].append(place)
    bits: dict[tuple[str, str], Mask] = {}
    for pair, having in places.items():
        facet, _colon, value = pair.partition(":")
        mask = np.zeros(n_rows, np.bool_)
        mask[having] = True
        bits[facet, value] = mask
    return FacetBits(n_rows, bits)


def written_facets(facets: Mapping[str, Sequence[str]]) -> str:
    """
    Return facets as the index keeps them, each pair once, in order.

    Raises
    ------
    ValueError
        If a name or a value holds a space or a colon.
    """
    pairs = {(name, value) for name, values in facets.items() for value in values}
    for pair in pairs:
        if any(not part or ":" in part or part.split() != [part] for part in pair):
            raise ValueError(f"not a facet: {pair}")
    return " ".join(f"{name}:{value}" for name, value in sorted(pairs))
