"""Words of a programme that is taken in, as an edition keeps them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.language.engine.text import LANGUAGES, UNDETERMINED, LocalizedText
from montada.programme.operations.words import LONGEST_TEXT, kept_line, kept_words
from montada.stocktaking.engine.titles import language_of_title

IN_LATIN_LETTERS = frozenset({"en", "es", "fr"})
FIRST_BEYOND_LATIN = "\u0250"


class TitleMissing(Refusal):
    code = "programme.title_missing"
    message = _("It has no title.")


def title_in(words: str, language: str) -> LocalizedText:
    """
    Return a title in the language that its letters or the programme tell.

    Raises
    ------
    TitleMissing, WordsTooMany
    """
    title = kept_line(words)
    if not title:
        raise TitleMissing
    return _text(title, language)


def text_in(words: str, language: str) -> LocalizedText:
    """As `title_in`, of a longer text, which may be empty."""
    return _text(kept_words(words, longest=LONGEST_TEXT), language)


def _text(words: str, told: str) -> LocalizedText:
    language = language_of_title(words)
    tag = told.split("-", maxsplit=1)[0].lower()
    letters = [c for c in words if c.isalpha()]
    is_latin = bool(letters) and max(letters) < FIRST_BEYOND_LATIN
    can_be = IN_LATIN_LETTERS if is_latin else LANGUAGES
    if language == UNDETERMINED and tag in can_be:
        language = tag
    return LocalizedText.of(language, words)
