"""Searching the index: by words in the query's language, by meaning in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from montada.language.adapters import fulltext
from montada.language.engine import fusion
from montada.language.engine.narrowing import Choice
from montada.language.engine.nearest import Mask, Places, best_places
from montada.language.engine.values import Found, Hit, Near
from montada.language.engine.vectors import Vector
from montada.language.queries.index.asking import Query, language_of_query, words_in
from montada.language.queries.index.near import near_words
from montada.language.queries.index.shelf import Shelf, shelf
from montada.language.queries.index.waiting import ENCODER, encoder_in_use
from montada.language.queries.tools import terms_of
from montada.language.queries.vectors import query_vector

MOST_FOUND = 200
"""Records of one search; nobody reads further, and the tail means little."""

ROWS_A_RECORD = 7
"""At most: one in each language, and one whose language nobody says."""

MOST_BY_WORDS = 400
"""Rows read from the full-text index, where no filter narrows them later."""


def find(query: Query) -> Found:
    """
    Return what a search found; a query without a word finds what it favours.

    Five queries or so and, once in a process, the whole index.
    """
    text = words_in(query.text)
    language = language_of_query(text, query.reader)
    terms = tuple(dict.fromkeys(terms_of(text, language)))
    encoder = encoder_in_use()
    index = shelf(encoder)
    vector = query_vector(text, language, ENCODER) if encoder else None
    allowed = index.facets.chosen(query.choice)
    asked = fulltext.asked(terms, language, n_texts=_n_texts(index, language))
    near = near_words(text, asked, query.right)
    evidence = fusion.Evidence(
        allowed=allowed,
        favoured=_having(index, query.favoured),
        named=_having(index, query.named),
        favoured_are_found=query.favoured_are_found,
        meaning=None if vector is None else index.meaning(vector, allowed),
        words=_by_words(index, asked, is_narrowed=any(query.choice.values())),
        near=[_by_near(index, same) for same in near.values()],
    )
    places, scores = _best_of_each_record(index, fusion.fused(evidence))
    hits = _hits(index, evidence, places, scores, near.values())
    return Found(
        language=language,
        terms=terms,
        hits=hits,
        counts=_counts(index, places),
        by_meaning=vector is not None,
    )


def _having(index: Shelf, choice: Choice) -> Mask:
    if not any(choice.values()):
        return np.zeros(len(index), np.bool_)
    return index.facets.chosen(choice)


def _by_words(
    index: Shelf, asked: fulltext.Asked, *, is_narrowed: bool
) -> fusion.ByWords:
    most = None if is_narrowed else MOST_BY_WORDS
    return _placed(index, dict(fulltext.matches(asked, most=most)))


def _n_texts(index: Shelf, language: str) -> int:
    return int(np.count_nonzero(index.facets.having("read_as", language)))


def _placed(index: Shelf, scores: Mapping[int, float]) -> fusion.ByWords:
    """Return scores by place; what was published this very moment is not there yet."""
    places, are_there = index.places_of(list(scores))
    return fusion.ByWords(
        places[are_there], np.fromiter(scores.values(), np.float64)[are_there]
    )


def _by_near(index: Shelf, words: Iterable[Near]) -> fusion.ByWords:
    scores: dict[int, float] = {}
    for near in words:
        for pk in _holding(index, near):
            scores[pk] = max(scores.get(pk, 0.0), near.likeness)
    return _placed(index, scores)


def _holding(index: Shelf, near: Near) -> list[int]:
    asked = fulltext.asked(
        near.term.split(),
        near.language,
        n_texts=_n_texts(index, near.language),
        together=True,
    )
    return [pk for pk, _score in fulltext.matches(asked, most=MOST_BY_WORDS)]


def _best_of_each_record(
    index: Shelf, scores: fusion.Scores
) -> tuple[Places, fusion.Scores]:
    """Return the places of the best records, each by its best row, best first."""
    found = np.flatnonzero(scores)
    places = found[best_places(scores[found], MOST_FOUND * ROWS_A_RECORD)]
    _records, first = np.unique(index.records[places], return_index=True)
    places = places[np.sort(first)[:MOST_FOUND]]
    return places, scores[places]


def _hits(
    index: Shelf,
    evidence: fusion.Evidence,
    places: Places,
    scores: fusion.Scores,
    near: Iterable[Sequence[Near]],
) -> tuple[Hit, ...]:
    by_words = set(index.records[evidence.words.places].tolist())
    by_near = [
        (set(index.records[found.places].tolist()), tuple(words))
        for found, words in zip(evidence.near, near, strict=True)
    ]
    return tuple(
        Hit(
            text_id=int(index.ids[place]),
            score=round(float(score), 4),
            has_words=(record := int(index.records[place])) in by_words,
            meaning=_cosine(evidence.meaning, int(place)),
            near=tuple(w for found, words in by_near if record in found for w in words),
            is_favoured=bool(evidence.favoured[place]),
        )
        for place, score in zip(places, scores, strict=True)
    )


def _cosine(meaning: Vector | None, place: int) -> float | None:
    if meaning is None or np.isnan(meaning[place]):
        return None
    return round(float(meaning[place]), 4)


def _counts(index: Shelf, places: Places) -> dict[str, dict[str, int]]:
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (facet, value), having in index.facets.values_at(places).items():
        counts[facet][value] = len(having)
    return dict(counts)
