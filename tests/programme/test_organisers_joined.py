"""Two records of one organisation that both were named on a proposal become one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from montada.participation import operations as participation
from montada.participation.signals import organisations_merging
from montada.programme.models import Proposal, ProposalOrganiser
from tests.factories.edition import make_edition
from tests.factories.organisations import make_organisation
from tests.factories.programme import SUBMITTED, make_proposal

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, dict[str, Any]] = {
    "leads": {"is_lead": True, "accepted_at": SUBMITTED},
    "agreed": {"accepted_at": SUBMITTED},
    "refused": {"refused_at": SUBMITTED},
    "asked": {},
}


def name(proposal: Proposal, organisation: Any, answer: str) -> ProposalOrganiser:
    return ProposalOrganiser.objects.create(
        proposal=proposal,
        organisation=organisation,
        asked_at=SUBMITTED,
        **ANSWERS[answer],
    )


@pytest.mark.parametrize(
    ("of_kept", "of_merged", "joined"),
    [
        ("asked", "leads", "leads"),
        ("leads", "refused", "leads"),
        ("refused", "agreed", "agreed"),
        ("agreed", "asked", "agreed"),
        ("refused", "asked", "refused"),
    ],
)
def test_it_is_named_once_and_what_one_of_them_agreed_to_holds(
    of_kept: str, of_merged: str, joined: str, now: datetime
) -> None:
    # Declined: nobody could take one of them out any more.
    proposal = make_proposal(make_edition(), state="declined")
    kept, merged = make_organisation("Oasis Net"), make_organisation("OasisNet")
    name(proposal, kept, of_kept)
    name(proposal, merged, of_merged)
    alone = name(make_proposal(proposal.edition), merged, "asked")

    participation.merge_organisations(
        kept_id=kept.pk, merged_id=merged.pk, merged_by=None, at=now
    )

    row, alone = proposal.organisers.get(), alone.proposal.organisers.get()
    assert (row.organisation, alone.organisation) == (kept, kept)
    usual = {"is_lead": False, "accepted_at": None, "refused_at": None}
    assert {n: getattr(row, n) for n in usual} == usual | ANSWERS[joined]


def test_where_nobody_joins_what_collides_nothing_is_merged(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = make_proposal(make_edition())
    kept, merged = make_organisation("Oasis Net"), make_organisation("OasisNet")
    for one in (kept, merged):
        name(proposal, one, "asked")
    monkeypatch.setattr(organisations_merging, "send", lambda **_announced: [])

    with pytest.raises(participation.ReferencesCollide):
        participation.merge_organisations(
            kept_id=kept.pk, merged_id=merged.pk, merged_by=None, at=now
        )

    assert proposal.organisers.count() == 2
    merged.refresh_from_db()
    assert merged.merged_into is None
