"""
Texts that share most of their letters, found without comparing each with each.

A text is the set of its shingles: every run of five characters of its folded form, in
Chinese of two, which say about as much. How alike two texts are is the share of
shingles they have in common (Dice: twice the common ones, by the sum of both counts).
Candidates come from MinHash and locality-sensitive hashing; what is returned is exact.

References
----------
Broder (1997), "On the resemblance and containment of documents". Leskovec, Rajaraman,
Ullman (2020), Mining of Massive Datasets, 3.3–3.4 (bands and rows). Vigna's SplitMix64
for the hashes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from montada.language.engine.folding import folded

Hashes = NDArray[np.uint64]
Tick = Callable[[int, int], None]
"""Told of progress: so much done, of so much."""

WIDTH = 5
WIDTH_CHINESE = 2

N_BANDS, N_ROWS = 64, 3
"""
Two texts with Jaccard s share a band with chance 1 - (1 - s³)⁶⁴: .995 at Dice .6 (s =
.43), 1.000 at .7, and .002 for texts that only speak of one subject (s = .03).
"""

COMPARE_ALL = 300
"""Up to so many texts each is compared with each, and chance misses none."""

MOST_IN_A_BUCKET = 50
"""Followers a text is compared with in one bucket. Where more than `COMPARE_ALL` texts
are given, a copy is paired with its first only: a form sent 50,000 times makes 49,999
pairs, not 1,249,975,000."""

_SEED = 0x6D6F6E74616461
_CHUNK = 2_000_000
_PAIRS_AT_ONCE = 10_000
_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF


def _mixed(values: Hashes) -> Hashes:
    """Return SplitMix64's finaliser of every value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def shingles(text: str) -> Hashes:
    """Return the hashes of a text's shingles, ascending; none where it has no word."""
    key = folded(text)
    if not key:
        return np.empty(0, np.uint64)
    codes = np.frombuffer(f" {key} ".encode("utf-32-le"), np.uint32).astype(np.uint64)
    n_han = int(((codes >= _FIRST_HAN) & (codes <= _LAST_HAN)).sum())
    width = WIDTH_CHINESE if n_han * 2 > len(key) else WIDTH
    codes = np.pad(codes, (0, max(width - len(codes), 0)))
    hashed = np.zeros(len(codes) - width + 1, np.uint64)
    for place in range(width):
        hashed = _mixed(hashed * np.uint64(31) + codes[place : place + len(hashed)])
    return np.unique(hashed)


def dice(first: Hashes, second: Hashes) -> float:
    """Return the share of shingles that two texts have in common, 0 to 1."""
    n = len(first) + len(second)
    shared = np.intersect1d(first, second, assume_unique=True)
    return 2 * len(shared) / n if n else 0.0


def alike(
    texts: Sequence[str], at_least: float, tick: Tick | None = None
) -> list[tuple[int, int, float]]:
    """
    Return the pairs of texts that are alike by `at_least` or more, and how much.

    Parameters
    ----------
    at_least : Dice, above 0 to 1
        Candidates are chosen for .6 and above; below, more and more pairs are missed.
    tick
        Called with the number of texts read so far, and of all.

    Returns
    -------
    list of (first, second, Dice)
        Places in `texts`, first < second, in that order.
    """
    sets: list[Hashes] = []
    for place, text in enumerate(texts, start=1):
        sets.append(shingles(text))
        if tick and place % 1_000 == 0:
            tick(place, len(texts))
    if len(texts) <= COMPARE_ALL:
        return sorted(_exact(sets, _all_pairs(range(len(sets))), at_least))
    copies, different = _copies(sets)
    return sorted([*copies, *_exact(sets, _candidates(sets, different), at_least)])


