"""What a text suggests: its action lines and goals, and the words that led to them."""

from __future__ import annotations

from functools import partial

from montada.framework.adapters import label_arrays
from montada.framework.adapters.label_meaning import meaning_of
from montada.framework.engine.label_text import read
from montada.framework.engine.labelling import suggestions
from montada.framework.engine.values import Suggestions
from montada.language import queries as language_queries


def suggested_labels(text: str, language: str = "") -> Suggestions:
    """
    Return what a text is about; its language is told from the text where not given.

    About a tenth of a second for a title, one to two for a page. Any text has an
    answer; a text without words suggests nothing.

    Raises
    ------
    EncoderMissing
        If texts cannot be turned into vectors on this machine.
    """
    spoken = language or language_queries.language_of(read(text)).language
    return suggestions(
        text,
        spoken,
        label_arrays.shipped(),
        encode=partial(meaning_of, language=spoken),
        terms_of=language_queries.terms_of,
    )
