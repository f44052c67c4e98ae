"""Labels that words suggest: they are read, and their author decides."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from montada.consultation import queries
from montada.consultation.models import Answer, Contribution
from montada.consultation.operations.contributions import editable
from montada.framework import operations as framework
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
