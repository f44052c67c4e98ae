"""Cancelling a session: by whom, and that everybody reads why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from montada.audit import queries as audit
from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Message
from montada.programme import operations, queries
from montada.programme.engine.releases import Change
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Placement, Proposal, Seat, Session
from montada.programme.operations.sessions import SessionCancelled, store_changes
from tests.factories.edition import (
    make_edition,
    make_outsider,
    make_room,
    make_secretary,
)
from tests.factories.participation import make_person
from tests.factories.programme import make_plan, make_planned, make_proposal

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)
NINE = datetime(2027, 7, 5, 7, tzinfo=UTC)
"""In Geneva."""
WHY = "تعذّر حضور المتحدثين.\nنعتذر."


@pytest.fixture
def session(edition: Edition) -> Session:
    """One of two that were released."""
    plan, room = make_plan(edition), make_room(edition, "Popov")
    rows = [make_planned(edition, words) for words in ("Oases", "Deserts")]
    for hours, row in enumerate(rows):
        Placement.objects.create(
            plan=plan, session=row, room=room, starts_at=NINE.replace(hour=7 + hours)
        )
    operations.release_plan(plan=plan, released_by=None, at=NOW)
    rows[0].refresh_from_db()
    return rows[0]


@pytest.fixture
def secretariat(client: Client) -> Client:
    salma = make_secretary()
    salma.language = "ar"
    salma.save()
    client.force_login(salma)
    return client


def cancel(client: Client, session: Session, reason: str) -> Any:
    address = f"/en/programme/2027/sessions/{session.slug}/cancel/"
    return client.post(address, {"reason": reason})


def test_its_page_says_why_in_the_language_in_which_it_was_said(
    secretariat: Client, session: Session
) -> None:
    assert cancel(secretariat, session, WHY).status_code == 302

    shown = Client().get(f"/en/sessions/{session.slug}/").content.decode()
    assert "This session does not take place." in shown
    assert '<bdi lang="ar" dir="rtl">تعذّر حضور المتحدثين.' in shown
    assert not Placement.objects.filter(session=session).exists()


def test_the_release_that_takes_it_out_says_why_on_every_page_and_in_letters(
    secretariat: Client, session: Session, edition: Edition
) -> None:
    operations.mark_sessions(slugs=[session.slug], marked_by=make_outsider(), at=NOW)
    cancel(secretariat, session, WHY)
    plan = queries.current_plan(edition)
    assert plan is not None
    said = "تعذّر حضور المتحدثين. نعتذر."
    assert said in queries.draft_release(plan).changes[0].words

    release = operations.release_plan(plan=plan, released_by=None, at=NOW)
    operations.tell_of_release(release=release, at=NOW)

    for page in ("programme/2027/releases/", f"sessions/{session.slug}/"):
        assert said in Client().get(f"/en/{page}").content.decode()
    (letter,) = Message.objects.filter(template="programme_released")
    assert said in letter.body


def test_calendars_learn_when_it_was_cancelled(
    client: Client, session: Session
) -> None:
    later = NOW + timedelta(days=2)
    operations.cancel_session(
        session=session, reason=WHY, cancelled_by=make_secretary(), at=later
    )

    calendar = client.get("/en/programme/2027/out/programme.ics").content
    events = Calendar.from_ical(calendar).walk("VEVENT")

    known = {event["status"]: event.decoded("last-modified") for event in events}
    assert known == {"CONFIRMED": NOW, "CANCELLED": later}


def test_calendars_learn_when_its_words_changed(
    client: Client, session: Session
) -> None:
    later = NOW + timedelta(days=2)
    words = {"title": LocalizedText.of("en", "Rivers")}
    store_changes(row=session, values=words, changed_by=None, at=later)

    calendar = client.get("/en/programme/2027/out/programme.ics").content
    events = Calendar.from_ical(calendar).walk("VEVENT")

    known = {f"{event['summary']}": event for event in events}["Rivers"]
    assert known.decoded("last-modified") == known.decoded("dtstamp") == later
    assert {event.decoded("last-modified") for event in events} == {NOW, later}


def test_a_change_that_was_kept_before_reasons_were_is_read_still() -> None:
    stored: Any = {"session": "s1", "kind": "removed", "before": {}, "after": None}

    assert Change.from_json(stored) == Change("s1", "removed", {}, None)


@pytest.mark.parametrize("reason", ["", " ", "\0", "a" * 100_000])
def test_without_a_reason_that_can_be_read_nothing_is_cancelled(
    secretariat: Client, session: Session, reason: str
) -> None:
    answer = cancel(secretariat, session, reason)

    assert answer.status_code in (200, 409)
    session.refresh_from_db()
    assert not session.is_cancelled


def test_odd_signs_in_a_reason_turn_nothing_around(
    secretariat: Client, session: Session
) -> None:
    cancel(secretariat, session, "\u202e<script>alert(1)</script> 🎉")

    shown = Client().get(f"/en/sessions/{session.slug}/").content.decode()
    assert ("\u202e" in shown, "<script>alert(1)" in shown) == (False, False)
    assert "alert(1)&lt;/script&gt; 🎉" in shown


def test_nobody_but_the_secretariat_cancels_and_only_what_is_there(
    session: Session, client: Client
) -> None:
    assert "/login/" in cancel(client, session, WHY).headers["Location"]
    client.force_login(make_person("Fatou"))
    assert cancel(client, session, WHY).status_code == 403
    client.force_login(make_secretary())
    other = make_edition(year=2026, slug="2026")
    elsewhere = f"/en/programme/{other.slug}/sessions/{session.slug}/cancel/"
    assert client.post(elsewhere, {"reason": WHY}).status_code == 404
    assert not audit.entries().filter(action="programme.session_cancelled").exists()


def test_who_holds_a_session_is_led_to_its_nameplates_and_the_secretariat_further(
    session: Session, edition: Edition, client: Client
) -> None:
    fatou = make_person("Fatou")
    session.proposal = make_proposal(edition, submitted_by=fatou)
    session.save()
    operations.seat_speaker(
        session=session,
        facts=SpeakerFacts(name="Amina"),
        role="panellist",
        is_remote=False,
        seated_by=None,
        at=NOW,
    )

    def links(reader: Any) -> tuple[bool, bool]:
        client.force_login(reader)
        shown = client.get(f"/en/sessions/{session.slug}/").content.decode()
        return "nameplates.pdf" in shown, "/cancel/" in shown

    assert links(make_outsider()) == (False, False)
    assert links(fatou) == (True, False)
    assert links(make_secretary()) == (True, True)


def test_nobody_is_asked_to_speak_in_what_was_cancelled(
    secretariat: Client, session: Session, edition: Edition
) -> None:
    proposal = make_proposal(edition, state="accepted")
    Session.objects.filter(pk=session.pk).update(proposal=proposal)

    def seat(name: str) -> Seat:
        return operations.seat_speaker(
            proposal=Proposal.objects.get(pk=proposal.pk),
            facts=SpeakerFacts(name=name, email=f"{name.lower()}@example.org"),
            seated_by=None,
            at=NOW,
        )

    asked = seat("Amina")
    cancel(secretariat, session, WHY)

    with pytest.raises(SessionCancelled):
        seat("Basel")
    # As the page asks, with the row as it is now.
    asked = Seat.objects.get(pk=asked.pk)
    for work in (
        lambda: operations.ask_again(seat=asked, asked_by=None, at=NOW),
        lambda: operations.unseat_speaker(seat=asked, unseated_by=None, at=NOW),
    ):
        with pytest.raises(SessionCancelled):
            work()
    assert Message.objects.filter(to_email="amina@example.org").count() == 1

    page = f"/en/programme/2027/proposals/{proposal.reference}/"
    shown = secretariat.get(page).content.decode()
    assert "This session does not take place." in shown
    assert "Ask somebody to speak" not in shown
