"""
The index as a process remembers it: which row is what, and what it means.

Read once, then brought up to date: rows never change, so only new ones are read. Within
a transaction nothing is kept, since what is taken back gives its number to the next.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern

import numpy as np
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from numpy.typing import NDArray

from montada.language.adapters.encoders import Encoder
from montada.language.engine.narrowing import FacetBits, facet_bits
from montada.language.engine.nearest import (
    MOST_WHOLE,
    Mask,
    Places,
    Signs,
    nearest_cosines,
    signs_of,
)
from montada.language.engine.values import Hit
from montada.language.engine.vectors import Vector, Vectors, cosines
from montada.language.models import IndexedText, IndexState, TextVector

CHUNK = 900
"""Rows read by one statement: SQLite takes 999 parameters everywhere."""

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """
    Rows of the index by place.

    Attributes
    ----------
    stamp : the `index_stamp` of what it shows
    model : whose vectors these are; "" where no encoder works
    ids : int array (n_rows,), ascending
    records : int array (n_rows,)
        Rows of one record have one number.
    written : the facets of each row, as stored; see `facets`
    facets : what lists are narrowed by, "kind", "language" and "read_as" among it
    has_vector : bool array (n_rows,)
    vectors : float32 array (n_rows, dimensions); None where only signs are kept
    signs : of the vectors; None where they are kept whole
    """

    stamp: str
    model: str
    ids: Ids
    records: Ids
    written: Sequence[str]
    facets: FacetBits
    has_vector: Mask
    vectors: Vectors | None
    signs: Signs | None

    def __len__(self) -> int:
        return len(self.ids)

    def places_of(self, ids: Sequence[int]) -> tuple[Places, Mask]:
        """Return where rows stand, and which of them are here at all."""
        wanted = np.asarray(ids, np.int64)
        places: Places = np.searchsorted(self.ids, wanted)
        if not len(self.ids):
            return places, np.zeros(len(wanted), np.bool_)
        places = np.minimum(places, len(self.ids) - 1)
        return places, self.ids[places] == wanted

    def meaning(self, query: Vector, allowed: Mask) -> Vector:
        """Return the cosine of each row with the query; NaN without a vector."""
        if self.signs is not None:
            found = nearest_cosines(
                query, self.signs, allowed & self.has_vector, self._vectors_at
            )
        else:
            assert self.vectors is not None
            found = cosines(query, self.vectors)
        found[~self.has_vector] = np.nan
        return found

    def _vectors_at(self, places: Places) -> Vectors:
        assert self.signs is not None
        ids = self.ids[places].tolist()
        stored = _stored_vectors(ids, self.model)
        unknown = np.zeros(self.signs.shape[1] * 64, np.float32)
        return np.stack([stored.get(pk, unknown) for pk in ids])


def index_stamp() -> str:
    """Return the stamp of the index, "" before anything was published. One query."""
    stamp = IndexState.objects.filter(pk=1).values_list("stamp", flat=True).first()
    return stamp or ""


_kept: Shelf | None = None
_one_at_a_time = threading.Lock()


def shelf(encoder: Encoder | None) -> Shelf:
    """
    Return the index of this moment; one query where nothing has changed.

    `encoder` is the one whose vectors are compared; None compares nothing.
    """
    model = encoder.model if encoder else ""
    dimensions = encoder.dimensions if encoder else 64
    global _kept  # noqa: PLW0603 - the process's one copy
    stamp = index_stamp()
    kept = _kept
    if connection.in_atomic_block:
        return _brought_up_to_date(None, stamp, model, dimensions)
    if kept is None or kept.model != model or kept.stamp != stamp:
        with _one_at_a_time:
            kept = _kept
            before = kept if kept is not None and kept.model == model else None
            if before is None or before.stamp != stamp:
                _kept = kept = _brought_up_to_date(before, stamp, model, dimensions)
    assert kept is not None
    return kept


def wordings_of(hits: Iterable[Hit]) -> dict[int, list[IndexedText]]:
    """
    Return all rows of the records that were found, by the number of the one that was.

    Two queries. A record that was withdrawn meanwhile is left out.
    """
    found = IndexedText.objects.in_bulk([hit.text_id for hit in hits])
    kinds = {row.kind for row in found.values()}
    keys = {row.key for row in found.values()}
    rows: defaultdict[tuple[str, str], list[IndexedText]] = defaultdict(list)
    for row in IndexedText.objects.filter(kind__in=kinds, key__in=keys).order_by("pk"):
        rows[row.kind, row.key].append(row)
    return {pk: rows[row.kind, row.key] for pk, row in found.items()}


def _brought_up_to_date(
    before: Shelf | None, stamp: str, model: str, dimensions: int
) -> Shelf:
    ids = np.fromiter(_ids(IndexedText.objects.all()), np.int64)
    is_known, place_before = _known(before, ids)
    records, written = np.zeros(len(ids), np.int64), [""] * len(ids)
    for place in np.flatnonzero(is_known):
        assert before is not None
        records[place] = before.records[place_before[place]]
        written[place] = before.written[place_before[place]]
    place_of = {int(ids[place]): place for place in np.flatnonzero(~is_known)}
    # What is withdrawn at this very moment is not among them, and stays empty.
    for pk, record, own in _rows(list(place_of)):
        records[place_of[pk]], written[place_of[pk]] = record, own
    has_vector, vectors, signs = _vectors(before, ids, model, dimensions)
    facets = facet_bits(enumerate(written), len(ids))
    return Shelf(
        stamp, model, ids, records, written, facets, has_vector, vectors, signs
    )


def _known(before: Shelf | None, ids: Ids) -> tuple[Mask, Places]:
    """Return which rows were read before, and where they stood."""
    if before is None or not len(before):
        return np.zeros(len(ids), np.bool_), np.zeros(len(ids), np.int64)
    places, is_known = before.places_of(ids.tolist())
    return is_known, places


def _ids(rows: QuerySet[IndexedText]) -> Iterator[int]:
    return rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=20_000)


def _rows(ids: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Yield each row's number, the number of its record, and its facets."""
    columns = ("pk", "kind", "key", "language", "read_as", "facets")
    for start in range(0, len(ids), CHUNK):
        rows = IndexedText.objects.filter(pk__in=ids[start : start + CHUNK])
        for pk, kind, key, language, read_as, facets in rows.values_list(*columns):
            own = f"kind:{kind} language:{language} read_as:{read_as} {facets}"
            yield pk, hash((kind, key)), intern(own.rstrip())


