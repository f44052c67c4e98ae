"""Merging: two proposals become one when those of the other side agree."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.consultation import operations as consultation
from montada.consultation import queries as consultation_queries
from montada.consultation.engine.life import may_follow
from montada.djangokit.refusals import Refusal
from montada.programme.choices import ProposalState, SeatState
from montada.programme.models import (
    MergeOffer,
    Proposal,
    ProposalOrganiser,
    ProposalSupport,
    Seat,
)
from montada.programme.operations.proposals import (
    NotYourProposal,
    held_proposal,
    record_proposal,
)
from montada.programme.operations.told_of_merging import tell_answer, tell_offer
from montada.programme.operations.words import kept_words
from montada.programme.queries.merging import may_answer_offer
from montada.programme.queries.proposals import may_write_proposal, runs_programme

if TYPE_CHECKING:
    from montada.participation.models import Person

State = ProposalState


class MergedIntoItself(Refusal):
    code = "programme.merged_into_itself"
    message = _("A proposal cannot be merged into itself.")


class NotMergeable(Refusal):
    code = "programme.not_mergeable"
    message = _(
        "Only proposals of one edition that nothing was decided about are merged."
    )


class OfferedAlready(Refusal):
    code = "programme.merge_offered_already"
    message = _("These two were proposed for merging already; the answer is awaited.")


class NotYoursToAnswer(Refusal):
    code = "programme.not_yours_to_answer"
    message = _("Those of the other proposal answer, not those who offered.")
    status = 403


class OfferAnswered(Refusal):
    code = "programme.offer_answered"
    message = _("This offer was answered already.")


@transaction.atomic
def offer_merge(
    *,
    proposal: Proposal,
    into: Proposal,
    words: str = "",
    offered_by: Person | None,
    at: datetime,
) -> MergeOffer:
    """
    Propose that a proposal goes on as a part of another; the other side is asked.

    The secretariat offers, or those of one of the two.

    Raises
    ------
    MergedIntoItself, NotYourProposal, NotMergeable, OfferedAlready, WordsTooMany
    """
    if proposal.pk == into.pk:
        raise MergedIntoItself
    part, whole = held_proposal(proposal), held_proposal(into)
    if offered_by is not None and not (
        may_write_proposal(offered_by, part) or may_write_proposal(offered_by, whole)
    ):
        raise NotYourProposal
    _check_mergeable(part, whole)
    waiting = MergeOffer.objects.filter(accepted_at=None, refused_at=None)
    pair = (part.pk, whole.pk)
    if waiting.filter(proposal__in=pair, into__in=pair).exists():
        raise OfferedAlready
    offer = MergeOffer.objects.create(
        proposal=part,
        into=whole,
        words=kept_words(words),
        offered_by=offered_by,
        offered_at=at,
    )
    record_proposal(
        "programme.merge_offered", part, offered_by, at, into=whole.reference
    )
    tell_offer(offer, at=at)
    return offer


@transaction.atomic
def answer_merge(
    *, offer: MergeOffer, is_accepted: bool, answered_by: Person | None, at: datetime
) -> MergeOffer:
    """
    Accept or refuse an offer of merging.

    On acceptance the part keeps its words, its people and its page, and is marked as
    merged; its organisers organise the whole, who speaks in it speaks there, and who
    would come to it comes there. The requests from which both come are merged as well.

    Raises
    ------
    NotYoursToAnswer, OfferAnswered, NotMergeable
    """
    part, whole = held_proposal(offer.proposal), held_proposal(offer.into)
    row = MergeOffer.objects.select_related("offered_by").get(pk=offer.pk)
    row.proposal, row.into = part, whole
    if row.accepted_at or row.refused_at:
        raise OfferAnswered
    if answered_by is not None and not may_answer_offer(answered_by, row):
        raise NotYoursToAnswer
    row.accepted_at = at if is_accepted else None
    row.refused_at = None if is_accepted else at
    row.save(update_fields=["accepted_at", "refused_at"])
    if is_accepted:
        _check_mergeable(part, whole)
        merge_away(part=part, whole=whole, merged_by=answered_by, at=at)
        _merge_requests(row, at)
    record_proposal(
        "programme.merge_answered",
        part,
        answered_by,
        at,
        into=whole.reference,
        agrees=is_accepted,
    )
    tell_answer(row, answered_by, at=at)
    return row


def _check_mergeable(part: Proposal, whole: Proposal) -> None:
    is_open = part.state == whole.state == State.RECEIVED
    if not is_open or part.edition_id != whole.edition_id:
        raise NotMergeable


def merge_away(
    *, part: Proposal, whole: Proposal, merged_by: Person | None, at: datetime
) -> None:
    """
    Let a proposal go on as a part of another. Called inside a transaction.

    Nothing of the part is lost: what the whole takes over, it copies.
    """
    part.state, part.merged_into = State.MERGED, whole
    part.save(update_fields=["state", "merged_into"])
    # What was merged into the part stays its part: readers follow from one to the next.
    _accept_for_whole(part, whole)
    known = set(whole.organisers.values_list("organisation", flat=True))
    ProposalOrganiser.objects.bulk_create(
        ProposalOrganiser(
            proposal=whole,
            organisation_id=row.organisation_id,
            asked_at=row.asked_at,
            accepted_at=row.accepted_at,
        )
        for row in part.organisers.filter(refused_at=None)
        if row.organisation_id not in known
    )
    # Who has not answered yet is asked of the whole.
    part.organisers.filter(accepted_at=None, refused_at=None).delete()
    _seat_in_whole(part, whole)
    ProposalSupport.objects.bulk_create(
        (
            ProposalSupport(
                proposal=whole, person_id=row.person_id, given_at=row.given_at
            )
            for row in part.supports.all()
        ),
        ignore_conflicts=True,
    )
    MergeOffer.objects.filter(proposal=part, accepted_at=None, refused_at=None).update(
        refused_at=at
    )
    MergeOffer.objects.filter(into=part, accepted_at=None, refused_at=None).update(
        refused_at=at
    )
    record_proposal(
        "programme.proposal_merged", part, merged_by, at, into=whole.reference
    )


def _accept_for_whole(part: Proposal, whole: Proposal) -> None:
    """Have those who organise the part organise the whole, whatever they said of it."""
    agreed = part.organisers.exclude(accepted_at=None)
    since = dict(agreed.values_list("organisation", "accepted_at"))
    for row in whole.organisers.filter(accepted_at=None, organisation__in=since):
        row.accepted_at, row.refused_at = since[row.organisation_id], None
        row.save(update_fields=["accepted_at", "refused_at"])


def _seat_in_whole(part: Proposal, whole: Proposal) -> None:
    """Have those who speak in the part do so in the whole, and answer for it."""
    _confirm_in_whole(part, whole)
    seated = list(whole.seats.values_list("speaker", flat=True))
    seats = part.seats.exclude(state=SeatState.DECLINED).exclude(speaker__in=seated)
    copies = list(seats)
    # Whoever answers by the letter that they have answers for the whole.
    seats.update(digest="")
    for order, copy in enumerate(copies, start=len(seated)):
        copy.pk, copy.proposal, copy.order = None, whole, order
    Seat.objects.bulk_create(copies)


def _confirm_in_whole(part: Proposal, whole: Proposal) -> None:
    """Let who is seated in both come to the whole, unless they refused that since."""
    seats = {seat.speaker_id: seat for seat in whole.seats.all()}
    both = part.seats.filter(speaker__in=seats)
    for theirs in both.filter(state=SeatState.CONFIRMED):
        seat = seats[theirs.speaker_id]
        if seat.state == SeatState.CONFIRMED or _is_newer(seat, theirs):
            continue
        seat.state, seat.answered_at = theirs.state, theirs.answered_at
        seat.save(update_fields=["state", "answered_at"])
    # They have a letter about the whole: nobody asks for the part any more.
    both.update(digest="")


def give_letters_back(*, part: Proposal, whole: Proposal) -> None:
    """Let who was asked for the whole, which is withdrawn, answer for the part."""
    there = {seat.speaker_id: seat for seat in whole.seats.all()}
    for seat in part.seats.filter(speaker__in=there):
        theirs = there[seat.speaker_id]
        if theirs.answered_at is not None and not _is_newer(seat, theirs):
            seat.state, seat.answered_at = theirs.state, theirs.answered_at
        # A letter that was written since they are apart holds.
        seat.digest, theirs.digest = seat.digest or theirs.digest, ""
        seat.save(update_fields=["state", "answered_at", "digest"])
        theirs.save(update_fields=["digest"])


def follow_merging(*, part: Proposal, followed_by: Person | None, at: datetime) -> bool:
    """
    Let the proposal of a merged request go on in that of its target, if both wait.

    Called inside a transaction. Returns whether it does.
    """
    request = part.contribution
    is_merged = request is not None and request.merged_into_id is not None
    if request is None or not is_merged or part.state != State.RECEIVED:
        return False
    root = consultation_queries.merged_root(request)
    whole = Proposal.objects.filter(contribution=root, state=State.RECEIVED).first()
    if whole is not None:
        merge_away(part=part, whole=whole, merged_by=followed_by, at=at)
    return whole is not None


def _is_newer(one: Seat, other: Seat) -> bool:
    if one.answered_at is None or other.answered_at is None:
        return one.answered_at is not None
    return one.answered_at > other.answered_at


def _merge_requests(row: MergeOffer, at: datetime) -> None:
    """Merge the requests too: what the consultation shows is then the same."""
    part, whole, by = row.proposal.contribution, row.into.contribution, row.offered_by
    if part is None or whole is None or not may_follow(part.state, "merged"):
        return
    # Organisers may merge proposals: the request follows, as on a decision. What they
    # wrote to each other is not for the trace, which everybody reads.
    is_decided_here = by is not None and runs_programme(by, row.into.edition)
    # A request that has moved on meanwhile stays as it is: its proposal is merged all
    # the same.
    with suppress(Refusal), transaction.atomic():
        consultation.merge_contributions(
            contribution=part,
            into=whole,
            words=row.words if is_decided_here else "",
            merged_by=by if is_decided_here else None,
            at=at,
        )
