"""What can happen to calls: they are opened, moved, and ask other questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.adapters.question_files import default_calls
from montada.consultation.engine.values import CallPlan, QuestionPlan
from montada.consultation.models import Call, ParticipationTarget, Question
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.edition.models import Edition
    from montada.language.engine.text import LocalizedText
    from montada.participation.models import Person


class NoConsultationPhase(Refusal):
    code = "consultation.no_consultation_phase"
    message = _(
        "This edition has no phase of open consultation yet: set it first, calls are "
        "open in it."
    )


class CallClosesFirst(Refusal):
    code = "consultation.call_closes_first"
    message = _("A call closes after it opens.")


class QuestionWithoutWords(Refusal):
    code = "consultation.question_without_words"
    message = _("Write the question in at least one language.")


class QuestionNotChanged(Refusal):
    code = "consultation.question_not_changed"
    message = _("The question is as it was.")


class QuestionReplaced(Refusal):
    code = "consultation.question_replaced"
    message = _("Somebody changed this question meanwhile: look at it again.")


class TitleIsNeeded(Refusal):
    code = "consultation.title_is_needed"
    message = _("Every call asks for a title and for words: these two stay.")


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
        Question(call=call, order=order, written_at=at, **_columns(question))
        for order, question in enumerate(plan.questions)
    )


def _columns(plan: QuestionPlan) -> dict[str, object]:
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
    call.opens_at, call.closes_at, call.intro = opens_at, closes_at, intro
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
def change_question(
    *, question: Question, plan: QuestionPlan, changed_by: Person | None, at: datetime
) -> Question:
    """
    Ask a question otherwise from now on: the new version takes the old one's place.

    Answers stay bound to the version that was read. Key and kind stay.

    Raises
    ------
    NotTheSecretariat, QuestionReplaced, QuestionWithoutWords, QuestionNotChanged
    """
    now = _held(question, changed_by)
    if not plan.label:
        raise QuestionWithoutWords
    columns = _columns(plan) | {"key": now.key, "kind": now.kind}
    if all(getattr(now, name) == value for name, value in columns.items()):
        raise QuestionNotChanged
    now.replaced_at = at
    now.save(update_fields=["replaced_at"])
    new = Question.objects.create(
        call=now.call,
        version=now.version + 1,
        order=now.order,
        written_at=at,
        **columns,
    )
    _record("consultation.question_changed", new, changed_by, at)
    return new


@transaction.atomic
def add_question(
    *, call: Call, plan: QuestionPlan, added_by: Person | None, at: datetime
) -> Question:
    """
    Ask one question more, after the others.

    Raises
    ------
    NotTheSecretariat, QuestionWithoutWords
    """
    check_secretariat(added_by, call.edition)
    if not plan.label:
        raise QuestionWithoutWords
    versions = Question.objects.filter(call=call, key=plan.key)
    last = Question.objects.filter(call=call).order_by("-order").first()
    if versions.filter(replaced_at__isnull=True).exists():
        raise QuestionReplaced
    new = Question.objects.create(
        call=call,
        version=versions.count() + 1,
        order=last.order + 1 if last else 0,
        written_at=at,
        **_columns(plan),
    )
    _record("consultation.question_added", new, added_by, at)
    return new


@transaction.atomic
def remove_question(
    *, question: Question, removed_by: Person | None, at: datetime
) -> None:
    """
    Ask a question no more; answers to it stay.

    Raises
    ------
    NotTheSecretariat, QuestionReplaced, TitleIsNeeded
    """
    now = _held(question, removed_by)
    if now.key in {"title", "summary"}:
        raise TitleIsNeeded
    now.replaced_at = at
    now.save(update_fields=["replaced_at"])
    _record("consultation.question_removed", now, removed_by, at)


def _held(question: Question, person: Person | None) -> Question:
    found = Question.objects.select_for_update(of=("self",)).select_related("call")
    now = found.get(pk=question.pk)
    check_secretariat(person, now.call.edition)
    if now.replaced_at is not None:
        raise QuestionReplaced
    return now


def _record(action: str, question: Question, by: Person | None, at: datetime) -> None:
    audit.record(
        action=action,
        actor=by,
        subject=question.call,
        at=at,
        details={"question": question.key, "version": question.version},
    )


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
    NotTheSecretariat
    """
    check_secretariat(set_by, edition)
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