def _exact(
    sets: Sequence[Hashes], pairs: Iterable[tuple[int, int]], at_least: float
) -> Iterator[tuple[int, int, float]]:
    for first, second in pairs:
        shorter, longer = sorted((len(sets[first]), len(sets[second])))
        # Dice cannot exceed what the shorter text allows.
        if not shorter or 2 * shorter < at_least * (shorter + longer):
            continue
        similarity = dice(sets[first], sets[second])
        if similarity >= at_least:
            yield first, second, similarity


def _copies(
    sets: Sequence[Hashes],
) -> tuple[list[tuple[int, int, float]], list[int]]:
    """Return each text that repeats an earlier one, with it, and the places left."""
    first_of: dict[bytes, int] = {}
    copies = []
    for place, hashes in enumerate(sets):
        first = first_of.setdefault(hashes.tobytes(), place)
        if first != place and len(hashes):
            copies.append((first, place, 1.0))
    return copies, [at for at in first_of.values() if len(sets[at])]


def _all_pairs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((one, other) for at, other in enumerate(places) for one in places[:at])


def _candidates(
    sets: Sequence[Hashes], places: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Return the pairs that share a band and look alike by their signatures."""
    if len(places) <= COMPARE_ALL:
        return _all_pairs(places)
    signatures = _signatures([sets[at] for at in places])
    mates = np.unique(np.concatenate(list(_bucket_mates(signatures))), axis=0)
    return map(tuple, np.asarray(places)[mates].tolist())


_LEAST_AGREEMENT = 0.3
"""Of signatures; Jaccard .43 agrees in .43 ± .036 of 192, so this is 3.6 deviations."""


def _signatures(sets: Sequence[Hashes]) -> NDArray[np.uint32]:
    """Return MinHash signatures, shape (n_texts, N_BANDS * N_ROWS); no set is empty."""
    n_hashes = N_BANDS * N_ROWS
    keys = _mixed(np.arange(1, n_hashes + 1, dtype=np.uint64) * np.uint64(_SEED))
    signatures = np.empty((len(sets), n_hashes), np.uint32)
    start = 0
    while start < len(sets):
        end, size = start, 0
        while end < len(sets) and (end == start or size + len(sets[end]) <= _CHUNK):
            size += len(sets[end])
            end += 1
        lengths = [len(hashes) for hashes in sets[start:end]]
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        values = np.concatenate(sets[start:end])
        for at, key in enumerate(keys):
            # Odd multipliers keep the 64 bits apart; the upper half is well mixed.
            hashed = ((values ^ key) * (key | np.uint64(1))) >> np.uint64(32)
            least = np.minimum.reduceat(hashed.astype(np.uint32), offsets)
            signatures[start:end, at] = least
        start = end
    return signatures


def _bucket_mates(signatures: NDArray[np.uint32]) -> Iterator[NDArray[np.int64]]:
    """Yield pairs that share a band and look alike by their whole signatures."""
    for band in range(N_BANDS):
        rows = signatures[:, band * N_ROWS : (band + 1) * N_ROWS].astype(np.uint64)
        bucket = np.zeros(len(rows), np.uint64)
        for row in range(N_ROWS):
            bucket = _mixed(bucket * np.uint64(31) + rows[:, row])
        order = np.argsort(bucket, kind="stable")
        in_order = bucket[order]
        for step in range(1, min(MOST_IN_A_BUCKET, len(order) - 1) + 1):
            mates = np.flatnonzero(in_order[step:] == in_order[:-step])
            if not len(mates):
                break
            yield _alike(signatures, order[mates], order[mates + step])


def _alike(
    signatures: NDArray[np.uint32],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the pairs, shape (n, 2), whose signatures agree in enough places."""
    kept = [
        start + np.flatnonzero(same.mean(axis=1) >= _LEAST_AGREEMENT)
        for start in range(0, len(first), _PAIRS_AT_ONCE)
        for part in [slice(start, start + _PAIRS_AT_ONCE)]
        for same in [signatures[first[part]] == signatures[second[part]]]
    ]
    at = np.concatenate(kept)
    return np.column_stack([first[at], second[at]])
