"""Who is told of an offer of merging and its answer; each by what they may read."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from montada.programme.operations.told_of_proposals import tell_of_proposal
from montada.programme.queries.merging import asked_to_merge
from montada.programme.queries.proposals import may_read_proposal, people_of

if TYPE_CHECKING:
    from montada.participation.models import Person
    from montada.programme.models import MergeOffer, Proposal


def tell_offer(offer: MergeOffer, *, at: datetime) -> None:
    """Ask those of the side that did not offer."""
    part, whole = offer.proposal, offer.into
    is_part = asked_to_merge(offer) == part
    asked, other = (part, whole) if is_part else (whole, part)
    _tell(
        people_of(asked),
        about=asked,
        other=other,
        template="programme_merge_offered",
        at=at,
        words=offer.words,
        is_part=is_part,
    )


def tell_answer(offer: MergeOffer, by: Person | None, *, at: datetime) -> None:
    """Tell those of each side about their own, and who offered about the part."""
    part, whole = offer.proposal, offer.into
    of_part = people_of(part)
    if offer.offered_by and may_read_proposal(offer.offered_by, part):
        of_part.append(offer.offered_by)
    of_whole = [one for one in people_of(whole) if one not in of_part]
    for about, other, people in ((part, whole, of_part), (whole, part, of_whole)):
        _tell(
            (one for one in people if one != by),
            about=about,
            other=other,
            template="programme_merge_answered",
            at=at,
            is_accepted=offer.accepted_at is not None,
            is_part=about is part,
        )


def tell_of_withdrawn_whole(
    part: Proposal, whole: Proposal, told: Container[Person | None], *, at: datetime
) -> None:
    """Tell those of a part that it stands on its own; not who was `told` elsewhere."""
    _tell(
        (one for one in people_of(part) if one not in told),
        about=part,
        other=whole,
        template="programme_taken_apart",
        at=at,
    )


def _tell(
    people: Iterable[Person],
    *,
    about: Proposal,
    other: Proposal,
    template: str,
    at: datetime,
    **values: Any,
) -> None:
    for person in dict.fromkeys(people):
        tell_of_proposal(
            proposal=about,
            template=template,
            to=[person],
            at=at,
            # Without its title it is named by its number, so that both know which.
            other=other.title if may_read_proposal(person, other) else None,
            number=other.reference,
            **values,
        )
