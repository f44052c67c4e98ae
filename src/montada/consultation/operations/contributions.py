"""Writing: a contribution is begun, saved as it grows, and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.choices import ContributionState, SignedAs
from montada.consultation.engine.questions import Problem, cleaned, is_too_long
from montada.consultation.engine.values import Identity
from montada.consultation.models import Answer, Contribution, ContributionStep
from montada.consultation.operations.calls import check_secretariat
from montada.consultation.operations.signing import check_signature, keep_identity
from montada.consultation.operations.told import tell_of_receipt
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import NO_TEXT, LocalizedText

if TYPE_CHECKING:
    from montada.consultation.models import Call, ConsultationMeeting
    from montada.participation.models import Person


class CallNotOpen(Refusal):
    code = "consultation.call_not_open"
    message = _("This call is not open yet: it opens on %(opens)s.")


class CallClosed(Refusal):
    code = "consultation.call_closed"
    message = _(
        "This call is closed. Your draft stays; only the secretariat can enter it late."
    )


class NotYourContribution(Refusal):
    code = "consultation.not_your_contribution"
    message = _("Only its author writes in a contribution.")
    status = 403


class ContributionSent(Refusal):
    code = "consultation.contribution_sent"
    message = _(
        "This contribution was sent: it changes no more unless the secretariat asks "
        "you for a change."
    )


class ContributionSavedMeanwhile(Refusal):
    code = "consultation.saved_meanwhile"
    message = _(
        "This draft was saved elsewhere while you were writing. Look at what is here, "
        "and save again to keep your words."
    )


class ContributionNotReady(Refusal):
    """`problems` tells answer by answer what is missing or broken."""

    code = "consultation.not_ready"
    message = _("It cannot be sent yet: see what is said beside its questions.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


class AnswerTooLong(Refusal):
    code = "consultation.answer_too_long"
    message = _("One of the answers is longer than can be kept: %(question)s.")


@transaction.atomic
def begin_contribution(
    *, call: Call, written_in: str, begun_by: Person, at: datetime
) -> Contribution:
    """
    Begin a contribution that nobody else sees yet, with what is known of its author.

    Raises
    ------
    CallNotOpen, CallClosed
    """
    _check_window(call, at)
    last = queries.last_told(begun_by)
    new = Contribution.objects.create(
        call=call,
        language=written_in,
        author=begun_by,
        author_name=begun_by.name,
        position=last.position,
        gender=last.gender,
        stakeholder_group_id=last.stakeholder_group_id,
        country_id=last.country_id,
        organisation_name=last.organisation_name,
        signed_as=last.signed_as,
        may_publish=last.may_publish,
        written_at=at,
    )
    _record("consultation.contribution_begun", new, begun_by, at)
    return new


@transaction.atomic
def enter_contribution(
    *,
    call: Call,
    written_in: str,
    author: Person | None = None,
    meeting: ConsultationMeeting | None = None,
    entered_by: Person,
    at: datetime,
) -> Contribution:
    """
    Begin a contribution that the secretariat writes down for somebody else.

    What was said in the room of a meeting, or what came after the deadline; the second
    is marked as late, and needs a note before it is sent.

    Raises
    ------
    NotTheSecretariat
    """
    check_secretariat(entered_by, call.edition)
    new = Contribution.objects.create(
        call=call,
        language=written_in,
        author=author,
        author_name=author.name if author else "",
        meeting=meeting,
        is_late=meeting is None and call.is_over_at(at),
        entered_by=entered_by,
        written_at=at,
    )
    _record("consultation.contribution_entered", new, entered_by, at)
    return new


@transaction.atomic
def save_contribution(
    *,
    contribution: Contribution,
    identity: Identity,
    answers: Mapping[str, Any],
    revision: int,
    saved_by: Person,
    at: datetime,
) -> Contribution:
    """
    Save a draft as it stands; what is missing does not keep it from being saved.

    `revision` is that which its writer saw. `answers` are by key of the question; keys
    that the call does not ask are passed over. A draft is no decision: it leaves no
    entry in the trail.

    Raises
    ------
    NotYourContribution, ContributionSent, ContributionSavedMeanwhile, AnswerTooLong
    """
    now = editable(contribution, saved_by)
    if now.revision != revision:
        raise ContributionSavedMeanwhile
    keep_identity(now, identity)
    said = _keep_answers(now, answers)
    if "title" in said:
        words = said["title"]
        now.title = LocalizedText.of(now.language, words) if words else NO_TEXT
    now.revision += 1
    now.written_at = at
    now.save()
    return now


def _keep_answers(now: Contribution, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Bind each answer to the present version of its question; return the cleaned."""
    questions = queries.questions_of(now.call)
    said = {}
    for row, asked in zip(questions, queries.asked(questions), strict=True):
        if row.key not in answers:
            continue
        value = cleaned(asked, answers[row.key])
        if is_too_long(asked, value):
            raise AnswerTooLong(question=str(row.label))
        said[row.key] = value
        # An answer to an older version of it is answered anew.
        now.answers.filter(question__key=row.key).exclude(question=row).delete()
        if value:
            Answer.objects.update_or_create(
                contribution=now, question=row, defaults={"value": value}
            )
        else:
            now.answers.filter(question=row).delete()
    return said


