"""Proposals: whose they are, who may read and write them, and lists of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q, QuerySet

from montada.language.engine.folding import folded
from montada.participation import queries as people
from montada.programme.choices import ProposalState
from montada.programme.models import (
    MergeOffer,
    Proposal,
    ProposalOrganiser,
    ProposalSupport,
    Seat,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from montada.participation.models import Person

MAY_CHANGE = "programme.change_programme"

FILTERS = {
    "state": "state",
    "kind": "kind__code",
    "line": "action_lines",
    "group": "organisers__organisation__stakeholder_group",
}
"""What a list may be narrowed by, and where it stands."""

CHANGEABLE = frozenset({ProposalState.RECEIVED, ProposalState.ACCEPTED})
"""States in which its people go on working on a proposal."""


def proposals_of(edition: Any) -> QuerySet[Proposal]:
    """Return all proposals of an edition with kind and organisers. Three queries."""
    return (
        Proposal.objects.filter(edition=edition)
        .select_related("kind", "contribution")
        .prefetch_related(_organisers(), "action_lines")
    )


def public_proposals(edition: Any) -> QuerySet[Proposal]:
    """Return what anybody may read: not the requests whose author wants no readers."""
    return proposals_of(edition).filter(_PUBLIC)


_PUBLIC = Q(contribution__isnull=True) | Q(contribution__may_publish=True)


def with_readers() -> QuerySet[Proposal]:
    """Return proposals with what says who may read them."""
    rows = Proposal.objects.select_related("contribution", "edition")
    return rows.prefetch_related("organisers")


def _organisers() -> Prefetch[Any]:
    rows = ProposalOrganiser.objects.select_related("organisation__stakeholder_group")
    return Prefetch("organisers", rows)


def proposal(edition: Any, reference: str) -> Proposal | None:
    """Return a proposal with all that its page shows. Some queries."""
    rows = Proposal.objects.filter(edition=edition, reference=reference)
    rows = rows.select_related(
        "edition",
        "kind",
        "contribution__call__edition",
        "merged_into__contribution",
        "by_right",
        "submitted_by",
    )
    return rows.prefetch_related(
        _organisers(),
        "action_lines",
        "goals",
        Prefetch("merged", with_readers()),
        Prefetch("seats", seats().all()),
    ).first()


def seats() -> QuerySet[Seat]:
    return Seat.objects.select_related(
        "speaker__organisation", "speaker__stakeholder_group", "speaker__country"
    )


def narrowed_proposals(
    rows: QuerySet[Proposal], *, choice: Mapping[str, str], words: str
) -> QuerySet[Proposal]:
    """Return those that match every filter and hold all the words."""
    for name, column in FILTERS.items():
        if choice.get(name):
            rows = rows.filter(**{column: choice[name]})
    wanted = folded(words).split()
    if wanted:
        found = [
            pk
            for pk, reference, title, summary in rows.values_list(
                "pk", "reference", "title", "summary"
            )
            if _holds(wanted, reference, title, summary)
        ]
        rows = rows.filter(pk__in=found)
    return rows.annotate(n_supports=Count("supports", distinct=True)).order_by(
        "reference"
    )


def _holds(wanted: list[str], reference: str, *texts: Any) -> bool:
    said = [reference, *(w for text in texts for w in text.by_language.values())]
    whole = folded(" ".join(said))
    return all(word in whole for word in wanted)


def runs_programme(person: Any, edition: Any) -> bool:
    """Return whether somebody decides about an edition's programme."""
    return bool(person.is_authenticated and person.has_perm(MAY_CHANGE, edition))


def organises(person: Any, of: Proposal) -> bool:
    """Return whether somebody is of those who hand a proposal in: who sent it, or the
    people of organisations that agreed to organise it."""
    if not person.is_authenticated:
        return False
    if person.pk == of.submitted_by_id:
        return True
    return person.organisation_id is not None and any(
        row.organisation_id == person.organisation_id and row.accepted_at
        for row in of.organisers.all()
    )


def may_write_proposal(person: Any, of: Proposal) -> bool:
    return organises(person, of) or runs_programme(person, of.edition)


def may_read_proposal(person: Any, of: Proposal) -> bool:
    """Return whether somebody may read a proposal: all, or those inside."""
    is_public = of.contribution is None or of.contribution.may_publish
    return is_public or is_asked(person, of) or may_write_proposal(person, of)


def is_asked(person: Any, of: Proposal) -> bool:
    """Return whether somebody's organisation was named and has not answered."""
    return bool(asked_of(person, of))


def asked_of(person: Any, of: Proposal) -> list[ProposalOrganiser]:
    """Return what somebody may answer for their organisation; all for nobody's."""
    return [
        row
        for row in of.organisers.all()
        if row.accepted_at is None
        and row.refused_at is None
        and person.is_authenticated
        and row.organisation_id == person.organisation_id
    ]


def people_of(of: Proposal) -> list[Person]:
    """
    Return who is written to about a proposal: who sent it, and its organisers.

    Also who sent what was merged into it, if they may read it.
    """
    agreed = of.organisers.exclude(accepted_at=None)
    found = [of.submitted_by] if of.submitted_by else []
    for part in Proposal.objects.filter(merged_into=of).select_related("submitted_by"):
        if part.submitted_by and may_read_proposal(part.submitted_by, of):
            found.append(part.submitted_by)
    found += people.people_of_organisations(
        agreed.values_list("organisation", flat=True)
    )
    return [one for one in {one.pk: one for one in found}.values() if one.is_active]


def my_proposals(person: Person, edition: Any) -> list[Proposal]:
    """Return the proposals somebody works on, or is asked about. Three queries."""
    mine = Q(submitted_by=person)
    if person.organisation_id is not None:
        mine |= Q(
            organisers__organisation=person.organisation_id,
            organisers__refused_at__isnull=True,
        )
    return list(proposals_of(edition).filter(mine).distinct())


def open_offers(of: Proposal) -> list[MergeOffer]:
    """Return the merge offers of a proposal that wait, to it or from it."""
    rows = MergeOffer.objects.filter(accepted_at=None, refused_at=None)
    rows = rows.filter(Q(proposal=of) | Q(into=of))
    sides = (Prefetch(side, with_readers()) for side in ("proposal", "into"))
    return list(rows.select_related("offered_by").prefetch_related(*sides))


def n_supports(of: Proposal) -> int:
    return of.supports.count()


def supports_it(person: Any, of: Proposal) -> bool:
    return bool(
        person.is_authenticated
        and ProposalSupport.objects.filter(proposal=of, person=person).exists()
    )
