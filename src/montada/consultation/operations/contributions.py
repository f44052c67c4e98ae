"""Writing: a contribution is begun, and saved as it grows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.choices import ContributionState, SignedAs
from montada.consultation.engine.questions import cleaned, is_too_long
from montada.consultation.engine.values import Identity
from montada.consultation.models import Answer, Contribution
from montada.consultation.operations.calls import check_secretariat
from montada.consultation.operations.publishing import publish_contribution
from montada.consultation.operations.signing import keep_identity
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
    new = new_draft(call, written_in, begun_by, at)
    _record("consultation.contribution_begun", new, begun_by, at)
    return new


def new_draft(
    call: Call, written_in: str, author: Person, at: datetime
) -> Contribution:
    """
    Return a draft of somebody in an open call; nothing of it is in the trail yet.

    Raises
    ------
    CallNotOpen, CallClosed
    """
    check_window(call, at)
    last = queries.last_told(author)
    return Contribution.objects.create(
        call=call,
        language=written_in,
        author=author,
        author_name=author.name,
        position=last.position,
        gender=last.gender,
        stakeholder_group_id=last.stakeholder_group_id,
        country_id=last.country_id,
        organisation_name=last.organisation_name,
        signed_as=last.signed_as,
        may_publish=last.may_publish,
        written_at=at,
    )


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

    What was said in the room of a meeting, or what came after the deadline; what is
    sent after it is marked as late, and needs a note before.

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
    keep_answers(now, answers)
    mark_late(now, at)
    now.revision += 1
    now.written_at = at
    now.save()
    if now.receipt:
        # What comes back for a change is read as it is, by those its author lets.
        publish_contribution(contribution=now)
    return now


def mark_late(now: Contribution, at: datetime) -> None:
    """Say of what is not sent yet whether the secretariat enters it too late."""
    if not now.receipt:
        is_entered = now.entered_by_id is not None and now.meeting_id is None
        now.is_late = is_entered and now.call.is_over_at(at)


def keep_answers(now: Contribution, answers: Mapping[str, Any]) -> None:
    """
    Bind each answer to the present version of its question; its title is not saved yet.

    Raises
    ------
    AnswerTooLong
    """
    questions = queries.questions_of(now.call)
    for row, asked in zip(questions, queries.asked(questions), strict=True):
        if row.key not in answers:
            continue
        value = cleaned(asked, answers[row.key])
        if is_too_long(asked, value):
            raise AnswerTooLong(question=str(row.label))
        if row.key == "title":
            now.title = LocalizedText.of(now.language, value) if value else NO_TEXT
        # An answer to an older version of it is answered anew.
        now.answers.filter(question__key=row.key).exclude(question=row).delete()
        if value:
            Answer.objects.update_or_create(
                contribution=now, question=row, defaults={"value": value}
            )
        else:
            now.answers.filter(question=row).delete()


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


def check_window(call: Call, at: datetime) -> None:
    """Raise `CallClosed` or `CallNotOpen` unless a call is open at a moment."""
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
