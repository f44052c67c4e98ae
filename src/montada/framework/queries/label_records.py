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
    open_ones = LabelSuggestion.objects.filter(~Exists(decided))
    return _of_kind(open_ones, kind, "labelled_text__subject")


def confirmed_labels(kind: str) -> QuerySet[Any]:
    """
    Return what people confirmed about texts of one table, in the order they did.

    Rows of `LabelDecision`, each with its row's number as `subject_pk`.
    """
    confirmed = LabelDecision.objects.filter(is_confirmed=True)
    return _of_kind(confirmed, kind, "subject")


def _of_kind(rows: QuerySet[Any], kind: str, named: str) -> QuerySet[Any]:
    """Return rows of one table's texts; `named` is the column that names the text."""
    number = Cast(Substr(named, len(kind) + 2), BigIntegerField())
    is_of_kind = {f"{named}__startswith": f"{kind}:"}
    # Other tables' keys need not be numbers.
    with_number = Case(When(then=number, **is_of_kind))
    found: QuerySet[Any] = rows.filter(**is_of_kind).annotate(subject_pk=with_number)
    return found


def label_of(row: LabelSuggestion) -> Label:
    """Return a stored suggestion as labelling gave it."""
    return _label(row.axis, row.code, row.score, row.evidence)


_LABEL = ("labels__axis", "labels__code", "labels__score", "labels__evidence")


def _label(axis: Any, code: str, score: float, stored: list[dict[str, Any]]) -> Label:
    evidence = tuple(Evidence(**words) for words in stored)
    return Label(axis, code, score, is_suggested=True, evidence=evidence)
