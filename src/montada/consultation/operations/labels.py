"""
Labels that words suggest: of contributions their author decides, of statements
moderators.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from montada.consultation import queries
from montada.consultation.models import Answer, Contribution, Statement
from montada.consultation.operations.contributions import editable
from montada.consultation.queries.labels import statements_to_read
from montada.framework import operations as framework
from montada.framework import queries as vocabulary
from montada.framework.engine.values import Axis
from montada.language import queries as language

if TYPE_CHECKING:
    from montada.participation.models import Person

KINDS = {"action_line": "action_lines", "goal": "goals"}
"""The kind of question that a confirmed label answers."""


def read_contribution(*, contribution: Contribution, at: datetime) -> None:
    """
    Read what a contribution says for the labels that it suggests.

    Nothing where texts cannot be read on this machine.
    """
    text = queries.text_to_label(contribution)
    if text.text:
        with suppress(language.EncoderMissing):
            framework.suggest_labels(texts=[text], at=at)


@transaction.atomic
def decide_suggestion(
    *,
    contribution: Contribution,
    axis: Axis,
    code: str,
    is_confirmed: bool,
    decided_by: Person,
    at: datetime,
) -> None:
    """
    Confirm or decline a label of a draft; a confirmed one becomes an answer.

    Raises
    ------
    NotYourContribution, ContributionSent, LabelNotSuggested, LabelDecidedAlready
    """
    row = editable(contribution, decided_by)
    framework.decide_label(
        subject=row,
        axis=axis,
        code=code,
        is_confirmed=is_confirmed,
        decided_by=decided_by,
        at=at,
    )
    if not is_confirmed:
        return
    for question in queries.questions_of(row.call):
        if question.kind == KINDS[axis]:
            answer = Answer.objects.filter(contribution=row, question=question).first()
            answer = answer or Answer(contribution=row, question=question, value=[])
            if code not in answer.value:
                answer.value = [*answer.value, code]
            answer.save()


def read_statements(*, at: datetime, limit: int) -> int:
    """
    Read open statements for the labels that they suggest; return how many are left.

    At most `limit` are read, each once; none where texts cannot be read on this
    machine.
    """
    try:
        waiting = statements_to_read()
        done = framework.suggest_labels(texts=waiting[:limit], at=at)
    except language.EncoderMissing:
        return 0
    return len(waiting) - done.n_texts


def decide_statement_label(
    *,
    statement: Statement,
    axis: Axis,
    code: str,
    is_confirmed: bool,
    decided_by: Person,
    at: datetime,
) -> None:
    """
    Say that a statement is about a line or goal, suggested or not; or that it is not.

    `decided_by` has been asked for `consultation.moderate_statement`.

    Raises
    ------
    montada.framework.operations.LabelNotSuggested
        To decline, or for a code that is no line and no goal.
    montada.framework.operations.LabelDecidedAlready
    """
    label: dict[str, Any] = {"subject": statement, "axis": axis, "code": code}
    try:
        framework.decide_label(
            **label, is_confirmed=is_confirmed, decided_by=decided_by, at=at
        )
    except framework.LabelNotSuggested:
        if not (is_confirmed and _is_label(axis, code)):
            raise
        framework.add_label(**label, added_by=decided_by, at=at)


def _is_label(axis: Axis, code: str) -> bool:
    if axis == "action_line":
        return code in {row.code for row in vocabulary.action_lines()}
    return code in {str(row.number) for row in vocabulary.goals()}
