"""
The memory of a translator: terms of the glossary in a text, and titles done before.

A term is met by stems, so that "e-health services" meets "e-health" and the plural its
singular; of terms that overlap the longest counts, since it says more than its parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from montada.language.engine.analysis import words_of
from montada.language.engine.stemming import stem

LEAST_ALIKE = 60
"""Of 100, by the share of words that two titles have in common (token set ratio)."""

MOST_EARLIER = 5


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the glossary: its words by language, as the glossary writes them."""

    words: Mapping[str, str]

    def said(self, language: str) -> str:
        return self.words.get(language, "")


@dataclass(frozen=True, slots=True)
class TermFound:
    """A term in a text and its translations, the glossary's first choice first."""

    term: str
    translations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A title that was translated before. `alike` is between `LEAST_ALIKE` and 100."""

    original: str
    translation: str
    alike: float


def terms_in(
    text: str, terms: Iterable[Term], *, written_in: str, language: str
) -> list[TermFound]:
    """Return the terms of `text` that have a translation, each once, as they come."""
    known = _by_stems(terms, written_in, language)
    longest = max(map(len, known), default=0)
    stems = _stems(text, written_in)
    found: dict[tuple[str, ...], None] = {}
    at = 0
    while at < len(stems):
        runs = (stems[at : at + n] for n in range(longest, 0, -1))
        met = next((run for run in runs if run in known), stems[at : at + 1])
        if met in known:
            found[met] = None
        at += len(met)
    return [TermFound(known[run][0][0], _others(known[run])) for run in found]


def _by_stems(
    terms: Iterable[Term], written_in: str, language: str
) -> dict[tuple[str, ...], list[tuple[str, str]]]:
    known: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for term in terms:
        translation = term.said(language)
        for name in _names(term.said(written_in)):
            if translation and (stems := _stems(name, written_in)):
                known[stems].append((name, translation))
    return known


def _names(said: str) -> Iterator[str]:
    """Yield the names a glossary gives: others after "|", explained in brackets."""
    for name in said.split("|"):
        bare = name.partition("(")[0].strip()
        if bare:
            yield bare


def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word.text, language) for word in words_of(text, language))


def _others(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(translation for _name, translation in pairs))


def earlier_titles(title: str, done: Mapping[str, str]) -> list[Earlier]:
    """Return translated titles (original → translation) like `title`, likest first."""
    alike = process.extract(
        title,
        list(done),
        scorer=fuzz.token_set_ratio,
        processor=str.casefold,
        score_cutoff=LEAST_ALIKE,
        limit=MOST_EARLIER,
    )
    return [Earlier(one, done[one], score) for one, score, _at in alike]
