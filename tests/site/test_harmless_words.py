"""What stands on public pages turns no words around it, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from montada.consultation import operations as consultation
from montada.consultation.engine.values import MeetingPlan
from montada.edition import operations as editions
from montada.edition import queries as edition_queries
from montada.edition.engine.values import EditionFacts, PhasePlan, RoomPlan
from montada.framework import operations as framework
from montada.language.engine.text import LocalizedText, TextState, Wording
from montada.participation import operations as participation
from montada.participation.models import Forum
from tests.factories.edition import make_edition, make_secretary
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db

ODD = LocalizedText(
    "ar",
    {
        "ar": Wording("\u202eواحات", TextState.APPROVED, 7),
        "en": Wording("Oa\u202eses\x00", TextState.MACHINE),
    },
)
KEPT = LocalizedText(
    "ar",
    {
        "ar": Wording("واحات", TextState.APPROVED, 7),
        "en": Wording("Oases", TextState.MACHINE),
    },
)
Texts = list[LocalizedText]


def of_editions(now: datetime) -> Texts:
    facts = EditionFacts(
        slug="2030", year=2030, name=ODD, theme=ODD, city=ODD, venue=ODD
    )
    opened = editions.open_edition(facts=facts, opened_by=None, at=now)
    copied = editions.copy_edition(
        source_id=make_edition().pk,
        slug="2031",
        name=ODD,
        starts_on=now.date(),
        copied_by=make_secretary(),
        at=now,
    )
    return [opened.name, opened.theme, opened.city, opened.venue, copied.name]


def of_parts_of_an_edition(now: datetime) -> Texts:
    edition = make_edition()
    told: dict[str, Any] = {"edition_id": edition.pk, "set_by": None, "at": now}
    phase = PhasePlan(
        kind="consultation", name=ODD, opens_at=now, closes_at=now + timedelta(days=1)
    )
    editions.set_term(key="editions", label=ODD, **told)
    return [
        editions.set_room(room=RoomPlan(name=ODD), **told).name,
        editions.set_phase(phase=phase, **told).name,
        edition_queries.terms_of(edition)["editions"],
    ]


def of_a_consultation(now: datetime) -> Texts:
    edition = make_edition()
    plan = MeetingPlan(
        title=ODD,
        place=ODD,
        agenda=ODD,
        minutes=ODD,
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        documents=({"title": "Min\u202eutes", "url": "https://example.org/"},),
    )
    meeting = consultation.set_meeting(edition=edition, plan=plan, set_by=None, at=now)
    assert meeting.documents == [{"title": "Minutes", "url": "https://example.org/"}]
    editions.set_phase(
        edition_id=edition.pk,
        phase=PhasePlan(
            kind="consultation",
            name=KEPT,
            opens_at=now,
            closes_at=now + timedelta(days=1),
        ),
        set_by=None,
        at=now,
    )
    (call, *_others) = consultation.open_calls(edition=edition, at=now)
    consultation.set_call(
        call=call,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        intro=ODD,
        set_by=None,
        at=now,
    )
    return [meeting.title, meeting.place, meeting.agenda, meeting.minutes, call.intro]


def of_an_organisation(now: datetime) -> Texts:
    described = participation.describe_organisation(
        organisation_id=make_organisation().pk,
        name=ODD,
        acronym="O\u202eN",
        stakeholder_group_id=None,
        country_id=None,
        regions=(),
        described_by=None,
        at=now,
    )
    assert described.acronym == "ON"
    return [described.name]


def of_the_forum(now: datetime) -> Texts:
    participation.set_up_forum(
        name=ODD, languages=("ar",), email="salma@example.org", at=now
    )
    return [Forum.objects.get().name]


def of_the_matrix(now: datetime) -> Texts:
    link = framework.change_matrix_cell(
        action_line_id="C1",
        goal_id=2,
        is_linked=True,
        targets=(),
        rationale=ODD,
        changed_by=make_secretary(),
        at=now,
    )
    return [link.rationale]


@pytest.mark.parametrize(
    "texts",
    [
        of_editions,
        of_parts_of_an_edition,
        of_a_consultation,
        of_an_organisation,
        of_the_forum,
        of_the_matrix,
    ],
)
def test_signs_that_mislead_are_left_out_of_each_language(
    texts: Callable[[datetime], Texts], now: datetime
) -> None:
    for text in texts(now):
        assert text == KEPT
        assert text.wordings["ar"].approved_by == 7
