"""Themes of a consultation: what is said about one thing, by whom, in what words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from montada.audit import queries as audit
from montada.consultation.engine.themes import Group
from montada.consultation.models import Contribution, OpinionRun
from montada.consultation.queries.opinion import Counts, latest_run
from montada.consultation.queries.themes_grouped import (
    TEXTS,
    Grouped,
    grouped_texts,
    named,
)
from montada.consultation.queries.themes_read import Said
from montada.consultation.queries.themes_words import Name, Phrases, sentences
from montada.framework import queries as framework
from montada.language import queries as language
from montada.language.engine.text import NO_TEXT, LocalizedText

if TYPE_CHECKING:
    from montada.edition.models import Edition
    from montada.framework.models import ActionLine, Goal

MOST_LINES = 3
"""Lines of a summary."""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many come from one stakeholder group."""

    code: str
    """"" for those who state none."""
    name: LocalizedText
    n: int


@dataclass(frozen=True, slots=True)
class GroupVotes:
    """What at least five people of one stakeholder group said to a statement."""

    code: str
    name: LocalizedText
    counts: Counts


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """
    A sentence of a theme, word for word, and where it stands.

    `by_group` counts who handed it in: its author, and those of what was merged into
    it. `counts` and `votes` are of statements, and None or empty where fewer than five
    people answered.
    """

    text: str
    language: str
    said: Said
    by_group: tuple[GroupCount, ...]
    counts: Counts | None
    votes: tuple[GroupVotes, ...]

    @property
    def words(self) -> LocalizedText:
        return LocalizedText.of(self.language, self.text)

    @property
    def reference(self) -> str:
        return self.said.reference

    @property
    def url(self) -> str:
        return self.said.url


@dataclass(frozen=True, slots=True)
class Theme:
    """
    Contributions and statements that are about the same.

    Attributes
    ----------
    key : names it in addresses: its earliest member's
    title, language : phrases of its texts and their language, the name of a line or
        goal in the reader's, or the theme under which people put it
    decided : the theme under which people put it, as they named it; empty for none
    line, goal : of most of its texts with labels
    members : the one most like all others first
    likeness : mean of its pairs, 0 to 1
    phrases : those that return in its texts, with their language
    """

    key: str
    title: str
    language: str
    decided: LocalizedText
    line: ActionLine | None
    goal: Goal | None
    members: tuple[Said, ...]
    n_contributions: int
    n_statements: int
    by_group: tuple[GroupCount, ...]
    lines: tuple[SummaryLine, ...]
    likeness: float
    phrases: Phrases

    @property
    def name(self) -> LocalizedText:
        """The title, so that a page says in which language it is."""
        return LocalizedText.of(self.language, self.title)

    @property
    def is_alone(self) -> bool:
        return len(self.members) == 1

    @property
    def percent_alike(self) -> float:
        return 100 * self.likeness

    @property
    def n_others(self) -> int:
        """How many a member is read together with."""
        return len(self.members) - 1


@dataclass(frozen=True, slots=True)
class Themes:
    """All themes of an edition, the largest first, and how they were found."""

    themes: tuple[Theme, ...]
    by_meaning: bool
    """Whether meanings were compared: texts of two languages meet only by them."""
    n_without_meaning: int

    @property
    def together(self) -> tuple[Theme, ...]:
        return tuple(theme for theme in self.themes if not theme.is_alone)

    @property
    def alone(self) -> tuple[Theme, ...]:
        return tuple(theme for theme in self.themes if theme.is_alone)


def themes_of(edition: Edition, language: str) -> tuple[Theme, ...]:
    """
    Return the themes of an edition in a reader's language, the largest first.

    Every public contribution and every open statement is in exactly one; what is like
    nothing else is one by itself (`is_alone`), and comes last.
    """
    return found_themes(edition, language).themes


def found_themes(edition: Edition, reader: str) -> Themes:
    """Return the themes of an edition with how they were found. Some ten queries."""
    return _found(edition.pk, reader, language.index_stamp())


def theme_of(contribution: Contribution, reader: str) -> Theme | None:
    """Return the theme of a contribution; None for what is not public."""
    if not (contribution.may_publish and contribution.receipt):
        return None
    themes = themes_of(contribution.call.edition, reader)
    return theme_with(themes, contribution.receipt)


