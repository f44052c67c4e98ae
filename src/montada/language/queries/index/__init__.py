"""The index of what features publish: searched, remembered, waiting to be encoded."""

from montada.language.queries.index.asking import (
    Query,
    language_of_query,
    language_to_read_in,
    words_in,
)
from montada.language.queries.index.finding import MOST_FOUND, find
from montada.language.queries.index.records import vectors_of_records
from montada.language.queries.index.shelf import index_stamp, wordings_of
from montada.language.queries.index.waiting import (
    is_task_waiting,
    model_of_vectors,
    n_waiting_texts,
    vectors_of_waiting,
    waiting_texts,
)
from montada.language.queries.index.words import places_in

__all__ = [
    "MOST_FOUND",
    "Query",
    "find",
    "index_stamp",
    "is_task_waiting",
    "language_of_query",
    "language_to_read_in",
    "model_of_vectors",
    "n_waiting_texts",
    "places_in",
    "vectors_of_records",
    "vectors_of_waiting",
    "waiting_texts",
    "wordings_of",
    "words_in",
]
