"""What other features and commands ask of the language tools."""

from montada.language.adapters.encoders import EncoderMissing
from montada.language.engine.duplicates import Pair
from montada.language.engine.summary import Cited, Document
from montada.language.queries.comparing import Stage, duplicates_of
from montada.language.queries.digits import in_page_digits
from montada.language.queries.figures import MEASUREMENTS, measured_tools
from montada.language.queries.index import (
    MOST_FOUND,
    Query,
    find,
    index_stamp,
    is_task_waiting,
    language_of_query,
    language_to_read_in,
    model_of_vectors,
    n_waiting_texts,
    places_in,
    vectors_of_records,
    vectors_of_waiting,
    waiting_texts,
    wordings_of,
    words_in,
)
from montada.language.queries.models_here import ModelsHere, models_here
from montada.language.queries.summing import summary_of
from montada.language.queries.telling_apart import deciding_words
from montada.language.queries.tools import (
    LONGEST_TEXT,
    background_phrases,
    index_terms,
    key_phrases_of,
    language_of,
    plain_words,
    stop_words,
    terms_of,
)
from montada.language.queries.vectors import (
    encoder,
    passage_vector,
    query_vector,
)

__all__ = [
    "LONGEST_TEXT",
    "MEASUREMENTS",
    "MOST_FOUND",
    "Cited",
    "Document",
    "EncoderMissing",
    "ModelsHere",
    "Pair",
    "Query",
    "Stage",
    "background_phrases",
    "deciding_words",
    "duplicates_of",
    "encoder",
    "find",
    "in_page_digits",
    "index_stamp",
    "index_terms",
    "is_task_waiting",
    "key_phrases_of",
    "language_of",
    "language_of_query",
    "language_to_read_in",
    "measured_tools",
    "model_of_vectors",
    "models_here",
    "n_waiting_texts",
    "passage_vector",
    "places_in",
    "plain_words",
    "query_vector",
    "stop_words",
    "summary_of",
    "terms_of",
    "vectors_of_records",
    "vectors_of_waiting",
    "waiting_texts",
    "wordings_of",
    "words_in",
]
