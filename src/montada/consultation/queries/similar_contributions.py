"""Contributions that say about the same, in any language, before another is sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from montada.consultation.models import Contribution
from montada.consultation.queries.contributions import answers_of
from montada.consultation.queries.similar import (
    APART,
    MOST_SHOWN,
    SAME,
    SIMILAR,
    levels_of,
    vector_of,
)
from montada.language import queries as language
from montada.language.engine.shingles import dice, shingles

if TYPE_CHECKING:
    from montada.language.engine.vectors import Vector

KIND = "contribution"
READ = 20
"""Hits of the search that are compared one by one: many share a word and no more."""

BEGINNING = 300
"""Characters of a summary that are compared: it begins with what it is about."""


@dataclass(frozen=True, slots=True)
class SimilarContribution:
    contribution: Contribution
    likeness: float
    """0 to 1."""
    is_same: bool


def similar_contributions(of: Contribution) -> tuple[SimilarContribution, ...]:
    """
    Return public contributions to the same edition that say about the same.

    Closest first, at most five: by the letters of their titles, or by what title and
    beginning mean. None is called the same whose title denies the other's, or names
    another number, date or country. Where no encoder works, by letters alone.
    """
    title = str(of.title)
    if not title:
        return ()
    words = _beginning(title, answers_of(of).get("summary", ""))
    found = _candidates(of, words)
    near = [_likeness(title, words, of.language, row) for row in found]
    kept = [(row, n) for row, n in zip(found, near, strict=True) if n >= SIMILAR]
    kept = sorted(kept, key=lambda pair: (-pair[1], pair[0].pk))[:MOST_SHOWN]
    levels = levels_of(title, [str(row.title) for row, _near in kept])
    return tuple(
        SimilarContribution(row, round(near, 4), near >= SAME and level not in APART)
        for (row, near), level in zip(kept, levels, strict=True)
    )


def _candidates(of: Contribution, words: str) -> list[Contribution]:
    """Return what the site's search finds among the edition's. Some queries."""
    edition = of.call.edition
    narrowed = {"kind": (KIND,), "year": (str(edition.year),)}
    hits = language.find(language.Query(words, of.language, narrowed)).hits[:READ]
    keys = {rows[0].key for rows in language.wordings_of(hits).values() if rows}
    found = Contribution.objects.public().filter(receipt__in=keys)
    others = found.filter(call__edition=edition).exclude(pk=of.pk)
    return list(others.select_related("call").prefetch_related("answers__question"))


def _likeness(title: str, words: str, tag: str, other: Contribution) -> float:
    theirs = {
        one.question.key: one.value
        for one in other.answers.all()
        if one.question.is_public
    }
    letters = dice(shingles(title), shingles(str(other.title)))
    beginning = _beginning(str(other.title), theirs.get("summary", ""))
    mine, its = _meaning(words, tag), _meaning(beginning, other.language)
    if mine is None or its is None:
        return letters
    return max(letters, min(float(mine @ its), 1.0))


def _beginning(title: str, summary: Any) -> str:
    return f"{title}\n{summary[:BEGINNING]}" if summary else title


@lru_cache(maxsize=2048)
def _meaning(words: str, tag: str) -> Vector | None:
    return vector_of(words, tag)
