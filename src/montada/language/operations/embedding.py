"""
Encoding what was published, in the background: as long as it takes, and again where it
was interrupted. A vector belongs to a text's content, so nothing is encoded twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from montada.audit import operations as audit
from montada.language import queries
from montada.language.engine.vectors import Vector
from montada.language.models import IndexState, TextVector
from montada.language.operations.publishing import note_change

BATCH = 64
"""Vectors that are written at once: some seconds of work are lost at most."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What one run did. `n_waiting` are texts that are left, by content."""

    n_done: int
    n_waiting: int


def embed_waiting(
    *,
    keep_going: Callable[[], bool],
    limit: int | None = None,
    report: Callable[[int, int], None] | None = None,
    n_processes: int = 1,
) -> Embedded:
    """
    Encode texts that have no vector yet, newest first, until none is left.

    Each batch is a transaction of its own. `keep_going` is asked before each; `report`
    hears after each how many are done, and how many there are to do.

    Raises
    ------
    EncoderMissing
        If no encoder works on this machine.
    """
    texts = queries.waiting_texts(limit)
    vectors = queries.vectors_of_waiting(texts, n_processes=n_processes)
    pairs = zip((text.digest for text in texts), vectors, strict=True)
    n_done = 0
    while n_done < len(texts) and keep_going():
        n_done += _keep(islice(pairs, BATCH))
        if report:
            report(n_done, len(texts))
    return Embedded(n_done, queries.n_waiting_texts())


def note_encoded(*, done: Embedded, at: datetime) -> None:
    """
    Leave an entry in the trail once nothing waits any more, if anything was encoded:
    pages that compare meanings, as themes do, are then made anew.
    """
    if done.n_done and not done.n_waiting:
        audit.record(
            action="language.texts_encoded",
            actor=None,
            subject=IndexState(pk=1),
            at=at,
            details={"texts": done.n_done},
        )


def _keep(vectors: Iterable[tuple[str, Vector | None]]) -> int:
    """Store what comes next; encoding happens before the transaction begins."""
    model, encoded = queries.model_of_vectors(), list(vectors)
    rows = [
        TextVector(
            digest=digest,
            model=model,
            vector=b"" if vector is None else vector.astype("<f2").tobytes(),
        )
        for digest, vector in encoded
    ]
    with transaction.atomic():
        TextVector.objects.bulk_create(rows, ignore_conflicts=True)
        note_change()
    return len(encoded)
