"""What stays of proposals and panels when somebody is erased."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from montada.language.engine.text import NO_TEXT
from montada.programme.models import (
    Availability,
    Bookmark,
    Proposal,
    ProposalSupport,
    Score,
    Speaker,
)
from montada.programme.operations.pictures import forget_photo

if TYPE_CHECKING:
    from montada.participation.models import Person


@transaction.atomic
def forget_person(*, person: Person, addresses: Collection[str]) -> None:
    """
    Take a person out of the programme, also as a speaker who was asked by an address.

    Proposals stay, sent by nobody; a speaker keeps name and seats, which were public,
    and loses account, address, key, photo and all that was told voluntarily. Points
    stay, and name nobody. Who would have come is not counted any more. `addresses` are
    in small letters.
    """
    Proposal.objects.filter(submitted_by=person).update(submitted_by=None)
    ProposalSupport.objects.filter(person=person).delete()
    Bookmark.objects.filter(person=person).delete()
    known = Speaker.objects.annotate(address=Lower("email"))
    for speaker in known.filter(Q(person=person) | Q(address__in=addresses)):
        Availability.objects.filter(speaker=speaker).delete()
        speaker.seats.update(digest="")
        speaker.person, speaker.email = None, ""
        speaker.gender, speaker.is_young, speaker.timezone = "", None, ""
        speaker.biography = NO_TEXT
        forget_photo(speaker)
        speaker.save()
    _forget_reviewer(addresses, nobody=person.email)


def _forget_reviewer(addresses: Collection[str], nobody: str) -> None:
    """Give an address a name that says nothing, each spelling another."""
    known = Score.objects.annotate(address=Lower("reviewer"))
    written = known.filter(address__in=addresses).values_list("reviewer", flat=True)
    for number, reviewer in enumerate(sorted(set(written))):
        own = Score.objects.filter(reviewer=reviewer)
        own.update(reviewer=f"{nobody} {number}" if number else nobody)
