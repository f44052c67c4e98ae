"""
Ranking by words: BM25 over analysed texts.

For some thousands of texts in memory: measuring the analysis, and small lists. A site
searches its index.

References
----------
Robertson, Zaragoza (2009), "The probabilistic relevance framework: BM25 and beyond",
Foundations and Trends in Information Retrieval 3(4). The rarity of a term is
log(1 + …), as in Lucene: never negative, however common the term.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log

K1 = 1.2
"""How fast repeating a term stops to count; 1.2 to 2 by Robertson and Zaragoza."""
B = 0.75
"""How far a long text is held against it, 0 to 1; .75 is also SQLite's FTS5."""


class Bm25:
    """Texts, given as lists of terms, ready to be ranked by a query's terms."""

    def __init__(
        self, texts: Iterable[Sequence[str]], *, k1: float = K1, b: float = B
    ) -> None:
        counted = [Counter(terms) for terms in texts]
        self._n_texts = len(counted)
        lengths = [terms.total() for terms in counted]
        mean_length = sum(lengths) / max(len(lengths), 1) or 1.0
        self._weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, (terms, length) in enumerate(zip(counted, lengths, strict=True)):
            damping = k1 * (1 - b + b * length / mean_length)
            for term, count in terms.items():
                weight = count * (k1 + 1) / (count + damping)
                self._weights[term].append((place, weight))

    def _rarity(self, n_with_term: int) -> float:
        return log(1 + (self._n_texts - n_with_term + 0.5) / (n_with_term + 0.5))

    def scores(self, query: Iterable[str]) -> list[float]:
        """Return the score of every text, 0 where it shares no term with the query."""
        scores = [0.0] * self._n_texts
        for term, times in sorted(Counter(query).items()):
            postings = self._weights.get(term, [])
            rarity = self._rarity(len(postings)) * times
            for place, weight in postings:
                scores[place] += rarity * weight
        return scores

    def best(self, query: Iterable[str], n: int) -> list[tuple[int, float]]:
        """Return places and scores of the `n` best texts that share a term."""
        found = [(s, place) for place, s in enumerate(self.scores(query)) if s > 0]
        found.sort(key=lambda hit: (-hit[0], hit[1]))
        return [(place, score) for score, place in found[:n]]


def rank_of(wanted: int, scores: Sequence[float]) -> float:
    """
    Return the rank of one text, from 1.

    Texts of one score share the middle of their places: whoever scores all alike has
    found nothing, whatever the order of the list.
    """
    own = scores[wanted]
    n_better = sum(score > own for score in scores)
    n_alike = sum(score == own for score in scores)
    return n_better + (n_alike + 1) / 2
