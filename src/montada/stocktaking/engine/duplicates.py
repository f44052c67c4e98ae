"""
Pairs of records that likely are one project, and what speaks for it. Nothing is merged.

Records of one country are compared, and those that state none with all; titles like
"Health sector reform" stand in many countries and mean as many projects. Two records
that one source lists under two numbers are two projects for it: they are at most alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from montada.language.engine.shingles import alike
from montada.language.engine.vectors import Vectors

SAME_TITLE = 0.8
"""Dice of five-letter runs; from here on titles are copies (`engine.duplicates`)."""
SAME_TITLE_IN_ONE_LIST = 0.95
"""One list's "phase 1" and "phase 2" share most letters and are two projects."""
SAME_MEANING = 0.75
"""Cosine of centred vectors, as before one project is sent in (`queries.similar`)."""
SHORTEST_IDENTIFIER = 6
"""Letters and digits below which an identifier inside another says nothing."""

_SIGNS = re.compile(r"[^0-9a-z]+")

Kind = Literal["identifier", "title", "meaning"]


@dataclass(frozen=True, slots=True)
class Candidate:
    slug: str
    title: str
    country_id: str | None = None
    sources: tuple[tuple[str, str], ...] = ()
    """System and identifier of each source."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two candidates by their places, first < second, with reasons and their scores."""

    first: int
    second: int
    reasons: Mapping[Kind, float]
    """0 to 1: an identifier is 1, titles their Dice, meaning its cosine."""
    is_same: bool
    """Whether that is likely one project; else it should be looked at."""


@dataclass(slots=True)
class _Found:
    reasons: dict[tuple[int, int], dict[Kind, float]] = field(default_factory=dict)

    def add(self, one: int, other: int, kind: Kind, score: float) -> None:
        pair = (min(one, other), max(one, other))
        self.reasons.setdefault(pair, {})[kind] = round(score, 4)


def twins(
    candidates: Sequence[Candidate], vectors: Vectors | None = None
) -> list[Twins]:
    """
    Return the pairs that likely are one project, the surest first.

    Parameters
    ----------
    vectors : shape (n, dimensions), unit rows, optional
        A row of zeros stands for a candidate without a vector.
    """
    found = _Found()
    for one, other in _named_alike(candidates):
        found.add(one, other, "identifier", 1.0)
    titles = [candidate.title for candidate in candidates]
    for one, other, score in alike(titles, SAME_TITLE):
        if _may_be_one(candidates[one], candidates[other], score):
            found.add(one, other, "title", score)
    if vectors is not None:
        for one, other, score in _close(candidates, vectors):
            found.add(one, other, "meaning", score)
    pairs = [
        Twins(
            one, other, reasons, _is_same(candidates[one], candidates[other], reasons)
        )
        for (one, other), reasons in found.reasons.items()
    ]
    return sorted(pairs, key=lambda pair: (not pair.is_same, -_score(pair), pair.first))


def _score(pair: Twins) -> float:
    return max(pair.reasons.values())


def _may_be_one(one: Candidate, other: Candidate, score: float) -> bool:
    countries = {one.country_id, other.country_id}
    if None not in countries and len(countries) > 1:
        return False
    return score >= SAME_TITLE_IN_ONE_LIST or not _in_one_list(one, other)


def _in_one_list(one: Candidate, other: Candidate) -> bool:
    return bool({s for s, _ in one.sources} & {s for s, _ in other.sources})


def _is_same(one: Candidate, other: Candidate, reasons: Mapping[Kind, float]) -> bool:
    if _in_one_list(one, other):
        return False
    is_titled = "title" in reasons and one.country_id == other.country_id
    return "identifier" in reasons or is_titled


def _named_alike(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """
    Yield pairs that two systems name by one identifier.

    A donor's own number is the end of its IATI identifier: "44000-P044852".
    """
    named: dict[str, list[tuple[int, str]]] = {}
    for place, candidate in enumerate(candidates):
        for system, identifier in candidate.sources:
            for name in _names(identifier):
                named.setdefault(name, []).append((place, system))
    for holders in named.values():
        for at, (one, system) in enumerate(holders):
            for other, other_system in holders[at + 1 : at + 50]:
                if one != other and system != other_system:
                    yield one, other


def _names(identifier: str) -> set[str]:
    folded = identifier.casefold()
    names = {_SIGNS.sub("", folded), _SIGNS.split(folded)[-1]}
    return {
        name
        for name in names
        if len(name) >= SHORTEST_IDENTIFIER and any(c.isdigit() for c in name)
    }


def _close(
    candidates: Sequence[Candidate], vectors: Vectors
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of one country whose vectors are close."""
    places: dict[str, list[int]] = {}
    for place, candidate in enumerate(candidates):
        if candidate.country_id and vectors[place].any():
            places.setdefault(candidate.country_id, []).append(place)
    for members in places.values():
        rows = vectors[members]
        cosines = np.triu(rows @ rows.T, k=1)
        for one, other in np.argwhere(cosines >= SAME_MEANING).tolist():
            score = min(float(cosines[one, other]), 1.0)
            yield members[one], members[other], score
