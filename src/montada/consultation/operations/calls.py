"""What can happen to calls: they are opened and moved; what a consultation wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.adapters.question_files import default_calls
from montada.consultation.choices import TargetAxis
from montada.consultation.engine.values import CallPlan, QuestionPlan
from montada.consultation.models import Call, ParticipationTarget, Question
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_text

if TYPE_CHECKING:
    from montada.edition.models import Edition
    from montada.language.engine.text import LocalizedText
    from montada.participation.models import Person


ALL = 100


class NoConsultationPhase(Refusal):
    code = "consultation.no_consultation_phase"
    message = _(
        "This edition has no phase of open consultation yet: set it first, calls are "
        "open in it."
    )


class CallClosesFirst(Refusal):
    code = "consultation.call_closes_first"
    message = _("A call closes after it opens.")


class TargetUnknown(Refusal):
    code = "consultation.target_unknown"
    message = _(
        "A target names a side of an axis once, and a share of 1 to 100 %%: "
        "%(axis)s, %(value)s."
    )


class TargetsBeyondAll(Refusal):
    code = "consultation.targets_beyond_all"
    message = _(
        "The least shares of “%(axis)s” are %(sum)s %% together: no contributions can "
        "reach more than 100 %%."
    )


class NotTheSecretariat(Refusal):
    code = "consultation.not_the_secretariat"
    message = _("Only the secretariat decides this.")
    status = 403


def check_secretariat(person: Person | None, edition: Edition) -> None:
    """Raise `NotTheSecretariat` unless somebody runs an edition's consultation."""
    if person is not None and not queries.may_change(person, edition):
        raise NotTheSecretariat


@transaction.atomic
def open_calls(
    *, edition: Edition, opened_by: Person | None = None, at: datetime
) -> list[Call]:
    """
    Give an edition the calls and questions of the data file; what it has stays.

    Each is open in the edition's consultation phase.

    Raises
    ------
    NotTheSecretariat, NoConsultationPhase
    """
    check_secretariat(opened_by, edition)
    phase = queries.consultation_phase(edition)
    if phase is None:
        raise NoConsultationPhase
    known = set(queries.calls_of(edition).values_list("kind", flat=True))
    new = []
    for order, plan in enumerate(default_calls()):
        if plan.kind in known:
            continue
        call = Call.objects.create(
            edition=edition,
            kind=plan.kind,
            intro=plan.intro,
            opens_at=phase.opens_at,
            closes_at=phase.closes_at,
            order=order,
        )
        _ask(call, plan, at)
        new.append(call)
    if new:
        audit.record(
            action="consultation.calls_opened",
            actor=opened_by,
            subject=edition,
            at=at,
            details={"calls": [call.kind for call in new]},
        )
    return list(queries.calls_of(edition))


def _ask(call: Call, plan: CallPlan, at: datetime) -> None:
    Question.objects.bulk_create(
        Question(call=call, order=order, written_at=at, **columns_of(question))
        for order, question in enumerate(plan.questions)
    )


def columns_of(plan: QuestionPlan) -> dict[str, object]:
    """Return what a question's row holds of its plan."""
    columns = {name: getattr(plan, name) for name in QuestionPlan.__slots__}
    return columns | {"choices": list(plan.choices), "shown_if": dict(plan.shown_if)}


@transaction.atomic
def set_call(
    *,
    call: Call,
    opens_at: datetime,
    closes_at: datetime,
    intro: LocalizedText,
    set_by: Person | None,
    at: datetime,
) -> Call:
    """
    Say when a call is open, and what is read above its questions.

    Raises
    ------
    NotTheSecretariat, CallClosesFirst
    """
    check_secretariat(set_by, call.edition)
    if closes_at <= opens_at:
        raise CallClosesFirst
    before = {"opens": call.opens_at.isoformat(), "closes": call.closes_at.isoformat()}
    call.opens_at, call.closes_at = opens_at, closes_at
    call.intro = harmless_text(intro)
    call.save()
    audit.record(
        action="consultation.call_set",
        actor=set_by,
        subject=call,
        at=at,
        details={
            "before": before,
            "opens": opens_at.isoformat(),
            "closes": closes_at.isoformat(),
        },
    )
    return call


@transaction.atomic
def set_targets(
    *,
    edition: Edition,
    targets: Sequence[tuple[str, str, int]],
    set_by: Person | None,
    at: datetime,
) -> None:
    """
    Say which share of contributions an edition wants from whom, in place of before.

    Each target is axis (`choices.TargetAxis`), value and least percent, 1 to 100.

    Raises
    ------
    NotTheSecretariat, TargetUnknown, TargetsBeyondAll
    """
    check_secretariat(set_by, edition)
    _check_targets(targets)
    ParticipationTarget.objects.filter(edition=edition).delete()
    ParticipationTarget.objects.bulk_create(
        ParticipationTarget(
            edition=edition, axis=axis, value=value, least_percent=percent
        )
        for axis, value, percent in targets
    )
    audit.record(
        action="consultation.targets_set",
        actor=set_by,
        subject=edition,
        at=at,
        details={"targets": [f"{a} {v}: {p}" for a, v, p in targets]},
    )


def _check_targets(targets: Sequence[tuple[str, str, int]]) -> None:
    reader, seen = page_language(), set()
    together: Counter[str] = Counter()
    for axis, value, percent in targets:
        is_side = axis in TargetAxis.values and value in queries.names_of(axis, reader)
        if not is_side or (axis, value) in seen or not 1 <= percent <= ALL:
            raise TargetUnknown(axis=axis, value=value)
        seen.add((axis, value))
        # A contribution stands on one side of an axis: shares of all sides make 100.
        together[axis] += percent
    for axis, percent in together.items():
        if percent > ALL:
            raise TargetsBeyondAll(axis=TargetAxis(axis).label, sum=percent)
