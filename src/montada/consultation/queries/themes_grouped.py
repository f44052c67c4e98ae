"""Texts of an edition in groups, with names: what all pages of themes share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from montada.audit import queries as audit
from montada.consultation.engine.themes import Group, grouped
from montada.consultation.queries.themes_read import (
    Said,
    as_text,
    said_in,
    vectors_of,
)
from montada.consultation.queries.themes_words import Name, Words
from montada.framework import queries as framework
from montada.language.engine.vectors import Vector

if TYPE_CHECKING:
    from montada.framework.models import ActionLine, Goal

TEXTS = (
    "consultation.contribution_submitted",
    "consultation.contribution_resubmitted",
    "consultation.contribution_grouped",
    "consultation.contribution_merged",
    "consultation.contribution_declined",
    "consultation.contribution_accepted",
    "consultation.statement_opened",
    "consultation.statement_retired",
    "consultation.statement_translated",
    "framework.label",
    "framework.reference",
    "language.texts_encoded",
)
"""Decisions after which other texts are public, or go under other labels."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Groups for readers of all languages, whatever was voted."""

    said: tuple[Said, ...]
    groups: tuple[Group, ...]
    meanings: Mapping[str, Vector]
    """Vectors that are known, by the key of their text."""
    lines: Mapping[str, ActionLine]
    goals: Mapping[str, Goal]

    def lines_of(self, group: Group) -> list[ActionLine]:
        return [self.lines[one] for one in group.labels if one in self.lines]

    def goals_of(self, group: Group) -> list[Goal]:
        return [self.goals[one] for one in group.labels if one in self.goals]


@audit.remembered(*TEXTS)
def grouped_texts(edition_pk: int, _stamp: str) -> Grouped:
    """Return an edition's texts in groups; `_stamp` is the index's. Ten queries."""
    said = said_in(edition_pk)
    vectors = vectors_of(said) if len(said) > 1 else None
    groups = grouped([as_text(one) for one in said], vectors)
    return Grouped(
        said=said,
        groups=tuple(groups),
        meanings={
            one.key: vector
            for one, vector in zip(
                said, vectors if vectors is not None else (), strict=False
            )
            if vector.any()
        },
        lines={f"line:{row.code}": row for row in framework.action_lines()},
        goals={f"goal:{row.number}": row for row in framework.goals()},
    )


@lru_cache(maxsize=12)
def named(found: Grouped, reader: str) -> tuple[Name, ...]:
    """Return the name of each group; remembered as long as the groups are."""
    words = Words(reader, found.said, found.groups)
    return tuple(
        words.name(
            group,
            [
                *(row.title for row in found.lines_of(group)),
                *(row.title for row in found.goals_of(group)),
            ],
        )
        for group in found.groups
    )
