"""People who support proposals, and choices that are asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from montada.edition.models import Edition
from montada.participation.models import Organisation, Person
from montada.programme import operations
from montada.programme.models import (
    Proposal,
    ProposalSupport,
    SharesRun,
)
from montada.programme.queries import (
    committee,
)
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_proposal

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def people(n: int, group: str | None = None, country: str | None = None) -> list[Any]:
    """Make people of one organisation, or of none."""
    organisation = None
    if group:
        name = f"Net {group} {Organisation.objects.count()}"
        organisation = make_organisation(
            name, stakeholder_group_id=group, country_id=country
        )
    before = Person.objects.count()
    return [
        make_person(f"P{before + at}", organisation=organisation) for at in range(n)
    ]


def back(proposal: Proposal, supporters: list[Any]) -> None:
    ProposalSupport.objects.bulk_create(
        ProposalSupport(proposal=proposal, person=one, given_at=NOW)
        for one in supporters
    )


def choose(edition: Edition, **asked: Any) -> SharesRun:
    usual: dict[str, Any] = {"endowment": "voter", "n_places": 2}
    return operations.choose_by_shares(
        edition=edition,
        is_simulation=asked.pop("is_simulation", False),
        made_by=None,
        at=NOW,
        **(usual | asked),
    )


def chosen(run: SharesRun) -> list[str]:
    return list(committee.order_of(run))


def two_sides(edition: Edition) -> list[Proposal]:
    """Twelve of governments want the first two, six of civil society the third."""
    rows = [make_proposal(edition, f"Oases {n}") for n in range(3)]
    governments, civil = people(12, "government", "EGY"), people(6, "civil", "TUN")
    for row in rows[:2]:
        back(row, governments)
    back(rows[2], civil)
    return rows
