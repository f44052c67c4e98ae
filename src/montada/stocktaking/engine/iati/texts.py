"""
Texts with their languages: repeated elements of 1.0x, narratives of 2.0x.

A text carries the six languages and words of unknown language; words in another one
are kept, as "und", only where there are no others. The first wording counts as the
author's. Language of a wording: its own, its element's, the activity's, the file's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml.etree import _Element as Element

from montada.language.engine.clean import readable
from montada.language.engine.text import (
    LANGUAGES,
    NO_TEXT,
    UNDETERMINED,
    LocalizedText,
    Wording,
)
from montada.stocktaking.engine.iati.elements import all_text
from montada.stocktaking.engine.iati.values import Finding, Remarks

MAX_LINE = 1000
"""Characters of a title or a name that are taken."""

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def language_of(element: Element) -> str:
    """
    Return the language an element says it is in: one of ours, "" if it says none.

    Another language is given back as written, small: "de", "pt".
    """
    return base_language(element.get(_LANGUAGE) or "")


def base_language(tag: str) -> str:
    """Return the language of a tag, without its country: "en" of "en-GB"."""
    return tag.strip().lower().replace("_", "-").partition("-")[0]


def ours(language: str) -> str:
    """Return a language as the register names it; "" where the file states none."""
    return language if language in LANGUAGES or not language else UNDETERMINED


_MET_AGAIN = 200
"""Characters of a text that a file may well repeat: names of organisations do."""


def _clean(text: str) -> str:
    return _clean_name(text) if len(text) <= _MET_AGAIN else readable(text).text


@lru_cache(maxsize=2048)
def _clean_name(text: str) -> str:
    return readable(text).text


class Texts:
    """Reads the texts of one activity; `language` is its default, "" if none."""

    def __init__(self, language: str, remarks: Remarks) -> None:
        self.language = language
        self._remarks = remarks

    def line(self, elements: Iterable[Element]) -> LocalizedText:
        """Return a title or a name, from all elements that say it; on one line."""
        wordings: dict[str, str] = {}
        for language, text in self._wordings(elements):
            wordings.setdefault(language, self.on_one_line(text))
        return self._kept(wordings)

    def prose(self, elements: Iterable[Element]) -> LocalizedText:
        """Return a text; what stands in several elements becomes its paragraphs."""
        wordings: dict[str, str] = {}
        for language, text in self._wordings(elements):
            before = wordings.get(language)
            if before is None:
                wordings[language] = text
            elif text not in before:
                wordings[language] = f"{before}\n\n{text}"
        return self._kept(wordings)

    def name(self, element: Element | None) -> str:
        """Return a name in the activity's language, else in the first there is."""
        text = self.line([element] if element is not None else [])
        return text.shown_to(self.language).text

    def _wordings(self, elements: Iterable[Element]) -> Iterator[tuple[str, str]]:
        for element in elements:
            own = language_of(element) or self.language
            narratives = list(element.iterchildren("narrative"))
            for narrative in narratives or [element]:
                text = _clean(all_text(narrative))
                if text:
                    yield language_of(narrative) or own or UNDETERMINED, text

    def on_one_line(self, text: str) -> str:
        line = " ".join(text.split())
        if len(line) <= MAX_LINE:
            return line
        self._remarks.add(Finding.CUT, str(MAX_LINE))
        return line[:MAX_LINE].rsplit(" ", 1)[0]

    def _kept(self, wordings: dict[str, str]) -> LocalizedText:
        if not wordings:
            return NO_TEXT
        ours = {
            language: text
            for language, text in wordings.items()
            if language in LANGUAGES or language == UNDETERMINED
        }
        for language in wordings:
            if language not in ours:
                self._remarks.add(Finding.OTHER_LANGUAGE, language)
        ours = ours or {UNDETERMINED: next(iter(wordings.values()))}
        return LocalizedText(
            next(iter(ours)), {tag: Wording(text) for tag, text in ours.items()}
        )
