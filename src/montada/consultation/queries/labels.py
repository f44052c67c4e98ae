"""As what texts are understood: lines and goals, stated by people or suggested."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from montada.audit.queries import name_of
from montada.consultation.models import Statement
from montada.framework import queries as framework
from montada.framework.engine.marks import Piece, marked
from montada.language.engine.text import UNDETERMINED, direction_of

if TYPE_CHECKING:
    from montada.framework.models import ActionLine, Goal


@dataclass(frozen=True, slots=True)
class Understood:
    """A line or goal as which a text is understood; one of the two is set."""

    line: ActionLine | None
    goal: Goal | None
    axis: str
    code: str
    is_stated: bool
    """By its author, of a statement by a moderator; otherwise a machine suggests it."""
    words: tuple[Piece, ...] = ()
    """The text, marked where it led to the suggestion."""
    language: str = UNDETERMINED

    @property
    def direction(self) -> str:
        return direction_of(self.language)


def drawn_labels(
    record: framework.LabelRecord | None, stated: Collection[tuple[str, str]]
) -> list[Understood]:
    """
    Return what people state by axis and code, then what nobody decided about; lines
    before goals. Two queries.
    """
    drawing = _Drawing()
    found = [drawing.label(axis, code, is_stated=True) for axis, code in stated]
    if record is not None:
        closed = {(row.axis, row.code) for row in record.decided} | set(stated)
        found += [
            drawing.label(
                label.axis,
                label.code,
                is_stated=False,
                words=marked(record.text, label.evidence),
                language=record.language or UNDETERMINED,
            )
            for label in record.suggested
            if (label.axis, label.code) not in closed
        ]
    return sorted(found, key=lambda one: (not one.is_stated, one.axis))


class _Drawing:
    def __init__(self) -> None:
        self._lines = {row.code: row for row in framework.action_lines()}
        self._goals = {str(row.number): row for row in framework.goals()}

    def label(self, axis: str, code: str, **shown: Any) -> Understood:
        is_line = axis == "action_line"
        return Understood(
            line=self._lines.get(code) if is_line else None,
            goal=None if is_line else self._goals.get(code),
            axis=axis,
            code=code,
            **shown,
        )


def labels_of_statement(one: Statement) -> list[Understood]:
    """Return what moderators state, then what its words suggest. Five queries."""
    confirmed = framework.confirmed_labels(Statement._meta.label_lower)
    stated = confirmed.filter(subject=name_of(one)).values_list("axis", "code")
    return drawn_labels(framework.label_record(one), list(stated))


def statements_to_read() -> list[framework.TextToLabel]:
    """
    Return open statements that the present model has not read, the newest first.

    Raises
    ------
    montada.language.queries.EncoderMissing
    """
    rows = Statement.objects.open().order_by("-pk").only("text")
    return framework.unread_texts(
        framework.TextToLabel(name_of(row), str(row.text), row.text.written_in)
        for row in rows
    )
