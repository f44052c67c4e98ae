"""The pages of proposals, panels and settings: who sees what, and what is sent."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from montada.edition.models import Edition
from montada.framework.models import ActionLine
from montada.language.engine.text import LocalizedText
from montada.participation.models import Message, Person
from montada.programme import operations, queries
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Proposal, Seat
from tests.factories.consultation import an_open_edition
from tests.factories.edition import make_edition, make_secretary
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import (
    make_kind,
    make_proposal,
    make_released,
)
from tests.programme.test_proposals import a_request

pytestmark = pytest.mark.django_db

OF = "/en/programme/2027/"


@pytest.fixture
def edition() -> Edition:
    made = make_edition()
    make_kind(made, lengths=[45, 60])
    return made


@pytest.fixture
def salma(client: Client) -> Client:
    """The secretariat's browser."""
    client.force_login(make_secretary())
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(OF + address)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(**values: Any) -> dict[str, Any]:
    return {
        "title_en": "Networks of oases",
        "kind": "workshop",
        "minutes": "60",
    } | values


def n_queries(client: Client, address: str) -> int:
    page(client, address)
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    return len(captured)


def fill(edition: Edition) -> None:
    """A proposal with an organiser, a panel and a decision of its session."""
    n = Proposal.objects.count()
    row = make_proposal(edition, f"Oases {n}", state="accepted")
    organisation = make_organisation(f"Net {n}")
    operations.ask_organiser(
        proposal=row, organisation=organisation, asked_by=None, at=timezone.now()
    )
    row.action_lines.set(ActionLine.objects.filter(code="C2"))
    speaker = SpeakerFacts(name=f"Amal {n}", organisation_id=organisation.pk)
    seat = operations.seat_speaker(
        proposal=row, facts=speaker, seated_by=None, at=timezone.now()
    )
    seat.session = make_released(edition, f"Session {n}", proposal=row)
    seat.state = "confirmed"
    seat.save()


@pytest.mark.parametrize("address", ["proposals/", "speakers/"])
def test_lists_cost_the_same_with_one_row_and_with_three(
    address: str, edition: Edition, client: Client
) -> None:
    fill(edition)
    one = n_queries(client, address)
    fill(edition)
    fill(edition)

    assert n_queries(client, address) == one <= 12


def test_a_proposals_page_costs_the_same_with_three_on_its_panel(
    edition: Edition, client: Client
) -> None:
    row = make_proposal(edition)

    def seat(name: str) -> None:
        facts = SpeakerFacts(name=name, country_id="EGY")
        operations.seat_speaker(
            proposal=row, facts=facts, seated_by=None, at=timezone.now()
        )
        Seat.objects.update(state="confirmed")

    seat("Amal")
    one = n_queries(client, f"proposals/{row.reference}/")
    seat("Mona")
    seat("Jean")

    assert n_queries(client, f"proposals/{row.reference}/") == one <= 18


def test_the_list_is_narrowed_by_words_and_filters(
    edition: Edition, client: Client
) -> None:
    oases = make_proposal(edition, "Networks of oases")
    oases.action_lines.set(ActionLine.objects.filter(code="C2"))
    make_proposal(edition, "Taxes", state="declined")

    assert "Taxes" not in page(client, "proposals/?text=OASES")
    assert "Taxes" not in page(client, "proposals/?line=C2")
    assert "Networks" not in page(client, "proposals/?state=declined")
    assert "No proposal matches" in page(client, "proposals/?text=%00%ED%A0%80zzz")
    assert client.get(f"{OF}proposals/?state=nothing").status_code == 404
    assert client.get(f"{OF}proposals/?page=99").status_code == 404


def test_a_request_that_is_not_to_be_published_is_for_those_inside(
    client: Client, nadia: Person
) -> None:
    now = timezone.now()
    edition = an_open_edition(now)
    a_request(nadia, edition, now, may_publish=False)
    (row,) = operations.take_in_requests(edition=edition, taken_by=None, at=now)
    address = f"{OF}proposals/{row.reference}/"

    assert client.get(address).status_code == 404
    assert "Networks of oases" not in page(client, "proposals/")
    part = make_proposal(edition, "Wells", merged_into=row, state="merged")
    shown = page(client, f"proposals/{part.reference}/")
    assert "a proposal that is not published" in shown
    assert row.reference not in shown
    client.force_login(nadia)
    assert "not published" in page(client, f"proposals/{row.reference}/")
    assert "Networks of oases" in page(client, f"proposals/{part.reference}/")


