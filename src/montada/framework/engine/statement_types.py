"""
What a statement does: reports, complains, learns, observes, advises or promises.

Six types, found by rules in six languages: cue phrases, and what stands before them. A
denied achievement is an obstacle ("no progress was made"), one that lies ahead is none
("will be completed"); a removed obstacle is none either; what should have been done is
no advice. Who acts tells advice from promise: "the ministry should" and "the ministry
will". A question says nothing yet.

Where no cue is enough on its own, the likeness of the sentence to a few sentences of
each type may add to it. Everything here is a suggestion with its words: a person
decides. No number below was fitted to labelled statements; they say that one strong
cue is enough, and that a weak one needs a second sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Literal, NamedTuple, get_args

from montada.framework.engine.statement_likeness import Likeness
from montada.framework.engine.values import (
    Cue,
    StatementKind,
    StatementType,
    StatementTypes,
)
from montada.language.engine.cues import (
    Found,
    Phrases,
    Token,
    outermost,
    tokens_of,
)
from montada.language.engine.sentences import Sentence, sentences

Guard = Literal["denial", "future", "directive", "regret", "overcoming"]

KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
STRONG, WEAK = 0.7, 0.4
FIGURE, LIKENESS = 0.3, 0.3
"""What a number in the sentence, and likeness to examples, add to a weak cue."""

SUGGESTED = 0.5
MOST_SURE = 0.95
MOST_COMPARED = 40
"""Sentences of a text whose meaning is compared, some 15 ms each."""

_SUPPORTED_BY_FIGURES: frozenset[StatementKind] = frozenset({"achievement", "trend"})
_REACH = 4
"""Words before a cue in which a guard bears on it; in Chinese twice as many characters,
never across a comma or any other mark that parts clauses."""

_CLAUSE_END = re.compile(r"[,;:.!?،؛؟。，；：、！？()\[\]–—\n]")
_QUESTION = re.compile(r"[?؟？]\W*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """
    What cancels a type's cues, standing before them; among their words too; or anywhere
    behind them in the clause ("the barriers that were in our way are removed").
    """

    cancelled_by: frozenset[Guard]
    inside_too: bool = False
    behind: frozenset[Guard] = frozenset()


RULES: Mapping[StatementKind, Rule] = {
    "achievement": Rule(frozenset({"denial", "future", "directive", "regret"}), True),
    "obstacle": Rule(
        frozenset({"denial", "overcoming"}), behind=frozenset({"overcoming"})
    ),
    "lesson": Rule(frozenset({"denial", "future", "directive"})),
    "trend": Rule(frozenset({"denial", "future", "directive"}), True),
    "recommendation": Rule(frozenset({"regret"}), True),
    "commitment": Rule(frozenset({"denial", "directive", "regret"})),
}


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue phrases of one language; of `kinds` labels are "strong" and "weak"."""

    kinds: Mapping[StatementKind, Phrases]
    guards: Mapping[Guard, Phrases]
    none: Mapping[StatementKind, Phrases]
    """Phrases in which a cue is none."""
    no_denial: Phrases


Compare = Callable[[str], Likeness | None]


def statement_types(
    text: str, language: str, cues: Cues, compare: Compare | None = None
) -> StatementTypes:
    """
    Return the types a text's sentences suggest, best first, with their cues.

    Parameters
    ----------
    compare
        Tells which type a sentence is most like; None where none stands out. Asked only
        about sentences with weak cues and no strong one: meaning alone is right in half
        of the cases, so it decides nothing alone.
    """
    best: dict[StatementKind, StatementType] = {}
    for at, sentence in enumerate(sentences(text, language)):
        asked = compare if at < MOST_COMPARED else None
        for found in _of_sentence(sentence, language, cues, asked):
            before = best.get(found.kind, replace(found, cues=()))
            stronger = max(before, found, key=lambda one: one.score)
            best[found.kind] = replace(stronger, cues=before.cues + found.cues)
    ranked = sorted(best.values(), key=lambda one: (-one.score, KINDS.index(one.kind)))
    return StatementTypes(language, tuple(ranked))


