"""Texts that wait to be encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from montada.language.adapters.encoders import Encoder, EncoderMissing
from montada.language.adapters.encoding import EncoderName
from montada.language.engine.vectors import Vector
from montada.language.models import IndexedText, TextVector
from montada.language.queries.vectors import encoder, vectors_of_each

ENCODER: EncoderName = "both"
"""Whose vectors are searched: one tells what a text is about, one finds it abroad."""


def encoder_in_use() -> Encoder | None:
    """
    Return what compares meanings; None where nothing was encoded yet, or cannot be.

    Nobody who searches waits for a model to be made first.
    """
    if not TextVector.objects.exists():
        return None
    try:
        return encoder(ENCODER)
    except EncoderMissing:
        return None


class WaitingText(NamedTuple):
    """A text without a vector; `language` is the one it is read in."""

    digest: str
    language: str
    title: str
    body: str

    @property
    def words(self) -> str:
        return f"{self.title}\n{self.body}".strip()


def model_of_vectors() -> str:
    """
    Return the versioned name of the model whose vectors are searched.

    Raises
    ------
    EncoderMissing
    """
    return encoder(ENCODER).model


def waiting_texts(limit: int | None = None) -> list[WaitingText]:
    """
    Return the newest texts that have no vector of this model, each once.

    Raises
    ------
    EncoderMissing
    """
    rows = _waiting().order_by("-pk").values_list("digest", "read_as", "title", "body")
    once = {row[0]: WaitingText(*row) for row in rows[:limit]}
    return list(once.values())


def n_waiting_texts() -> int:
    """
    Return how many texts have no vector of this model.

    Raises
    ------
    EncoderMissing
    """
    return _waiting().values("digest").distinct().count()


def _waiting() -> QuerySet[IndexedText]:
    vectors = TextVector.objects.filter(
        digest=OuterRef("digest"), model=model_of_vectors()
    )
    return IndexedText.objects.filter(~Exists(vectors)).exclude(digest="")


def vectors_of_waiting(
    texts: Sequence[WaitingText], *, n_processes: int = 1
) -> Iterator[Vector | None]:
    """
    Return the vector of each text as a passage, in their order; None without a word.

    Raises
    ------
    EncoderMissing
    """
    pairs = [(text.words, text.language) for text in texts]
    return vectors_of_each(pairs, ENCODER, n_processes=n_processes)


def is_task_waiting(path: str) -> bool:
    """Return whether a task is in the queue already and has not begun."""
    # In SQL: every vote asks, and Django would put it together in ten times the time.
    table, ready = DBTaskResult._meta.db_table, TaskResultStatus.READY
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {table} WHERE status = %s AND task_path = %s LIMIT 1",
            [ready, path],
        )
        return cursor.fetchone() is not None