def test_the_secretariat_takes_requests_in_with_a_button(
    client: Client, nadia: Person
) -> None:
    now = timezone.now()
    edition = an_open_edition(now)
    a_request(nadia, edition, now)
    client.force_login(nadia)
    client.post(f"{OF}proposals/take-in/")
    assert Proposal.objects.count() == 0

    client.force_login(make_secretary())
    assert "Take in 1 request" in page(client, "proposals/")
    client.post(f"{OF}proposals/take-in/")

    assert Proposal.objects.count() == 1
    assert "Take in" not in page(client, "proposals/")


def test_who_saves_second_sees_both_and_loses_nothing(
    edition: Edition, client: Client, nadia: Person
) -> None:
    row = make_proposal(edition, submitted_by=nadia)
    client.force_login(nadia)
    address = f"{OF}proposals/{row.reference}/edit/"
    first = client.post(address, sent(title_en="Wells", revision="0"))
    assert first.status_code == 302

    second = client.post(address, sent(title_en="Springs", revision="0"))
    shown = second.content.decode()

    assert second.status_code == 409
    assert ("Wells" in shown, "Springs" in shown) == (True, True)
    assert 'name="revision" value="1"' in shown
    client.post(address, sent(title_en="Springs", revision="1"))
    row.refresh_from_db()
    assert (row.title.by_language["en"], row.revision) == ("Springs", 2)


def test_nobody_else_changes_a_proposal(edition: Edition, client: Client) -> None:
    row = make_proposal(edition)
    address = f"{OF}proposals/{row.reference}/"
    assert client.get(f"{address}edit/").status_code == 302
    client.force_login(make_person("Mallory"))

    for part in ("edit/", "organisers/", "panel/", "merge/"):
        assert client.get(address + part).status_code == 403
    client.post(f"{address}withdraw/")
    row.refresh_from_db()
    assert row.state == "received"
    assert "Change" not in page(client, f"proposals/{row.reference}/")


def test_somebody_says_that_they_would_come_without_a_script(
    edition: Edition, client: Client, nadia: Person
) -> None:
    row = make_proposal(edition)
    operations.set_rules(
        edition=edition,
        values={"is_support_open": True},
        set_by=None,
        at=timezone.now(),
    )
    address = f"proposals/{row.reference}/"
    assert "Sign in to say" in page(client, address)
    client.force_login(nadia)

    client.post(f"{OF}{address}support/", {"step": "give"})
    assert "You would come." in page(client, address)
    client.post(f"{OF}{address}support/", {"step": "withdraw"})
    assert queries.n_supports(row) == 0


def test_an_organisation_answers_and_a_panel_is_filled(
    edition: Edition, client: Client, nadia: Person
) -> None:
    row = make_proposal(edition, submitted_by=nadia)
    theirs = make_organisation("Bibliotheca")
    karim = make_person("Karim", organisation=theirs)
    lead = {"name": "Oasis Net", "language": "en"}
    client.force_login(nadia)
    client.post(f"{OF}proposals/{row.reference}/organisers/", lead)
    client.post(
        f"{OF}proposals/{row.reference}/organisers/",
        {"name": "Bibliotheca", "language": "en"},
    )
    seated = {
        "name": "Amal",
        "email": "amal@example.net",
        "language": "fr",
        "role": "moderator",
        "organisation_name": "A new house",
        "gender": "woman",
    }
    client.post(f"{OF}proposals/{row.reference}/panel/", seated)

    shown = page(client, f"proposals/{row.reference}/")
    assert ("Oasis Net" in shown, "asked, has not answered" in shown) == (True, True)
    assert "Moderator" in shown
    letter = Message.objects.get(template="programme_speaker_asked")
    assert (letter.to_email, letter.language) == ("amal@example.net", "fr")
    client.force_login(karim)
    assert "Does it organise" in page(client, f"proposals/{row.reference}/")
    named = row.organisers.get(organisation=theirs)
    client.post(
        f"{OF}proposals/{row.reference}/organisers/{named.pk}/", {"step": "agree"}
    )
    named.refresh_from_db()
    assert named.accepted_at is not None


