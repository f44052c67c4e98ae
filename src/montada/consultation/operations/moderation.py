"""What moderators decide about statements: for all to read, and never about votes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation.choices import (
    StatementReason,
    StatementState,
    StatementStep,
)
from montada.consultation.models import Statement, StatementDecision
from montada.consultation.operations.publishing import publish_statement
from montada.consultation.operations.statements import StatementUnknown
from montada.consultation.operations.words import note_words
from montada.djangokit.refusals import Refusal
from montada.participation import operations as participation
from montada.participation import queries as people

if TYPE_CHECKING:
    from montada.participation.models import Person

HELD_FOR = timedelta(minutes=15)


class HeldByAnother(Refusal):
    code = "consultation.held_by_another"
    message = _("Another moderator is deciding about this statement just now.")


class DecidedAlready(Refusal):
    code = "consultation.decided_already"
    message = _("This has been decided already. Look at the statement again.")


class ReasonMissing(Refusal):
    code = "consultation.reason_missing"
    message = _("Choose a reason from the list: it is shown to everybody.")


class ReplacementUnknown(Refusal):
    code = "consultation.replacement_unknown"
    message = _("Give the number of an open statement of the same edition.")


class NotYourStatement(Refusal):
    code = "consultation.not_your_statement"
    message = _("Only the author of a statement answers a decision about it, and once.")


@transaction.atomic
def take_up(*, statement: Statement, taken_by: Person, at: datetime) -> Statement:
    """
    Hold a statement for one moderator, for fifteen minutes from their last look.

    Raises
    ------
    StatementUnknown, HeldByAnother
    """
    now = free_statement(statement, taken_by, at)
    now.held_by, now.held_until = taken_by, at + HELD_FOR
    now.save(update_fields=["held_by", "held_until"])
    return now


@transaction.atomic
def open_statement(
    *, statement: Statement, opened_by: Person | None, at: datetime
) -> StatementDecision:
    """
    Let people vote on a statement that waited, or was not taken up before.

    Raises
    ------
    StatementUnknown, HeldByAnother, DecidedAlready
    """
    now = free_statement(statement, opened_by, at)
    if now.state not in (StatementState.WAITING, StatementState.DECLINED):
        raise DecidedAlready
    now.opened_at = at
    now.in_favour_of = now.moved_to = None
    return keep_decision(now, StatementStep.OPENED, opened_by, at)


@transaction.atomic
def decline_statement(
    *, statement: Statement, reason: str, note: str, declined_by: Person, at: datetime
) -> StatementDecision:
    """
    Not take up a statement that waits; its author is told why and may answer.

    Raises
    ------
    StatementUnknown, HeldByAnother, DecidedAlready, ReasonMissing, WordsTooMany
    """
    words = _checked(reason, note)
    now = free_statement(statement, declined_by, at)
    if now.state != StatementState.WAITING:
        raise DecidedAlready
    return keep_decision(now, StatementStep.DECLINED, declined_by, at, reason, words)


@transaction.atomic
def retire_statement(
    *,
    statement: Statement,
    reason: str,
    note: str,
    retired_by: Person,
    at: datetime,
    in_favour_of: Statement | None = None,
) -> StatementDecision:
    """
    End voting on a statement. Votes stay where they were cast, and are counted there.

    Support is never moved: who agreed with one sentence has not agreed with another.
    Readers are led to the statement that takes its place, if there is one.

    Raises
    ------
    StatementUnknown, HeldByAnother, DecidedAlready, ReasonMissing, WordsTooMany
    ReplacementUnknown
    """
    words = _checked(reason, note)
    now = free_statement(statement, retired_by, at)
    if now.state != StatementState.OPEN:
        raise DecidedAlready
    if in_favour_of is not None:
        is_open = in_favour_of.state == StatementState.OPEN
        is_other = in_favour_of.pk != now.pk
        if not (is_open and is_other and in_favour_of.edition_id == now.edition_id):
            raise ReplacementUnknown
        now.in_favour_of = in_favour_of
    return keep_decision(now, StatementStep.RETIRED, retired_by, at, reason, words)


@transaction.atomic
def answer_decision(
    *, decision: StatementDecision, text: str, answered_by: Person, at: datetime
) -> StatementDecision:
    """
    Let the author of a statement say something to a decision, once, for all to read.

    Raises
    ------
    NotYourStatement, WordsTooMany
    """
    words = note_words(text)
    now = (
        StatementDecision.objects.select_for_update(of=("self",))
        .select_related("statement")
        .get(pk=decision.pk)
    )
    is_author = now.statement.author_id == answered_by.pk
    if not is_author or now.answered_at is not None or not words:
        raise NotYourStatement
    now.answer, now.answered_at = words, at
    now.save(update_fields=["answer", "answered_at"])
    # As with proposing: the trail does not say who the author is.
    audit.record(
        action="consultation.statement_answered",
        actor=None,
        subject=now.statement,
        at=at,
        reason=words,
    )
    _tell_secretariat(now, at)
    return now


def free_statement(
    statement: Statement, person: Person | None, at: datetime
) -> Statement:
    """Return the statement as it stands, locked, unless another moderator holds it."""
    now = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("author", "held_by")
        .filter(pk=statement.pk)
        .first()
    )
    if now is None:
        raise StatementUnknown
    is_held = now.held_until is not None and now.held_until > at
    if is_held and person is not None and now.held_by_id != person.pk:
        raise HeldByAnother
    return now


def _checked(reason: str, note: str) -> str:
    if reason not in StatementReason.values:
        raise ReasonMissing
    return note_words(note)


def keep_decision(
    statement: Statement,
    step: StatementStep,
    by: Person | None,
    at: datetime,
    reason: str = "",
    note: str = "",
) -> StatementDecision:
    """Bring a held statement to its next state, for the log, and tell its author."""
    statement.state = {
        StatementStep.OPENED: StatementState.OPEN,
        StatementStep.DECLINED: StatementState.DECLINED,
        StatementStep.RETIRED: StatementState.RETIRED,
    }[step]
    statement.held_by = statement.held_until = None
    statement.save()
    decision = StatementDecision.objects.create(
        statement=statement,
        step=step,
        reason=reason,
        note=note,
        decided_by=by,
        decided_at=at,
    )
    audit.record(
        action=f"consultation.statement_{step.value}",
        actor=by,
        subject=statement,
        at=at,
        reason=note,
        details={"reason": reason, "in_favour_of": statement.in_favour_of_id},
    )
    publish_statement(statement=statement)
    if statement.author is not None:
        _tell(statement.author, decision, "consultation_statement_decided", at)
    return decision


def _tell_secretariat(decision: StatementDecision, at: datetime) -> None:
    for person in people.secretariat():
        _tell(person, decision, "consultation_statement_answered", at)


def _tell(
    person: Person, decision: StatementDecision, template: str, at: datetime
) -> None:
    if not (person.is_active and person.email):
        return
    with translation.override(person.language):
        draft = decision.statement.moved_to
        values: dict[str, Any] = {
            "statement": str(decision.statement.text),
            "call": draft.call.get_kind_display() if draft else "",
            "draft_url": draft
            and people.forum_address(reverse("consultation:draft", args=[draft.pk])),
            "step": decision.get_step_display(),
            "reason": decision.get_reason_display() if decision.reason else "",
            "note": decision.note,
            "answer": decision.answer,
            "url": people.forum_address(reverse("consultation:my_statements")),
        }
        participation.write_message(
            to_email=person.email,
            person=person,
            language=person.language,
            template=template,
            values=values,
            at=at,
        )
