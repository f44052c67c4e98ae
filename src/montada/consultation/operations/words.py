"""Words that people send: what is kept of them, and what is refused."""

from __future__ import annotations

import hashlib
import re

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.language import queries as language
from montada.language.engine.folding import folded
from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import LANGUAGES

LONGEST_NOTE = 2_000
"""Characters of a reason, an appeal, a note or an answer."""
LONGEST_WHY = 500
"""Characters of what somebody says beside a vote; its column holds no more."""

_LINK = re.compile(r"(?i)\b(?:https?://|www\.)|\b[\w.-]+@[\w-]+\.\w")


class StatementEmpty(Refusal):
    code = "consultation.statement_empty"
    message = _("Write one idea in a sentence of at least three words.")


class StatementTooLong(Refusal):
    code = "consultation.statement_too_long"
    message = _(
        "A statement has at most %(longest)s characters; this one has %(n_characters)s."
    )


class StatementHasLink(Refusal):
    code = "consultation.statement_has_link"
    message = _("A statement holds no links and no addresses: say it in words.")


class LanguageUnknown(Refusal):
    code = "consultation.language_unknown"
    message = _("Choose one of the six languages.")


class WordsTooMany(Refusal):
    code = "consultation.words_too_many"
    message = _("At most %(longest)s characters, please.")


FEWEST_WORDS = 3


def statement_words(text: str, *, longest: int) -> str:
    """
    Return a statement on one line, without signs that mislead a reader.

    Raises
    ------
    StatementEmpty, StatementTooLong, StatementHasLink
    """
    words = " ".join(harmless_words(text[: 100 * longest]).split())
    if len(words) > longest:
        raise StatementTooLong(longest=longest, n_characters=len(words))
    if _LINK.search(words):
        raise StatementHasLink
    if len(language.plain_words(words)) < FEWEST_WORDS and not _is_unspaced(words):
        raise StatementEmpty
    return words


def note_words(text: str, *, longest: int = LONGEST_NOTE) -> str:
    """
    Return a note as it is kept; lines stay lines.

    Raises
    ------
    WordsTooMany
    """
    words = harmless_words(text[: 10 * longest])
    if len(words) > longest:
        raise WordsTooMany(longest=longest)
    return words


def check_language(tag: str) -> None:
    """Raise `LanguageUnknown` unless the tag is of one of the six languages."""
    if tag not in LANGUAGES:
        raise LanguageUnknown


def digest_of(words: str) -> str:
    """Return a digest that is the same for the same words in other signs and case."""
    return hashlib.sha256((folded(words) or words).encode()).hexdigest()


def _is_unspaced(words: str) -> bool:
    """Return whether words are written without spaces between them, as in Chinese."""
    return sum("\u4e00" <= sign <= "\u9fff" for sign in words) >= FEWEST_WORDS