def test_a_speaker_answers_with_the_key_and_by_their_own_clock(
    edition: Edition, client: Client
) -> None:
    row = make_proposal(edition)
    facts = SpeakerFacts(name="Amal", email="amal@example.net")
    seat = operations.seat_speaker(
        proposal=row, facts=facts, seated_by=None, at=timezone.now()
    )
    found = re.search(r"/en/programme\S+", Message.objects.get().body)
    assert found is not None
    address = found[0]
    assert "Will" not in client.get(address).content.decode()
    assert client.get(address)["Cache-Control"].startswith("max-age=0")

    client.post(address, {"part": f"comes:{seat.pk}", "is_remote": "yes"})
    client.post(
        address,
        {
            "part": "times",
            "times-timezone": "Asia/Tokyo",
            "times-2027-07-05-from": "22:00",
            "times-2027-07-05-to": "01:00",
        },
    )
    client.post(address, {"part": "profile", "name": "Amal Said", "gender": "woman"})

    seat.refresh_from_db()
    speaker = seat.speaker
    assert (seat.state, seat.is_remote) == ("confirmed", True)
    assert (speaker.name, speaker.gender) == ("Amal Said", "woman")
    assert (speaker.timezone, speaker.email) == ("Asia/Tokyo", "amal@example.net")
    # 22:00 in Tokyo is 13:00 in Greenwich; 01:00 is that of the next day.
    assert [(a.starts_at, a.ends_at) for a in speaker.available.all()] == [
        (datetime(2027, 7, 5, 13, tzinfo=UTC), datetime(2027, 7, 5, 16, tzinfo=UTC))
    ]
    assert 'value="22:00"' in client.get(address).content.decode()
    assert client.post(address, {"part": "comes:999"}).status_code == 404
    assert client.get(f"{OF}speakers/key/nothing/").status_code == 404


def test_a_speaker_with_an_account_finds_all_they_were_asked_for(
    edition: Edition, client: Client
) -> None:
    amal = make_person("Amal", email="amal@example.net")
    for words in ("Oases", "Wells"):
        operations.seat_speaker(
            proposal=make_proposal(edition, words),
            facts=SpeakerFacts(name="Amal", email="amal@example.net"),
            seated_by=None,
            at=timezone.now(),
        )
    assert client.get(f"{OF}speakers/me/").status_code == 302
    client.force_login(amal)

    shown = page(client, "speakers/me/")

    assert ("Oases" in shown, "Wells" in shown) == (True, True)
    client.force_login(make_person("Nobody"))
    unasked = client.get(f"{OF}speakers/me/")
    assert unasked.status_code == 404
    assert "You were not asked to speak in this edition." in unasked.content.decode()


def test_only_who_said_yes_is_announced(edition: Edition, client: Client) -> None:
    fill(edition)
    assert "Amal 0" in page(client, "speakers/")
    assert "Session 0" in page(client, "speakers/amal-0/")
    Seat.objects.update(state="asked")

    assert "Amal 0" not in page(client, "speakers/")
    assert client.get(f"{OF}speakers/amal-0/").status_code == 404


def test_the_secretariat_enters_a_proposal(edition: Edition, salma: Client) -> None:
    make_organisation("Bibliotheca")
    answer = salma.post(
        f"{OF}proposals/new/",
        sent(
            organisation="Bibliotheca",
            days=["2027-07-06"],
            half="morning",
            lines=["C2"],
            goals=["4"],
            needs=["captioning"],
        ),
    )

    row = Proposal.objects.get()
    assert answer["Location"] == f"{OF}proposals/{row.reference}/"
    assert row.wishes == {"days": ["2027-07-06"], "half": "morning"}
    assert [str(o.organisation.name) for o in row.organisers.all()] == ["Bibliotheca"]
    assert "Bibliotheca" in page(salma, f"proposals/{row.reference}/")


HOSTILE = ["\x00", "\u202e<b>x</b>", "🐪" * 300, "x" * 100_000, ""]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("form", ["proposals/new/", "proposals/P-2027-0001/panel/"])
def test_hostile_words_are_answered_and_never_crash(
    form: str, words: str, edition: Edition, salma: Client
) -> None:
    make_proposal(edition)
    names = ("title_en", "name", "email", "kind", "minutes", "audience", "role")

    answer = salma.post(OF + form, dict.fromkeys(names, words))

    assert (answer.status_code, Proposal.objects.count()) == (200, 1)


def test_titles_of_strangers_are_shown_as_words(
    edition: Edition, client: Client
) -> None:
    title = LocalizedText.of("ar", "<script>x</script> واحات")
    row = make_proposal(edition, title=title)

    shown = page(client, f"proposals/{row.reference}/")

    assert "<script>x" not in shown
    assert 'lang="ar" dir="rtl"' in shown
