"""Remembering what texts suggest, and what people decide about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import takewhile

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.audit.queries import name_of
from montada.djangokit.refusals import Refusal
from montada.framework import queries
from montada.framework.engine.values import Axis, Suggestions
from montada.framework.models import LabelDecision, LabelledText, LabelSuggestion

BATCH = 500
"""Rows in one statement."""


class LabelNotSuggested(Refusal):
    code = "framework.label_not_suggested"
    message = _("The text does not suggest this label: %(label)s.")


class LabelDecidedAlready(Refusal):
    code = "framework.label_decided_already"
    message = _("Somebody has decided this already, and in the same way.")


@dataclass(frozen=True, slots=True)
class Labelled:
    """How many texts were read, and how many of them suggest anything."""

    n_texts: int
    n_with_labels: int


def suggest_labels(
    *,
    texts: Iterable[queries.TextToLabel],
    at: datetime,
    keep_going: Callable[[], bool] = lambda: True,
) -> Labelled:
    """
    Read texts and keep what each suggests, in place of what it suggested before.

    Texts that this model has read already, word for word, are passed over. Decisions
    stay. `keep_going` is asked before each text; what was read until then is kept.
    """
    unread = queries.unread_texts(texts)
    # Reading takes seconds: nobody is locked out meanwhile.
    read = {
        text.subject: (text, queries.suggested_labels(text.text, text.language))
        for text in takewhile(lambda _text: keep_going(), unread)
    }
    if not read:
        return Labelled(0, 0)
    return _keep(list(read.values()), at)


@transaction.atomic
def _keep(
    read: list[tuple[queries.TextToLabel, Suggestions]], at: datetime
) -> Labelled:
    rows = LabelledText.objects.bulk_create(
        [
            LabelledText(
                subject=text.subject,
                text=text.text,
                language=found.language,
                model=found.model,
                labelled_at=at,
            )
            for text, found in read
        ],
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["text", "language", "model", "labelled_at"],
        batch_size=BATCH,
    )
    LabelSuggestion.objects.filter(labelled_text__in=rows).delete()
    labels = [
        LabelSuggestion(
            labelled_text=row,
            axis=label.axis,
            code=label.code,
            score=label.score,
            evidence=[asdict(words) for words in label.evidence],
        )
        for row, (_text, found) in zip(rows, read, strict=True)
        for label in (*found.action_lines, *found.goals)
    ]
    LabelSuggestion.objects.bulk_create(labels, batch_size=BATCH)
    done = Labelled(len(rows), len({label.labelled_text_id for label in labels}))
    audit.record(
        action="framework.labels_suggested",
        actor=None,
        subject=rows[0],
        at=at,
        details=asdict(done) | {"n_labels": len(labels), "model": rows[0].model},
    )
    return done


@transaction.atomic
def decide_label(
    *,
    subject: models.Model,
    axis: Axis,
    code: str,
    is_confirmed: bool,
    decided_by: AbstractBaseUser,
    at: datetime,
) -> LabelDecision:
    """
    Confirm or decline a label that a row's text suggests; a decision can be turned.

    The words and the machine's score are kept with it, to learn from later.

    Raises
    ------
    LabelNotSuggested, LabelDecidedAlready
    """
    name = name_of(subject)
    # Locked, so that two who decide at once do so one after the other.
    text = LabelledText.objects.select_for_update().filter(subject=name).first()
    label = {"axis": axis, "code": code}
    suggestion = LabelSuggestion.objects.filter(labelled_text=text, **label).first()
    decision = LabelDecision.objects.filter(subject=name, **label).first()
    if text is None or (suggestion is None and decision is None):
        raise LabelNotSuggested(label=code)
    if decision is not None and decision.is_confirmed == is_confirmed:
        raise LabelDecidedAlready
    decision = decision or LabelDecision(subject=name, **label)
    if suggestion is not None:
        decision.text, decision.language = text.text, text.language
        decision.model, decision.score = text.model, suggestion.score
    decision.is_confirmed = is_confirmed
    return _decided(decision, subject, decided_by, at)


@transaction.atomic
def add_label(
    *,
    subject: models.Model,
    axis: Axis,
    code: str,
    added_by: AbstractBaseUser,
    at: datetime,
) -> LabelDecision:
    """
    Confirm a label that no machine found; `decide_label` can turn it.

    Raises
    ------
    LabelDecidedAlready
    """
    name = name_of(subject)
    text = LabelledText.objects.select_for_update().filter(subject=name).first()
    decision = LabelDecision(subject=name, axis=axis, code=code, is_confirmed=True)
    if LabelDecision.objects.filter(subject=name, axis=axis, code=code).exists():
        raise LabelDecidedAlready
    if text is not None:
        decision.text, decision.language = text.text, text.language
        decision.model = text.model
    return _decided(decision, subject, added_by, at)


def _decided(
    decision: LabelDecision,
    subject: models.Model,
    by: AbstractBaseUser,
    at: datetime,
) -> LabelDecision:
    decision.decided_by_id, decision.decided_at = by.pk, at
    decision.save()
    audit.record(
        action="framework.label_"
        + ("confirmed" if decision.is_confirmed else "declined"),
        actor=by,
        subject=subject,
        at=at,
        details={
            "axis": decision.axis,
            "code": decision.code,
            "score": decision.score,
            "model": decision.model,
        },
    )
    return decision


@transaction.atomic
def hand_over_labels(*, giver: models.Model, taker: models.Model) -> None:
    """
    Let what one row's text suggests, and what was decided about it, be another row's.

    It takes the place of what the other's text suggested and of decisions on the same
    labels. Part of a larger decision, which leaves the audit entry.
    """
    before, after = name_of(giver), name_of(taker)
    text = LabelledText.objects.filter(subject=before)
    if text.exists():
        LabelledText.objects.filter(subject=after).delete()
        text.update(subject=after)
    decided = LabelDecision.objects.filter(subject=before)
    same = decided.filter(axis=models.OuterRef("axis"), code=models.OuterRef("code"))
    LabelDecision.objects.filter(models.Exists(same), subject=after).delete()
    decided.update(subject=after)


@transaction.atomic
def forget_labels(*, subject: models.Model) -> None:
    """
    Forget a row's text, what it suggests and what was decided: nobody may see it.

    Part of a larger decision, which leaves the audit entry.
    """
    LabelledText.objects.filter(subject=name_of(subject)).delete()
    LabelDecision.objects.filter(subject=name_of(subject)).delete()
