"""Words that people send about the programme: what is kept of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_text, harmless_words
from montada.language.engine.text import LocalizedText

LONGEST_LINE, LONGEST_NOTE, LONGEST_TEXT = 400, 2_000, 20_000
"""Characters of a title or name, of a note, of a text."""


class WordsTooMany(Refusal):
    code = "programme.words_too_many"
    message = _("At most %(longest)s characters, please.")


def kept_words(words: str, *, longest: int = LONGEST_NOTE) -> str:
    """
    Return words without signs that mislead a reader; lines stay lines.

    Raises
    ------
    WordsTooMany
    """
    said = harmless_words(words[: 10 * longest])
    if len(said) > longest:
        raise WordsTooMany(longest=longest)
    return said


def kept_line(words: str, *, longest: int = LONGEST_LINE) -> str:
    """As `kept_words`, on one line."""
    return kept_words(" ".join(words[: 10 * longest].split()), longest=longest)


def kept_text(text: Any, *, longest: int = LONGEST_TEXT) -> LocalizedText:
    """As `kept_words`, in each language; states and approvers stay."""
    keep = kept_line if longest <= LONGEST_LINE else kept_words
    return harmless_text(text, partial(keep, longest=longest))
