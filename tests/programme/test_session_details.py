"""What a session's page says beside its title, told by those who hold or plan it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from montada.audit import queries as audit
from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.programme import operations
from montada.programme.models import Session
from montada.programme.operations.kinds import AudienceOutOfRange, MinutesOutOfRange
from montada.programme.operations.meanwhile import SettingChangedMeanwhile
from montada.programme.operations.session_details import (
    MOST_LINKS,
    HashtagWrong,
    LinksTooMany,
    LinkWrong,
    RemoteMinutesWrong,
    SessionChoiceUnknown,
    SessionUntitled,
)
from tests.factories.edition import make_outsider, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_planned, make_proposal, make_released

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def holder() -> Person:
    person = make_outsider()
    person.organisation = make_organisation("NTRA")
    person.save()
    return person


def _held_by(person: Person, edition: Edition) -> Session:
    session = make_released(edition)
    assert person.organisation
    session.organisers.add(person.organisation)
    return session


def _describe(session: Session, by: Person | None = None, **values: Any) -> Session:
    return operations.describe_session(
        session=session, values=values, described_by=by, at=NOW
    )


def test_who_holds_a_session_tells_its_agenda_documents_and_links(
    edition: Edition, holder: Person
) -> None:
    session = _held_by(holder, edition)
    _describe(
        session,
        holder,
        agenda=LocalizedText.of("ar", "الافتتاح، ثم النقاش"),
        documents=[("Slides", "https://ntra.example/a.pdf")],
        links=[("", "https://ntra.example/")],
        languages=["ar", "en"],
        hashtag="واحات",
        recording_url="https://ntra.example/film",
    )
    session.refresh_from_db()
    assert str(session.agenda) == "الافتتاح، ثم النقاش"
    assert session.documents == [
        {"title": "Slides", "url": "https://ntra.example/a.pdf"}
    ]
    assert session.hashtag == "#واحات"
    entry = audit.entries_about(session).get()
    assert entry.actor == holder


def test_how_a_session_is_planned_is_for_the_secretariat_alone(
    edition: Edition, holder: Person
) -> None:
    session = _held_by(holder, edition)
    with pytest.raises(operations.NotTheSecretariat):
        _describe(session, holder, minutes=90)
    with pytest.raises(operations.NotTheSecretariat):
        _describe(session, make_outsider("tom@example.org"), hashtag="#oases")
    _describe(session, make_secretary(), minutes=90, audience=40)
    session.refresh_from_db()
    assert (session.minutes, session.audience) == (90, 40)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"links": [("", "javascript:alert(1)")]}, LinkWrong),
        ({"documents": [("Slides", "https://")]}, LinkWrong),
        ({"stream_url": "ftp://ntra.example/"}, LinkWrong),
        ({"links": [("", "https://a.example/")] * (MOST_LINKS + 1)}, LinksTooMany),
        ({"hashtag": "two words"}, HashtagWrong),
        ({"remote_minutes": 61}, RemoteMinutesWrong),
        ({"remote_minutes": -1}, RemoteMinutesWrong),
        ({"remote_minutes": 40, "minutes": 30}, RemoteMinutesWrong),
        ({"languages": ["xx"]}, SessionChoiceUnknown),
        ({"mode": "by pigeon"}, SessionChoiceUnknown),
        ({"needs": ["throne"]}, SessionChoiceUnknown),
        ({"audience": -1}, AudienceOutOfRange),
        ({"minutes": None}, MinutesOutOfRange),
        ({"title": LocalizedText.of("en", "")}, SessionUntitled),
    ],
)
def test_what_cannot_be_told_is_refused_and_nothing_changes(
    edition: Edition, values: dict[str, Any], refusal: type[Exception]
) -> None:
    session = make_planned(edition)
    with pytest.raises(refusal):
        _describe(session, **values)
    assert audit.last_entry_about(session) == 0


def test_a_language_that_a_table_named_stays(edition: Edition) -> None:
    session = make_planned(edition, languages=["sw"])
    _describe(session, languages=["sw", "fr"])
    session.refresh_from_db()
    assert session.languages == ["sw", "fr"]


def test_an_old_page_does_not_undo_what_was_said_meanwhile(edition: Edition) -> None:
    session = make_planned(edition)
    _describe(session, hashtag="#oases")
    with pytest.raises(SettingChangedMeanwhile):
        operations.describe_session(
            session=session,
            values={"hashtag": "#wells"},
            seen=0,
            described_by=None,
            at=NOW,
        )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_its_form_is_led_to_and_what_is_sent_stands_on_the_page(
    client: Client, edition: Edition, holder: Person, language: str
) -> None:
    session = _held_by(holder, edition)
    client.force_login(holder)
    page = f"/{language}/sessions/{session.slug}/"
    address = f"/{language}/programme/{edition.slug}/sessions/{session.slug}/details/"
    shown = client.get(client.get(page, follow=True).request["PATH_INFO"])
    assert address in shown.content.decode()
    form = client.get(address).context["form"]
    assert "minutes" not in form.fields
    sent = client.post(
        address,
        {
            "seen": "0",
            "links": "الشرائح https://ntra.example/a?b=1\n\nhttps://ntra.example/c",
            "register_url": "https://ntra.example/register",
            "languages": ["ar"],
        },
        follow=True,
    )
    words = sent.content.decode()
    assert "https://ntra.example/a?b=1" in words
    assert '<svg class="qr"' in words
    session.refresh_from_db()
    assert session.links[1] == {"title": "", "url": "https://ntra.example/c"}
    initial = client.get(address).context["form"]["links"].value()
    assert initial.startswith("الشرائح https://")


def test_a_refusal_keeps_what_was_written(client: Client, edition: Edition) -> None:
    session = make_released(edition)
    client.force_login(make_secretary())
    address = reverse("programme:session_details", args=[edition.slug, session.slug])
    answer = client.post(
        address,
        {
            "title_en": "Networks of oases",
            "minutes": "60",
            "links": "Slides ftp://ntra.example/a",
        },
    )
    assert answer.status_code == 409, answer.context["form"].errors
    assert "ftp://ntra.example/a" in answer.content.decode()
    session.refresh_from_db()
    assert session.links == []


def test_words_of_a_proposed_session_are_changed_in_its_proposal(
    client: Client, edition: Edition
) -> None:
    proposal = make_proposal(edition)
    session = operations.open_session(proposal=proposal, opened_by=None, at=NOW)
    client.force_login(make_secretary())
    address = reverse("programme:session_details", args=[edition.slug, session.slug])
    shown = client.get(address)
    assert "title" not in shown.context["form"].fields
    assert proposal.reference in shown.content.decode()
    sent = client.post(address, {"minutes": "60", "hashtag": "oases"}, follow=True)
    assert address in sent.content.decode()
    session.refresh_from_db()
    assert session.hashtag == "#oases"


def test_a_stranger_is_sent_away(client: Client, edition: Edition) -> None:
    session = make_released(edition)
    address = reverse("programme:session_details", args=[edition.slug, session.slug])
    assert client.get(address).status_code == 302
    client.force_login(make_outsider())
    assert client.get(address).status_code == 403
