"""Whose profile it is: the speaker's, and the secretariat's of where they are asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from montada.edition.models import Edition
from montada.language.engine.text import NO_TEXT
from montada.participation.models import Person
from montada.programme import operations
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Seat, Speaker
from montada.programme.operations.profiles import NotYourProfile
from tests.factories.edition import make_edition, make_secretary
from tests.factories.participation import make_person, make_role
from tests.factories.planning import make_speaker
from tests.factories.programme import make_planned, make_proposal

pytestmark = pytest.mark.django_db

AT = datetime(2027, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def elsewhere() -> Edition:
    return make_edition("2028", year=2028)


@pytest.fixture
def amal() -> Speaker:
    return make_speaker("Amal", timezone="Africa/Cairo")


def secretary_of(edition: Edition) -> Person:
    salma = make_person(f"Salma {edition.year}", email=f"s{edition.year}@example.org")
    make_role(salma, "secretariat", edition=edition)
    return salma


def corrected(speaker: Speaker, by: Person | None) -> str:
    facts = SpeakerFacts(name=speaker.name, position="Engineer", biography=NO_TEXT)
    operations.change_profile(speaker=speaker, facts=facts, changed_by=by, at=AT)
    speaker.refresh_from_db()
    return speaker.position


@pytest.mark.parametrize("place", ["session", "proposal"])
def test_the_secretariat_of_where_somebody_is_asked_corrects_their_profile(
    amal: Speaker, edition: Edition, elsewhere: Edition, place: str
) -> None:
    make: Any = {"session": make_planned, "proposal": make_proposal}[place]
    Seat.objects.create(speaker=amal, **{place: make(edition)})

    with pytest.raises(NotYourProfile):
        corrected(amal, secretary_of(elsewhere))
    assert corrected(amal, secretary_of(edition)) == "Engineer"


def test_nobody_who_was_never_asked_or_declined_is_corrected_by_others(
    amal: Speaker, edition: Edition
) -> None:
    everywhere, here = make_secretary(), secretary_of(edition)
    for who in (everywhere, here):
        with pytest.raises(NotYourProfile):
            corrected(amal, who)
    Seat.objects.create(speaker=amal, session=make_planned(edition), state="declined")
    for who in (everywhere, here):
        with pytest.raises(NotYourProfile):
            corrected(amal, who)
    amal.person = make_person("Amal", email="amal@example.org")
    amal.save()
    assert corrected(amal, amal.person) == "Engineer"


def test_when_somebody_can_come_is_said_by_the_secretariat_of_that_forum(
    amal: Speaker, edition: Edition, elsewhere: Edition
) -> None:
    Seat.objects.create(speaker=amal, session=make_planned(edition))
    everywhere = make_secretary()

    def say(of: Edition, by: Person) -> str:
        operations.set_availability(
            edition=of, speaker=amal, times=(), zone="Asia/Tokyo", set_by=by, at=AT
        )
        amal.refresh_from_db()
        return amal.timezone

    for of, by in ((elsewhere, everywhere), (elsewhere, secretary_of(elsewhere))):
        with pytest.raises(NotYourProfile):
            say(of, by)
    assert say(edition, secretary_of(edition)) == "Asia/Tokyo"