def theme_with(themes: Sequence[Theme], key: str) -> Theme | None:
    """Return the theme that has a member of this key, whatever its own is now."""
    return next(
        (theme for theme in themes if any(one.key == key for one in theme.members)),
        None,
    )


@audit.remembered(*TEXTS, "consultation.opinion_computed")
def _found(edition_pk: int, reader: str, stamp: str) -> Themes:
    found = grouped_texts(edition_pk, stamp)
    build = _Build(reader, found, latest_run(edition_pk))
    return Themes(
        themes=tuple(map(build.theme, found.groups, named(found, reader))),
        by_meaning=bool(found.meanings),
        n_without_meaning=len(found.said) - len(found.meanings),
    )


class _Build:
    def __init__(self, reader: str, found: Grouped, run: OpinionRun | None) -> None:
        self._reader, self._found = reader, found
        groups = framework.stakeholder_groups()
        self._names = {row.code: row.name for row in groups} | {"": NO_TEXT}
        self._parts = _merged_groups(found.said)
        self._told = run.result["statements"] if run else {}
        self._types = [one["code"] for one in run.result["types"]] if run else []

    def theme(self, group: Group, name: Name) -> Theme:
        members = tuple(self._found.said[at] for at in group.places)
        lines, goals = self._found.lines_of(group), self._found.goals_of(group)
        return Theme(
            key=min(members, key=lambda one: (one.kind, one.pk)).key,
            title=name.title,
            language=name.language,
            decided=name.decided,
            line=lines[0] if lines else None,
            goal=goals[0] if goals else None,
            members=members,
            n_contributions=sum(one.kind == "contribution" for one in members),
            n_statements=sum(one.kind == "statement" for one in members),
            by_group=self._by_group([one.group for one in members]),
            lines=() if group.is_alone else tuple(self._lines(members)),
            likeness=group.likeness,
            phrases=name.phrases,
        )

    def _lines(self, members: Sequence[Said]) -> Iterator[SummaryLine]:
        by_key = {one.key: one for one in members}
        support = {one.key: _support(self._counts(one)) for one in members}
        meanings = self._found.meanings
        known = {key: meanings[key] for key in by_key if key in meanings}
        for cited in sentences(members, self._reader, MOST_LINES, support, known):
            yield self._line(cited.text, cited.language, by_key[cited.id])

    def _line(self, text: str, tag: str, said: Said) -> SummaryLine:
        return SummaryLine(
            text=text,
            language=tag,
            said=said,
            by_group=self._by_group([said.group, *self._parts.get(said.key, ())]),
            counts=self._counts(said),
            votes=tuple(self._votes(said)),
        )

    def _counts(self, said: Said) -> Counts | None:
        told = self._told_of(said).get("counts")
        return Counts(*told) if told else None

    def _votes(self, said: Said) -> list[GroupVotes]:
        cells = self._told_of(said).get("types") or []
        return [
            GroupVotes(code, self._names.get(code, NO_TEXT), Counts(*cell))
            for code, cell in zip(self._types, cells, strict=False)
            if cell and any(cell)
        ]

    def _told_of(self, said: Said) -> Mapping[str, Any]:
        is_statement = said.kind == "statement"
        told: Mapping[str, Any] = self._told.get(str(said.pk), {})
        return told if is_statement else {}

    def _by_group(self, codes: Sequence[str]) -> tuple[GroupCount, ...]:
        counted = Counter(codes)
        return tuple(
            GroupCount(code, name, counted[code])
            for code, name in self._names.items()
            if counted[code]
        )


def _merged_groups(said: Sequence[Said]) -> dict[str, list[str]]:
    """Return the stakeholder groups of what goes on as a part of each contribution."""
    found: dict[str, list[str]] = {}
    for one in said:
        if one.merged_into:
            found.setdefault(one.merged_into, []).append(one.group)
    return found


def _support(counts: Counts | None) -> float:
    """Return the share that agrees, drawn to a half where few have answered."""
    return (counts.agree + 1) / (counts.seen + 2) if counts else 0.5
