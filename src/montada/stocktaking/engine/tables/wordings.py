"""The texts of one row: which words are in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from montada.language.engine.text import (
    LocalizedText,
    Wording,
    direction_of,
)
from montada.stocktaking.engine.directions import direction_of_words
from montada.stocktaking.engine.record import NO_RECORD, ProjectRecord, TextName
from montada.stocktaking.engine.tables.values import Note
from montada.stocktaking.engine.titles import language_of_title

BEGINNING = 400
"""Characters of a text whose letters are looked at."""


@dataclass(slots=True)
class Wordings:
    """
    Gathers words by text and language.

    The author's language is what the table says of the row; where it says nothing, the
    letters tell, or it stays undetermined.
    """

    language: str = ""
    words: dict[TextName, dict[str, str]] = field(default_factory=dict)
    stored: ProjectRecord = NO_RECORD
    remarks: list[Note] = field(default_factory=list)

    def add(self, name: TextName, language: str, words: str) -> None:
        self.words.setdefault(name, {})[language] = words

    def add_stored(self, record: ProjectRecord) -> None:
        """Take texts whose languages and states columns cannot say."""
        self.stored = record

    def text(self, name: TextName) -> LocalizedText:
        """Return a text; what columns say wins over what is stored whole."""
        stored = self.stored.text(name)
        told = {
            self._language(name, tag, words): words
            for tag, words in self.words.get(name, {}).items()
        }
        written_in = stored.written_in
        if not written_in:
            written_in = (
                self.language if self.language in told else next(iter(told), "")
            )
        return LocalizedText(written_in, _joined(stored.wordings, told))

    def _language(self, name: TextName, tag: str, words: str) -> str:
        """Return the language of words, unless their letters run the other way."""
        said, beginning = tag or self.language, words[:BEGINNING]
        if not said:
            return language_of_title(beginning)
        written = direction_of_words(beginning)
        if written and written != direction_of(said) != "auto":
            self.remarks.append(
                Note("other_language", details={"field": name, "language": said})
            )
            return language_of_title(beginning)
        return said


def _joined(
    stored: Mapping[str, Wording], told: Mapping[str, str]
) -> dict[str, Wording]:
    """Return what is stored with what columns say else, in their languages."""
    joined = dict(stored)
    known = {wording.text for wording in stored.values()}
    for tag, words in told.items():
        if words not in known:
            before = joined.get(tag, Wording(words))
            joined[tag] = replace(before, text=words)
    return joined