@transaction.atomic
def submit_contribution(
    *, contribution: Contribution, submitted_by: Person, at: datetime
) -> Contribution:
    """
    Send a contribution; it gets its number, and waits for the secretariat.

    Answers to questions that were not asked of it, by their condition, are let go.

    Raises
    ------
    NotYourContribution, ContributionSent, CallNotOpen, CallClosed,
    ContributionNotReady, NotTheFocalPoint
    """
    now = editable(contribution, submitted_by)
    if not queries.is_open_for(now, at):
        _check_window(now.call, at)
    if problems := queries.problems_in(now):
        raise ContributionNotReady(problems)
    check_signature(now, submitted_by, at=at)
    questions = queries.questions_of(now.call)
    shown = queries.shown_answers(now, questions)
    now.answers.exclude(question__key__in=shown).delete()
    again = now.state == ContributionState.CHANGE_ASKED
    state = ContributionState.RESUBMITTED if again else ContributionState.SUBMITTED
    now.state = state
    now.receipt = now.receipt or f"{now.call.edition.year}-C{now.pk:05d}"
    now.submitted_at = now.submitted_at or at
    now.save()
    ContributionStep.objects.create(
        contribution=now, state=state, happened_at=at, taken_by=submitted_by
    )
    audit.record(
        action=f"consultation.contribution_{state.value}",
        actor=submitted_by,
        subject=now,
        at=at,
        details={"receipt": now.receipt, "late": now.is_late},
    )
    tell_of_receipt(contribution=now, at=at)
    return now


@transaction.atomic
def discard_contribution(
    *, contribution: Contribution, discarded_by: Person, at: datetime
) -> None:
    """
    Throw a draft away.

    Raises
    ------
    NotYourContribution, ContributionSent
    """
    now = editable(contribution, discarded_by)
    if now.state != ContributionState.DRAFT:
        raise ContributionSent
    _record("consultation.contribution_discarded", now, discarded_by, at)
    now.delete()


def editable(contribution: Contribution, person: Person) -> Contribution:
    """
    Return a contribution as it stands now, held for a change by its writer.

    Raises
    ------
    NotYourContribution, ContributionSent
    """
    rows = Contribution.objects.select_for_update(of=("self",))
    now = rows.select_related("call__edition", "author").filter(pk=contribution.pk)
    found = now.first()
    if found is None or not queries.may_write(person, found):
        raise NotYourContribution
    if not queries.is_editable(found):
        raise ContributionSent
    return found


def _check_window(call: Call, at: datetime) -> None:
    if call.is_over_at(at):
        raise CallClosed
    if not call.is_open_at(at):
        opens = call.opens_at.astimezone(call.edition.zone)
        raise CallNotOpen(opens=queries.moment_in_words(opens))


def _record(action: str, row: Contribution, by: Person, at: datetime) -> None:
    audit.record(
        action=action,
        actor=by,
        subject=row,
        at=at,
        details={"call": row.call.kind, "signed_as": SignedAs(row.signed_as).value},
    )