def _vectors(
    before: Shelf | None, ids: Ids, model: str, dimensions: int
) -> tuple[Mask, Vectors | None, Signs | None]:
    """Return which rows have a vector, and all vectors, whole or by their signs."""
    is_whole = len(ids) <= MOST_WHOLE
    width, kind = (
        (dimensions, np.float32) if is_whole else (dimensions // 64, np.uint64)
    )
    # Signs are compared column by column, which must lie together for that.
    kept = np.zeros((len(ids), width), kind, order="C" if is_whole else "F")
    has_vector = np.isin(ids, np.fromiter(_ids(_encoded(model)), np.int64))
    is_known, place_before = _known(before, ids)
    held = None if before is None else before.vectors if is_whole else before.signs
    if before is None or held is None:
        copied = np.zeros(len(ids), np.bool_)
    else:
        copied = is_known & has_vector
        copied[copied] = before.has_vector[place_before[copied]]
        kept[copied] = held[place_before[copied]]
    missing = np.flatnonzero(has_vector & ~copied)
    for start in range(0, len(missing), CHUNK):
        stored = _stored_vectors(ids[missing[start : start + CHUNK]].tolist(), model)
        if stored:
            places = np.searchsorted(ids, np.fromiter(stored, np.int64))
            read = np.stack(list(stored.values()))
            kept[places] = read if is_whole else signs_of(read)
    return has_vector, kept if is_whole else None, None if is_whole else kept


def _encoded(model: str) -> QuerySet[IndexedText]:
    return IndexedText.objects.filter(Exists(_vectors_of(model)))


def _vectors_of(model: str) -> QuerySet[TextVector]:
    """Return the vector of the row of an outer query; one of no word is none."""
    own = TextVector.objects.filter(digest=OuterRef("digest"), model=model)
    return own.exclude(vector=b"")


def _stored_vectors(ids: Sequence[int], model: str) -> dict[int, Vector]:
    """Return the vectors of rows that are still there. One query."""
    rows = IndexedText.objects.filter(pk__in=ids).order_by()
    stored = rows.annotate(stored=Subquery(_vectors_of(model).values("vector")[:1]))
    return {
        pk: np.frombuffer(bytes(vector), "<f2").astype(np.float32)
        for pk, vector in stored.values_list("pk", "stored")
        if vector
    }
