"""Panels: speakers are seated on them, and asked by letter."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.choices import SeatRole
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Proposal, Seat, Session
from montada.programme.operations.asking_speakers import (
    ask_by_letter,
    record_seat,
)
from montada.programme.operations.finding_speakers import found_speaker
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.proposals import changeable
from montada.programme.operations.sessions import SessionCancelled

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_SEATS = 30


class SeatedAlready(Refusal):
    code = "programme.seated_already"
    message = _("%(name)s is on this panel already.")


class PanelFull(Refusal):
    code = "programme.panel_full"
    message = _("A panel has at most 30 people.")


class RoleUnknown(Refusal):
    code = "programme.role_unknown"
    message = _("Choose what they do in the session.")


class AddressMissing(Refusal):
    code = "programme.address_missing"
    message = _("Without an e-mail address nobody can be asked.")


@transaction.atomic
def seat_speaker(  # noqa: PLR0913 - a seat has that many sides
    *,
    proposal: Proposal | None = None,
    session: Session | None = None,
    facts: SpeakerFacts,
    role: str = SeatRole.PANELLIST.value,
    is_remote: bool = False,
    seated_by: Person | None,
    at: datetime,
) -> Seat:
    """
    Seat a speaker on the panel of a proposal, or of a session; ask them by letter.

    Somebody known under the same address keeps their profile; what it does not say yet
    is learned. The key of the letter is in the letter alone.

    Raises
    ------
    NotYourProposal, ProposalClosed, NotTheSecretariat, SessionCancelled, RoleUnknown,
    SeatedAlready, PanelFull, and those of `found_speaker`
    """
    proposal, session = _where(proposal, session, seated_by)
    if role not in SeatRole.values:
        raise RoleUnknown
    taken = _panel(proposal, session)
    if len(taken) >= MOST_SEATS:
        raise PanelFull
    speaker = found_speaker(facts=facts, at=at)
    if any(seat.speaker_id == speaker.pk for seat in taken):
        raise SeatedAlready(name=speaker.name)
    seat = Seat.objects.create(
        proposal=proposal,
        session=session,
        speaker=speaker,
        role=role,
        is_remote=is_remote,
        order=max((seat.order for seat in taken), default=-1) + 1,
    )
    record_seat("programme.speaker_seated", seat, seated_by, at, role=role)
    if speaker.email:
        ask_by_letter(seat, facts.language or getattr(seated_by, "language", ""), at)
    return seat


def _where(
    proposal: Proposal | None, session: Session | None, by: Person | None
) -> tuple[Proposal | None, Session | None]:
    """
    Return proposal and session of a seat: whoever has one seat has it in both.

    Nobody works on the panel of what was cancelled.
    """
    if proposal is None and session is None:
        raise TypeError("a seat is on the panel of a proposal or of a session")
    if proposal is None and session is not None:
        proposal = session.proposal
    if proposal is not None:
        proposal = changeable(proposal, by)
        session = getattr(proposal, "session", None)
    elif session is not None:
        check_secretariat(by, session.edition)
    if session is not None and session.is_cancelled:
        raise SessionCancelled
    return proposal, session


def _panel(proposal: Proposal | None, session: Session | None) -> list[Seat]:
    rows = Seat.objects.filter(proposal=proposal) if proposal else Seat.objects.none()
    if session is not None:
        rows = rows | Seat.objects.filter(session=session)
    return list(rows.distinct())


@transaction.atomic
def ask_again(
    *, seat: Seat, language: str = "", asked_by: Person | None, at: datetime
) -> Seat:
    """
    Write the letter to a speaker anew; the key of the one before opens nothing more.

    Raises
    ------
    NotYourProposal, ProposalClosed, NotTheSecretariat, SessionCancelled, AddressMissing
    """
    _where(seat.proposal, seat.session, asked_by)
    if not seat.speaker.email:
        raise AddressMissing
    record_seat("programme.speaker_asked", seat, asked_by, at)
    ask_by_letter(seat, language or getattr(asked_by, "language", ""), at)
    return seat


@transaction.atomic
def unseat_speaker(*, seat: Seat, unseated_by: Person | None, at: datetime) -> None:
    """
    Take a speaker from a panel; their profile stays.

    Raises
    ------
    NotYourProposal, ProposalClosed, NotTheSecretariat, SessionCancelled
    """
    _where(seat.proposal, seat.session, unseated_by)
    record_seat("programme.speaker_unseated", seat, unseated_by, at)
    seat.delete()
