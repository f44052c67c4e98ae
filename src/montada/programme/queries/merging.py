"""Who answers an offer of merging, and which proposals look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from montada.audit import queries as audit
from montada.consultation.queries.similar import (
    APART,
    MOST_READ,
    MOST_SHOWN,
    SAME,
    SIMILAR,
    levels_of,
    vector_of,
)
from montada.language.engine.shingles import dice, shingles
from montada.programme.choices import ProposalState
from montada.programme.models import MergeOffer, Proposal
from montada.programme.queries.proposals import (
    may_read_proposal,
    organises,
    people_of,
    runs_programme,
)

if TYPE_CHECKING:
    from montada.language.engine.shingles import Hashes
    from montada.language.engine.vectors import Vector

BEGINNING = 300
"""Characters of a summary that are compared: it begins with what it is about."""
MOST_PAIRS, MOST_JUDGED = 50, 150
ABOUT = ("programme.propos", "programme.merge", "programme.request")
"""How decisions begin by which the open proposals of an edition change."""


def asked_to_merge(offer: MergeOffer) -> Proposal:
    """
    Return the side of an offer that is asked.

    That which is to go on as a part, unless its own people made the offer.
    """
    by = offer.offered_by
    offers_itself = by is not None and organises(by, offer.proposal)
    return offer.into if offers_itself else offer.proposal


def may_answer_offer(person: Any, offer: MergeOffer) -> bool:
    """
    Return whether an offer is somebody's to answer: of the side that is asked.

    The secretariat answers for a proposal of which nobody here can be asked.
    """
    asked = asked_to_merge(offer)
    if organises(person, asked):
        return True
    return runs_programme(person, asked.edition) and not people_of(asked)


@dataclass(frozen=True, slots=True)
class SimilarProposal:
    proposal: Proposal
    likeness: float
    """0 to 1."""
    is_same: bool


@dataclass(frozen=True, slots=True)
class SimilarPair:
    first: Proposal
    second: Proposal
    likeness: float
    is_same: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """The open proposals of an edition; rows of `vectors` are zeros where none is."""

    ids: list[int]
    titles: list[str]
    letters: list[Hashes]
    vectors: Any

    def near(self, at: int) -> Any:
        """Return how close each proposal is to one of them, by letters or meaning."""
        near = np.array([dice(self.letters[at], one) for one in self.letters])
        if self.vectors.shape[1]:
            near = np.maximum(near, np.minimum(self.vectors @ self.vectors[at], 1))
        near[at] = 0
        return near


def similar_proposals(of: Proposal, reader: Any) -> tuple[SimilarProposal, ...]:
    """
    Return open proposals that say about the same, closest first.

    Of the same edition, in any language, and the reader may read them; what denies the
    title, or names another number, date or country, is left out. Where no encoder
    works, by letters alone.
    """
    shelf = _shelf(of.edition_id)
    if of.pk not in shelf.ids:
        return ()
    found = _alike(shelf, shelf.ids.index(of.pk))
    open_ones = Proposal.objects.select_related("contribution", "edition")
    rows = open_ones.prefetch_related("organisers").in_bulk(
        [shelf.ids[at] for at, _near, _same in found]
    )
    shown = (
        SimilarProposal(rows[shelf.ids[at]], round(near, 4), same)
        for at, near, same in found
        if shelf.ids[at] in rows and may_read_proposal(reader, rows[shelf.ids[at]])
    )
    return tuple(islice(shown, MOST_SHOWN))


def similar_pairs(edition: Any) -> list[SimilarPair]:
    """Return pairs of an edition's open proposals that look alike, at most fifty."""
    found = _pairs(edition.pk)
    ids = {pk for one, other, _near, _same in found for pk in (one, other)}
    rows = Proposal.objects.select_related("kind").in_bulk(ids)
    return [
        SimilarPair(rows[one], rows[other], near, same)
        for one, other, near, same in found
        if one in rows and other in rows
    ]


@audit.remembered(*ABOUT)
def _pairs(edition_pk: int) -> list[tuple[int, int, float, bool]]:
    shelf = _shelf(edition_pk)
    near = {
        (at, int(other)): float(likeness[other])
        for at in range(len(shelf.ids))
        for likeness in [shelf.near(at)]
        for other in np.flatnonzero(likeness[at + 1 :] >= SIMILAR) + at + 1
    }
    closest = sorted(near, key=lambda pair: (-near[pair], pair))[:MOST_JUDGED]
    # Deciding words are compared of the closest alone: that is the slow part.
    judged = {
        (at, other): is_same
        for at, group in groupby(sorted(closest), key=itemgetter(0))
        for other, _near, is_same in _judged(
            shelf, at, [(pair[1], near[pair]) for pair in group]
        )
    }
    return [
        (shelf.ids[at], shelf.ids[other], round(near[at, other], 4), judged[at, other])
        for at, other in closest
        if (at, other) in judged
    ][:MOST_PAIRS]


def _alike(shelf: _Shelf, at: int) -> list[tuple[int, float, bool]]:
    near = shelf.near(at)
    closest = np.argsort(-near, kind="stable")[:MOST_READ]
    found = [(int(o), float(near[o])) for o in closest if near[o] >= SIMILAR]
    return _judged(shelf, at, found)


def _judged(
    shelf: _Shelf, at: int, found: Sequence[tuple[int, float]]
) -> list[tuple[int, float, bool]]:
    """Return those that neither deny the title nor differ from it; whether the same."""
    if not found:
        return []
    levels = levels_of(shelf.titles[at], [shelf.titles[other] for other, _n in found])
    return [
        (other, near, near >= SAME and level is not None)
        for (other, near), level in zip(found, levels, strict=True)
        if level not in APART
    ]


@audit.remembered(*ABOUT)
def _shelf(edition_pk: int) -> _Shelf:
    rows = Proposal.objects.filter(edition=edition_pk, state=ProposalState.RECEIVED)
    found = list(rows.values_list("pk", "title", "summary"))
    ids, titles, vectors = [], [], []
    # What nothing can be compared with is not read.
    for pk, title, summary in found if len(found) > 1 else ():
        ids.append(pk)
        titles.append(str(title))
        words = f"{title}\n{str(summary)[:BEGINNING]}".strip()
        vectors.append(_meaning(words, title.written_in))
    width = max((len(v) for v in vectors if v is not None), default=0)
    matrix = np.zeros((len(ids), width), np.float32)
    for at, row in enumerate(vectors):
        if row is not None and len(row) == width:
            matrix[at] = row
    return _Shelf(ids, titles, [shingles(title) for title in titles], matrix)


@lru_cache(maxsize=4096)
def _meaning(words: str, tag: str) -> Vector | None:
    return vector_of(words, tag)
