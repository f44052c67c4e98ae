"""Requests of the consultation that are to become proposals, or became some."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from montada.consultation import queries as consultation
from montada.consultation.engine.life import IN_PROGRAMME
from montada.consultation.engine.values import Standing
from montada.programme.choices import ProposalState
from montada.programme.models import Proposal, ProposalDecision
from montada.programme.queries.proposals import may_read_proposal, with_readers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from montada.consultation.models import Contribution

CALLS = ("session", "exhibition")
ON_THEIR_WAY = (
    "submitted",
    "change_asked",
    "resubmitted",
    "accepted",
    "scheduled",
    "confirmed",
    "merged",
)
"""States of a request that asks for a place; one that was merged asks with another."""

DECIDED_SO = {"accepted": {"accepted", *IN_PROGRAMME}, "declined": {"declined"}}
"""States in which the consultation has decided as the programme is about to."""


def requests_of(edition: Any) -> list[Contribution]:
    """Return the requests for sessions and stands of an edition, as they came in."""
    rows = consultation.contributions_of(edition).filter(
        call__kind__in=CALLS, state__in=ON_THEIR_WAY
    )
    rows = rows.select_related("call__edition", "author", "organisation")
    return list(rows.order_by("submitted_at", "pk"))


def n_requests_waiting(edition: Any) -> int:
    """Return how many requests have not become proposals yet. Two queries."""
    taken = set(
        Proposal.objects.filter(edition=edition).values_list(
            "contribution_id", flat=True
        )
    )
    return sum(
        1
        for row in requests_of(edition)
        if row.pk not in taken and row.merged_into_id is None
    )


def proposal_allows(proposal: Proposal, outcome: str) -> bool:
    """Return whether a request may come to an outcome while its proposal stands so."""
    state = ProposalState
    against = {
        "declined": {state.RECEIVED, state.ACCEPTED, state.MERGED},
        "merged": {state.ACCEPTED, state.DECLINED},
        "accepted": {state.DECLINED, state.MERGED, state.WITHDRAWN},
    }
    return proposal.state not in against.get(outcome, ())


def appeal_until_of(request: Any, decided_at: datetime) -> datetime | None:
    """
    Return until when its author may appeal against what was decided about a request.

    That moment where nobody may; None where it was not decided here. One query.
    """
    decisions = ProposalDecision.objects.filter(
        proposal__contribution=request, decided_at=decided_at
    )
    found = decisions.first()
    return None if found is None else found.appeal_until or decided_at


def standings_of(requests: Sequence[Contribution], reader: Any) -> dict[int, Standing]:
    """Return how the proposals of requests stand, for a reader. Three queries."""
    rows = with_readers().filter(contribution__in=[row.pk for row in requests])
    rows = rows.select_related(
        "contribution", "edition", "merged_into__contribution", "merged_into__edition"
    )
    return {
        row.contribution_id: _standing(row, reader)
        for row in rows.prefetch_related("merged_into__organisers")
        if row.contribution_id is not None and may_read_proposal(reader, row)
    }


def _standing(row: Proposal, reader: Any) -> Standing:
    whole = row.merged_into
    is_read = whole is not None and may_read_proposal(reader, whole)
    return Standing(
        reference=row.reference,
        state=row.get_state_display(),
        url=_page_of(row),
        is_part=whole is not None,
        whole=whole.title if whole and is_read else None,
        whole_url=_page_of(whole) if whole and is_read else "",
    )


def _page_of(row: Proposal) -> str:
    return reverse("programme:proposal", args=[row.edition.slug, row.reference])