def _of_sentence(
    sentence: Sentence, language: str, cues: Cues, compare: Compare | None
) -> Iterator[StatementType]:
    if _QUESTION.search(sentence.text):
        return
    reading = _Reading(
        sentence.text, tokens_of(sentence.text, language), cues, language
    )
    signs = reading.signs()
    weights = {sign.weight for found in signs.values() for sign in found}
    likeness = compare(sentence.text) if compare and weights == {WEAK} else None
    for kind, found in signs.items():
        odds = [1 - sign.weight for sign in found]
        if kind in _SUPPORTED_BY_FIGURES and reading.has_figure:
            odds.append(1 - FIGURE)
        is_like = likeness is not None and likeness.kind == kind
        if is_like:
            odds.append(1 - LIKENESS)
        score = round(min(1 - prod(odds), MOST_SURE), 4)
        if found and score >= SUGGESTED:
            shown = tuple(reading.cue(sign, sentence.start) for sign in found)
            example = likeness.example if likeness and is_like else ""
            yield StatementType(kind, score, shown, example)


class _Sign(NamedTuple):
    first: int
    end: int
    weight: float


class _Reading:
    """One sentence, its guards found."""

    def __init__(
        self, text: str, tokens: Sequence[Token], cues: Cues, language: str
    ) -> None:
        self._text, self._tokens, self._cues = text, tokens, cues
        self._reach = _REACH * (2 if language == "zh" else 1)
        self._guards = {guard: p.found(tokens) for guard, p in cues.guards.items()}
        spared = self._places(cues.no_denial.found(tokens))
        self._guards["denial"] = [
            found for found in self._guards["denial"] if found.first not in spared
        ]
        self.has_figure = any(text[token.start].isdigit() for token in tokens)

    @staticmethod
    def _places(found: Sequence[Found]) -> set[int]:
        return {place for hit in found for place in range(hit.first, hit.end)}

    def signs(self) -> dict[StatementKind, list[_Sign]]:
        """Return the cues that hold, by type, in order."""
        signs: dict[StatementKind, list[_Sign]] = {kind: [] for kind in KINDS}
        for kind in KINDS:
            spared = self._places(self._cues.none[kind].found(self._tokens))
            for hit in outermost(self._cues.kinds[kind].found(self._tokens)):
                if spared.issuperset(range(hit.first, hit.end)):
                    continue
                guards = self._guards_of(hit, RULES[kind])
                weight = STRONG if hit.label == "strong" else WEAK
                if not guards:
                    signs[kind].append(_Sign(hit.first, hit.end, weight))
                elif kind == "achievement" and guards.keys() == {"denial"}:
                    first = min(hit.first, guards["denial"].first)
                    signs["obstacle"].append(_Sign(first, hit.end, weight))
        signs["obstacle"] = _merged(signs["obstacle"])
        return signs

    def _guards_of(self, hit: Found, rule: Rule) -> dict[Guard, Found]:
        """Return the guards that bear on a cue."""
        start, end = self._clause_around(hit)
        last = hit.end if rule.inside_too else hit.first
        return {
            guard: found
            for guard in rule.cancelled_by
            for found in self._guards[guard]
            if start <= found.first < last
            or (guard in rule.behind and hit.end <= found.first < end)
        }

    def _clause_around(self, hit: Found) -> tuple[int, int]:
        """Return the places around a cue from which a guard bears on it."""
        start, end = hit.first, hit.end
        while start > max(hit.first - self._reach, 0) and self._joined(start):
            start -= 1
        while end < len(self._tokens) and self._joined(end):
            end += 1
        return start, end

    def _joined(self, place: int) -> bool:
        """Return whether a word and the one before it stand in one clause."""
        before, after = self._tokens[place - 1], self._tokens[place]
        return not _CLAUSE_END.search(self._text, before.end, after.start)

    def cue(self, sign: _Sign, offset: int) -> Cue:
        start, end = self._tokens[sign.first].start, self._tokens[sign.end - 1].end
        return Cue(self._text[start:end], offset + start, offset + end)


def _merged(signs: Sequence[_Sign]) -> list[_Sign]:
    """Return signs in order without those that share words with an earlier one."""
    kept: list[_Sign] = []
    for sign in sorted(signs):
        if kept and sign.first < kept[-1].end:
            weight = max(sign.weight, kept[-1].weight)
            kept[-1] = _Sign(kept[-1].first, max(sign.end, kept[-1].end), weight)
        else:
            kept.append(sign)
    return kept
