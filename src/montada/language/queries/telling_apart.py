"""What tells texts apart that look alike, by the words of their language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from montada.language.adapters import comparing
from montada.language.engine.differences import Difference, differences
from montada.language.engine.duplicates import Alike, Measure
from montada.language.engine.polarity import Lexicon, Marked, marked
from montada.language.queries.tools import language_of, stop_words


@cache
def deciding_words(language: str) -> Lexicon:
    """Return the words that turn a statement around; English ones for no language."""
    return comparing.lexicon(language or "en", stop_words())


class Compared:
    """Texts whose deciding words are read when first asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._languages: dict[int, str] = {}
        self._marked: dict[tuple[int, str], Marked] = {}

    def differences(self, found: Alike) -> tuple[Difference, ...]:
        mine, yours = self._language(found.first), self._language(found.second)
        if found.measure is not Measure.ACROSS:
            # Texts that share their letters share their language, whatever was guessed.
            mine = yours = mine or yours
        return differences(
            self._read(found.first, mine),
            self._read(found.second, yours),
            deciding_words(mine).prefixes,
            share_letters=found.measure is Measure.LETTERS,
        )

    def _language(self, place: int) -> str:
        if place not in self._languages:
            self._languages[place] = language_of(self._texts[place]).language
        return self._languages[place]

    def _read(self, place: int, language: str) -> Marked:
        key = (place, language)
        if key not in self._marked:
            text = self._texts[place]
            self._marked[key] = marked(text, language, deciding_words(language))
        return self._marked[key]
