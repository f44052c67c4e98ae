"""What themes are called, and the sentences that sum them up: words of their texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from montada.consultation.engine.themes import Group
from montada.consultation.queries.themes_read import Said
from montada.language import queries as language
from montada.language.engine.keyphrases import Background, Phrase
from montada.language.engine.text import (
    NO_TEXT,
    UNDETERMINED,
    LocalizedText,
    TextState,
)
from montada.language.engine.vectors import Vector

MOST_PHRASES = 3
_LOOKED_THROUGH = 12
"""Phrases, best first: one that does not return names no theme."""

MOST_READ_FOR_NAMES = 1_000
"""Characters of a text: a title and what comes first name what it is about."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that return in the texts of a theme, in one language; best first."""

    words: tuple[str, ...] = ()
    language: str = UNDETERMINED

    def __str__(self) -> str:
        return " · ".join(self.words)


@dataclass(frozen=True, slots=True)
class Name:
    """What a theme is called, and the phrases that return in its texts."""

    title: str
    language: str
    phrases: Phrases = Phrases()
    decided: LocalizedText = NO_TEXT
    """The theme under which people put some of it."""


class Words:
    """Words of the texts of an edition, for one reader."""

    def __init__(
        self, reader: str, said: Sequence[Said], groups: Sequence[Group]
    ) -> None:
        self._reader, self._said = reader, said
        self._together = [group for group in groups if not group.is_alone]
        self._backgrounds: dict[str, Background] = {}

    def name(self, group: Group, labels: Sequence[LocalizedText]) -> Name:
        """
        Return what a theme is called.

        As people named it; by phrases of its texts in the reader's language; by its
        line or goal; by phrases of another language; as the text that is most like all
        others.
        """
        first = self._said[group.places[0]]
        phrases = Phrases() if group.is_alone else self._best_phrases(group)
        under = [self._said[at].grouped_under for at in group.places]
        if decided := next(filter(None, under), None):
            return replace(self._shown(decided, phrases), decided=decided)
        if phrases.words and phrases.language == self._reader:
            return Name(str(phrases), phrases.language, phrases)
        if labels and not group.is_alone:
            return self._shown(labels[0], phrases)
        if phrases.words:
            return Name(str(phrases), phrases.language, phrases)
        return self._shown(first.title, phrases)

    def _shown(self, text: LocalizedText, phrases: Phrases) -> Name:
        shown = text.shown_to(self._reader)
        return Name(shown.text, shown.language or UNDETERMINED, phrases)

    def _best_phrases(self, group: Group) -> Phrases:
        """Return phrases in the reader's language, else in that of most texts."""
        spoken = Counter(self._said[at].words.written_in for at in group.places)
        others = sorted(spoken, key=lambda tag: (-spoken[tag], tag))
        for tag in dict.fromkeys((self._reader, *others)):
            if words := self._phrases(group, tag):
                return Phrases(words, tag)
        return Phrases()

    def _phrases(self, group: Group, tag: str) -> tuple[str, ...]:
        texts = self._texts(group, tag)
        if not texts:
            return ()
        background = self._background(tag)
        found = language.key_phrases_of(
            texts, tag, n=_LOOKED_THROUGH, background=background
        )
        again = [phrase for phrase in found if phrase.count > 1]
        whole = [one.text for one in again if not _is_part_of_another(one, again)]
        return tuple(whole[:MOST_PHRASES])

    def _background(self, tag: str) -> Background:
        if tag not in self._backgrounds:
            texts = [self._texts(group, tag) for group in self._together]
            spoken = list(filter(None, texts))
            self._backgrounds[tag] = language.background_phrases(spoken, tag)
        return self._backgrounds[tag]

    def _texts(self, group: Group, tag: str) -> list[str]:
        """Return what members say in a language: originals, approved translations."""
        wordings = (self._said[at].words.wordings.get(tag) for at in group.places)
        return [
            one.text[:MOST_READ_FOR_NAMES]
            for one in wordings
            if one is not None and one.state == TextState.APPROVED
        ]


def _is_part_of_another(phrase: Phrase, others: Sequence[Phrase]) -> bool:
    """Return whether a longer phrase says it too, and nearly as often."""
    own = set(phrase.text.casefold().split())
    return any(
        own < set(other.text.casefold().split()) and 2 * other.count >= phrase.count
        for other in others
    )


def sentences(
    members: Sequence[Said],
    reader: str,
    n: int,
    support: Mapping[str, float],
    meanings: Mapping[str, Vector],
) -> list[language.Cited]:
    """Return the sentences that sum members up; `id` is the key of one."""
    documents = [
        language.Document(one.key, shown.text, shown.language)
        for one in members
        if (shown := one.words.shown_to(reader)).text
    ]
    return language.summary_of(documents, n, support=support, meanings=meanings)
