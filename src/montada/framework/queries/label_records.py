"""What texts were found to suggest, and what people decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    Model,
    OuterRef,
    QuerySet,
    When,
)
from django.db.models.functions import Cast, Substr

from montada.audit.queries import name_of
from montada.framework.engine.values import Axis, Evidence, Label
from montada.framework.models import LabelDecision, LabelledText, LabelSuggestion


@dataclass(frozen=True, slots=True)
class LabelRecord:
    """
    What is known about the labels of one text.

    `suggested` are all labels that the text suggests, surest first, the decided ones
    among them; `decided` are in the order in which they were first decided.
    """

    text: str
    language: str
    labelled_at: datetime
    suggested: tuple[Label, ...]
    decided: tuple[LabelDecision, ...]


def label_record(subject: Model) -> LabelRecord | None:
    """Return what a row's text suggests; None if it was never read. Two queries."""
    rows = LabelledText.objects.filter(subject=name_of(subject)).order_by(
        F("labels__score").desc(), "labels__code"
    )
    found = list(rows.values_list("text", "language", "labelled_at", *_LABEL))
    if not found:
        return None
    decided = LabelDecision.objects.filter(subject=name_of(subject))
    text, language, labelled_at = found[0][:3]
    return LabelRecord(
        text=text,
        language=language,
        labelled_at=labelled_at,
        suggested=tuple(_label(*row[3:]) for row in found if row[3]),
        decided=tuple(decided.select_related("decided_by")),
    )


def decided_labels(subject: Model) -> set[tuple[Any, str]]:
    """Return axis and code of what was decided about a row's text. One query."""
    decided = LabelDecision.objects.filter(subject=name_of(subject))
    return set(decided.values_list("axis", "code"))


def is_label_confirmed(subject: Model, axis: Axis, code: str) -> bool:
    return LabelDecision.objects.filter(
        subject=name_of(subject), axis=axis, code=code, is_confirmed=True
    ).exists()


def open_suggestions(kind: str) -> QuerySet[Any]:
    """
    Return what nobody has decided about texts of one table ("stocktaking.project").

    Rows of `LabelSuggestion`, each with its row's number as `subject_pk`; surest first.
    """
    subject = OuterRef("labelled_text__subject")
    decided = LabelDecision.objects.filter(
        subject=subject, axis=OuterRef("axis"), code=OuterRef("code")
    )
    number = Cast(Substr("labelled_text__subject", len(kind) + 2), BigIntegerField())
    is_of_kind = {"labelled_text__subject__startswith": f"{kind}:"}
    return (
        LabelSuggestion.objects.filter(~Exists(decided), **is_of_kind)
        # Other tables' keys need not be numbers.
        .annotate(subject_pk=Case(When(then=number, **is_of_kind)))
    )


def label_of(row: LabelSuggestion) -> Label:
    """Return a stored suggestion as labelling gave it."""
    return _label(row.axis, row.code, row.score, row.evidence)


_LABEL = ("labels__axis", "labels__code", "labels__score", "labels__evidence")


def _label(axis: Any, code: str, score: float, stored: list[dict[str, Any]]) -> Label:
    evidence = tuple(Evidence(**words) for words in stored)
    return Label(axis, code, score, is_suggested=True, evidence=evidence)
