"""A proposal that was accepted: its words can still be made better."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from montada.programme import operations
from montada.programme.engine.values import ProposalFacts
from montada.programme.operations.words import WordsTooMany
from tests.factories.edition import make_edition, text
from tests.factories.participation import make_person
from tests.factories.programme import make_kind, make_proposal

pytestmark = pytest.mark.django_db


def test_it_is_reworded_though_its_kind_offers_its_length_no_more(
    now: datetime,
) -> None:
    edition, nadia = make_edition(), make_person("Nadia")
    kind = make_kind(edition, lengths=[60, 90])
    row = make_proposal(
        edition, kind=kind, minutes=90, submitted_by=nadia, state="accepted"
    )
    session = operations.open_session(proposal=row, opened_by=None, at=now)
    operations.set_kind(kind=kind, values={"lengths": [60]}, set_by=None, at=now)

    def say(title: str, **told: Any) -> Any:
        row.refresh_from_db()
        return operations.change_proposal(
            proposal=row,
            facts=ProposalFacts(title=text(title), kind=kind.code, **told),
            revision=row.revision,
            changed_by=nadia,
            at=now,
        )

    said = say("Rivers of sand", minutes=90, audience=-1)

    session.refresh_from_db()
    assert (said.minutes, said.audience, session.minutes) == (90, 0, 90)
    assert str(said.title) == str(session.title) == "Rivers of sand"
    with pytest.raises(WordsTooMany):
        say("Sand" * 200)
