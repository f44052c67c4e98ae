"""One request of the consultation becomes a proposal, with all that it names."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from montada.djangokit.refusals import Refusal
from montada.framework import queries as framework
from montada.participation.operations import OrganisationsOfAList
from montada.programme.models import Proposal, ProposalOrganiser
from montada.programme.operations.proposals import propose
from montada.programme.operations.speakers import seat_speaker
from montada.programme.operations.told_of_proposals import tell_of_proposal
from montada.programme.queries.asked_for import Asked, asked_for

if TYPE_CHECKING:
    from montada.consultation.models import Contribution
    from montada.participation.models import Person
    from montada.programme.models import SessionKind


class Taking:
    """One round of taking in: what was taken, by the number of its contribution."""

    def __init__(
        self, edition: Any, kinds: list[SessionKind], by: Person | None, at: datetime
    ) -> None:
        self.edition, self.kinds, self.by, self.at = edition, kinds, by, at
        rows = Proposal.objects.filter(edition=edition, contribution__isnull=False)
        self.proposals = {row.contribution_id: row for row in rows}
        self.organisations = OrganisationsOfAList(at)
        self.countries = framework.country_index()

    def taken(self, row: Contribution) -> Proposal:
        """Make the proposal of a request, with those who organise it and speak."""
        asked = asked_for(row, self.kinds, self.edition)
        lead = [row.organisation_id] if row.organisation_id else []
        new = propose(
            edition=self.edition,
            facts=asked.facts(lead),
            submitted_by=row.author,
            at=row.submitted_at or self.at,
            contribution=row,
        )
        self.proposals[row.pk] = new
        self._name_organisers(new, asked, lead)
        self._seat(new, asked)
        if row.merged_into_id is None:
            tell_of_proposal(
                proposal=new,
                template="programme_taken_in",
                to=[row.author] if row.author else [],
                at=self.at,
                receipt=row.receipt,
            )
        return new

    def _name_organisers(self, new: Proposal, asked: Asked, lead: list[int]) -> None:
        named = dict.fromkeys(
            pk
            for name, country in asked.co_organisers(self.countries)
            if (pk := self._organisation(name, asked.language, country))
        )
        ProposalOrganiser.objects.bulk_create(
            ProposalOrganiser(proposal=new, organisation_id=pk, asked_at=self.at)
            for pk in named
            if pk not in lead
        )

    def _organisation(self, name: str, tag: str, country: str | None) -> int | None:
        # A line that is no name is left in the request, where everybody reads it.
        with suppress(Refusal):
            return self.organisations.id_for(
                name,
                language=tag,
                country_id=country,
                stakeholder_group_id=None,
                source_url="",
            )
        return None

    def _seat(self, new: Proposal, asked: Asked) -> None:
        for seat in asked.seats():
            organisation = self._organisation(
                seat.organisation, asked.language, seat.facts.country_id
            )
            # Twice on one panel, or without a name: the request keeps what was said.
            with suppress(Refusal), transaction.atomic():
                made = seat_speaker(
                    proposal=new,
                    facts=seat.facts_with(organisation),
                    role=seat.role,
                    is_remote=seat.is_remote,
                    seated_by=None,
                    at=self.at,
                )
                if seat.has_confirmed:
                    made.state, made.answered_at = "confirmed", self.at
                    made.save(update_fields=["state", "answered_at"])
