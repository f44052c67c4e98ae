"""
Summary: the sentences that say most of what some texts say, each with its source.

Nothing is written anew. A sentence is chosen for standing near the middle of what all
sentences of its language say (centroid), a little for standing early, and for not
saying again what was chosen before (maximal marginal relevance). It is shown word for
word, whole, in the language of its author.

References
----------
Radev, Jing, Styś, Tam (2004), "Centroid-based summarization of multiple documents",
Information Processing and Management 40: centroid, position, shortest sentence.
Carbonell, Goldstein (1998), "The use of MMR", SIGIR.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

from montada.language.engine.analysis import analysed
from montada.language.engine.sentences import sentences
from montada.language.engine.stop_words import NO_STOP_WORDS, StopWords
from montada.language.engine.vectors import Vectors, unit

RELEVANCE = 0.7
"""Of a choice; the rest is for saying something new (lambda of MMR)."""

POSITION = 0.2
"""
Of relevance, for standing early. Reports and abstracts open with what they are about;
contributions to a consultation do not, so it settles ties and little more.
"""

SUPPORT = 0.2
"""Of relevance, for what people say to a document, where that is known of some."""

NOBODY_ASKED = 0.5

FEWEST_TERMS = 4
"""A sentence with fewer (a heading, "Yes, we agree.") is taken when none is left."""

SAID_ALREADY = 0.95
"""A sentence so like a chosen one is not shown, even where nothing else is left."""

Weights = Mapping[str, float]
"""Terms with weights, of length 1 as a vector; or none."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to sum up; `id` is whatever its owner calls it by."""

    id: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Cited:
    """
    A sentence and where it stands: sentence `number` (from 1) of document `id`.

    `text` is that document's `text[start:end]`; `score` is its relevance, 0 to 1.
    """

    id: str
    number: int
    start: int
    end: int
    text: str
    language: str
    score: float


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with its terms, and how early it stands: 1 for the first, above 0."""

    cited: Cited
    terms: Counter[str]
    earliness: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be chosen, and the weights of its terms."""

    cited: Cited
    n_terms: int
    weights: Weights
    earliness: float


def sentences_of(
    document: Document, stop_words: StopWords = NO_STOP_WORDS
) -> tuple[Read, ...]:
    """Return the sentences of a document that have a term."""
    tag, split = document.language, sentences(document.text, document.language)
    found = (
        Read(
            Cited(document.id, at + 1, s.start, s.end, s.text, tag, score=0),
            Counter(analysed(s.text, tag, stop_words)),
            (len(split) - at) / len(split),
        )
        for at, s in enumerate(split)
    )
    return tuple(one for one in found if one.terms)


def candidates(found: Sequence[Read]) -> list[Candidate]:
    """Return sentences weighted within their language (TF-IDF), in their order."""
    rarity = _rarities(found)
    return [
        Candidate(
            one.cited,
            one.terms.total(),
            _weights(one.terms, rarity[one.cited.language]),
            one.earliness,
        )
        for one in found
    ]


def _rarities(found: Sequence[Read]) -> dict[str, dict[str, float]]:
    """Return log(1 + n / n with the term) of each term, by language."""
    n_with: dict[str, Counter[str]] = defaultdict(Counter)
    n: Counter[str] = Counter()
    for one in found:
        n_with[one.cited.language].update(one.terms.keys())
        n[one.cited.language] += 1
    return {
        language: {term: log(1 + n[language] / count) for term, count in counts.items()}
        for language, counts in n_with.items()
    }


def _weights(terms: Counter[str], rarity: Mapping[str, float]) -> Weights:
    return _of_length_one({t: count * rarity[t] for t, count in terms.items()})


def _of_length_one(weights: Mapping[str, float]) -> Weights:
    length = sqrt(sum(weight**2 for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()}


def overlap(one: Weights, other: Weights) -> float:
    """Return the cosine of two sentences' terms, 0 to 1."""
    shorter, longer = sorted((one, other), key=len)
    return sum(weight * longer.get(term, 0.0) for term, weight in shorter.items())


def summary(
    found: Sequence[Candidate],
    n: int,
    *,
    vectors: Vectors | None = None,
    support: Mapping[str, float] | None = None,
) -> list[Cited]:
    """
    Return at most `n` sentences that sum all up, in their reading order.

    Parameters
    ----------
    vectors : shape (n_candidates, dimensions), unit rows, optional
        What the sentences mean. They join sentences of several languages; without them
        a sentence is compared with those of its own language only.
    support : mapping from the id of a document to 0 to 1, optional
        What people say to it. One that nobody was asked about counts as `NOBODY_ASKED`.
    """
    relevance = _supported(found, _relevance(found, vectors), support or {})
    chosen: list[int] = []
    said = [0.0] * len(found)
    left = list(range(len(found)))
    while left and len(chosen) < n:
        best = max(
            left,
            key=lambda at: (
                found[at].n_terms >= FEWEST_TERMS,
                RELEVANCE * relevance[at] - (1 - RELEVANCE) * said[at],
                -at,
            ),
        )
        left.remove(best)
        chosen.append(best)
        for at in left:
            said[at] = max(said[at], _likeness(found, vectors, at, best))
        left = [at for at in left if said[at] < SAID_ALREADY]
    return [replace(found[at].cited, score=relevance[at]) for at in sorted(chosen)]


def _relevance(
    found: Sequence[Candidate], vectors: Vectors | None = None
) -> list[float]:
    """Return how near each sentence is to the middle of all, and how early, 0 to 1."""
    middle: dict[str, float] = defaultdict(float)
    for candidate in found:
        for term, weight in candidate.weights.items():
            middle[term] += weight
    centre = _of_length_one(middle) if middle else {}
    nearness = _upto_one([overlap(c.weights, centre) for c in found])
    if vectors is not None and len(found):
        meaning = _upto_one((vectors @ unit(vectors.mean(axis=0))).tolist())
        nearness = [
            (one + other) / 2 for one, other in zip(nearness, meaning, strict=True)
        ]
    return [
        (1 - POSITION) * near + POSITION * candidate.earliness
        for near, candidate in zip(nearness, found, strict=True)
    ]


def _supported(
    found: Sequence[Candidate], relevance: list[float], support: Mapping[str, float]
) -> list[float]:
    if not support:
        return relevance
    return [
        (1 - SUPPORT) * own + SUPPORT * support.get(candidate.cited.id, NOBODY_ASKED)
        for own, candidate in zip(relevance, found, strict=True)
    ]


def _upto_one(values: Sequence[float]) -> list[float]:
    most = max(values, default=0.0)
    return [max(value, 0.0) / most if most > 0 else 0.0 for value in values]


def _likeness(
    found: Sequence[Candidate], vectors: Vectors | None, one: int, other: int
) -> float:
    words = overlap(found[one].weights, found[other].weights)
    if vectors is None:
        return words
    return (words + max(float(vectors[one] @ vectors[other]), 0.0)) / 2
