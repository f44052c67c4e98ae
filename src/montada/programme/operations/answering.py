"""What who was asked to speak answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.choices import SeatState
from montada.programme.models import Seat
from montada.programme.operations.asking_speakers import edition_of_seat, record_seat
from montada.programme.operations.told_of_proposals import tell_of_proposal
from montada.programme.queries.proposals import may_write_proposal, people_of
from montada.programme.queries.speakers import is_past

if TYPE_CHECKING:
    from montada.participation.models import Person


class NotYourSeat(Refusal):
    code = "programme.not_your_seat"
    message = _("Whoever was asked to speak answers; their letter leads to the answer.")
    status = 403


class ForumOver(Refusal):
    code = "programme.forum_over"
    message = _("This edition of the forum is over: nothing is answered any more.")


@transaction.atomic
def answer_seat(
    *,
    seat: Seat,
    is_coming: bool,
    is_remote: bool | None = None,
    answered_by: Person | None,
    at: datetime,
) -> Seat:
    """
    Say whether a speaker comes; those who hand the proposal in are told.

    Nobody (None) is the one who holds the key of the letter. For a speaker without an
    address those of the proposal answer; for others nobody but themselves.

    Raises
    ------
    NotYourSeat, ForumOver
    """
    row = _held(seat)
    if answered_by is not None and not _answers(answered_by, row):
        raise NotYourSeat
    edition = edition_of_seat(row)
    if is_past(edition, at):
        raise ForumOver
    row.state = SeatState.CONFIRMED if is_coming else SeatState.DECLINED
    row.answered_at = at
    if is_remote is not None:
        row.is_remote = is_remote
    row.save(update_fields=["state", "answered_at", "is_remote"])
    record_seat("programme.speaker_answered", row, answered_by, at, coming=is_coming)
    if row.proposal is not None:
        tell_of_proposal(
            proposal=row.proposal,
            template="programme_speaker_answered",
            to=[p for p in people_of(row.proposal) if p != answered_by],
            at=at,
            speaker=row.speaker.name,
            is_coming=is_coming,
        )
    return row


def _answers(person: Person, row: Seat) -> bool:
    if row.speaker.person_id == person.pk:
        return True
    if row.speaker.email or row.proposal is None:
        return False
    return may_write_proposal(person, row.proposal)


def _held(seat: Seat) -> Seat:
    rows = Seat.objects.select_for_update(of=("self",))
    return rows.select_related("speaker", "proposal__edition").get(pk=seat.pk)
