"""Pages of a member and of the secretariat."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from montada.participation import operations as participation
from montada.participation.models import Invitation, Message, Person, Role
from tests.factories.edition import make_edition
from tests.factories.participation import make_administrator, make_person, make_role

pytestmark = pytest.mark.django_db


def sign_in(client: Client, person: Person) -> Person:
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return person


def make_message(**values: Any) -> Message:
    usual: dict[str, Any] = {
        "to_email": "amina@example.org",
        "person": None,
        "language": "en",
        "template": "test",
        "values": {},
        "at": timezone.now(),
    }
    return participation.write_message(**usual | values)


# A member's own page


def test_a_stranger_is_led_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/ar/participation/me/")

    assert answer.headers["Location"].startswith("/ar/account/login/?next=")


def test_a_member_sees_their_roles(client: Client) -> None:
    boris = sign_in(client, make_person("Boris"))
    make_role(boris, "facilitator", edition=make_edition(), action_line_id="C7-eagri")

    words = client.get("/ar/participation/me/").content.decode()

    assert "منتدى القمة 2027" in words
    assert "جيم7 – " in words
    assert "/ar/participation/people/" not in words


def test_a_member_changes_what_is_said_of_them(client: Client) -> None:
    eve = sign_in(client, make_person("Eve"))
    participation.name_organisation(
        name="Ministry of Communications",
        language="en",
        country_id="TUN",
        stakeholder_group_id=None,
        source_url="",
        at=timezone.now(),
    )

    client.post(
        "/en/participation/me/",
        {
            "name": "Evelyn",
            "language": "ru",
            "timezone": "Africa/Tunis",
            "organisation": "ministry of communications",
        },
    )

    eve.refresh_from_db()
    assert (eve.name, eve.language, eve.timezone) == ("Evelyn", "ru", "Africa/Tunis")
    assert str(eve.organisation) == "Ministry of Communications"


def test_an_unknown_organisation_is_explained_beside_its_field(client: Client) -> None:
    sign_in(client, make_person("Eve"))
    form = {"name": "Eve", "language": "en", "timezone": "", "organisation": "Nowhere"}

    words = client.post("/en/participation/me/", form).content.decode()

    assert "The register has no organisation of this name." in words
    assert 'value="Nowhere"' in words


def test_a_member_leaves_and_is_signed_out(client: Client) -> None:
    eve = sign_in(client, make_person("Eve"))

    refused = client.post("/en/participation/me/erase/", {"reason": ""})
    assert refused.status_code == 200
    client.post("/en/participation/me/erase/", {"is_sure": "on"})

    eve.refresh_from_db()
    assert eve.erased_at is not None
    assert "_auth_user_id" not in client.session


# The secretariat


SECRETARIAT_PAGES = ("people/", "invitations/", "outbox/")


@pytest.mark.parametrize("path", SECRETARIAT_PAGES)
def test_members_without_the_role_stay_outside(client: Client, path: str) -> None:
    sign_in(client, make_person("Eve"))

    assert client.get(f"/ar/participation/{path}").status_code == 403


@pytest.mark.parametrize("path", SECRETARIAT_PAGES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_secretariat_gets_in(client: Client, path: str, language: str) -> None:
    sign_in(client, make_administrator())
    make_message()

    page = client.get(f"/{language}/participation/{path}")

    assert page.status_code == 200
    assert len(re.findall("<h1[ >]", page.content.decode())) == 1


def test_people_are_searched(client: Client) -> None:
    sign_in(client, make_administrator())
    make_person("أمينة", email="amina@gov.example")
    make_person("Boris")

    words = client.get("/en/participation/people/", {"q": "امينه"}).content.decode()

    assert "amina@gov.example" in words
    assert "boris@example.org" not in words


def test_a_page_of_people_that_does_not_exist_is_a_clear_404(client: Client) -> None:
    sign_in(client, make_administrator())

    assert client.get("/en/participation/people/?page=" + "9" * 30).status_code == 404
    assert client.get("/en/participation/people/999/").status_code == 404
    assert client.get("/en/participation/outbox/999/").status_code == 404


def test_a_role_is_granted_and_withdrawn(client: Client) -> None:
    sign_in(client, make_administrator())
    edition = make_edition()
    boris = make_person("Boris")
    form = {"kind": "focal_point", "edition": "2027", "country": "TUN"}

    client.post(f"/en/participation/people/{boris.pk}/", form)

    role = Role.objects.get(person=boris)
    assert (role.kind, role.edition, role.country_id) == ("focal_point", edition, "TUN")
    assert (
        "Tunisia"
        in client.get(f"/en/participation/people/{boris.pk}/").content.decode()
    )
    client.post(f"/en/participation/roles/{role.pk}/withdraw/")
    assert not Role.objects.filter(person=boris).exists()


def test_a_refused_role_is_explained_and_the_choice_kept(client: Client) -> None:
    sign_in(client, make_administrator())
    make_edition()
    boris = make_person("Boris")

    page = client.post(
        f"/en/participation/people/{boris.pk}/",
        {"kind": "focal_point", "edition": "2027"},
    )

    assert page.status_code == 409
    assert "speaks for a country" in page.content.decode()


def test_an_editions_secretariat_is_offered_its_own_edition_only(
    client: Client,
) -> None:
    secretary = sign_in(client, make_person("Secretary"))
    make_role(secretary, "secretariat", edition=make_edition("2027"))
    make_edition("2028", year=2028)
    boris = make_person("Boris")
    address = f"/en/participation/people/{boris.pk}/"

    words = client.get(address).content.decode()
    assert 'value="2027"' in words
    assert 'value="2028"' not in words
    for edition in ("", "2028"):
        client.post(address, {"kind": "secretariat", "edition": edition})
    assert not Role.objects.filter(person=boris).exists()


def test_the_last_administrator_is_told_why_the_role_stays(client: Client) -> None:
    admin = sign_in(client, make_administrator())
    role = admin.roles.get()

    page = client.post(f"/en/participation/roles/{role.pk}/withdraw/", follow=True)

    assert "last administrator" in page.content.decode()


def test_somebody_is_invited_accepts_and_is_signed_in(client: Client) -> None:
    sign_in(client, make_administrator())
    make_edition()
    form = {
        "email": "chen@example.org",
        "kind": "donor",
        "edition": "2027",
        "language": "ar",
    }
    client.post("/en/participation/invitations/", form)
    found = re.search(r"http://testserver(/ar/\S+)", Message.objects.get().body)
    assert found is not None

    browser = Client()
    assert "chen@example.org" in browser.get(found[1]).content.decode()
    assert Person.objects.filter(email="chen@example.org").count() == 0
    answer = browser.post(found[1])

    chen = Person.objects.get(email="chen@example.org")
    assert answer.headers["Location"] == "/ar/participation/me/"
    assert browser.session["_auth_user_id"] == str(chen.pk)
    assert Invitation.objects.get().accepted_at is not None


def test_an_invitation_is_withdrawn_on_the_page_that_lists_it(client: Client) -> None:
    secretary = make_person("Secretary")
    sign_in(client, secretary)
    make_role(secretary, "secretariat", edition=make_edition())
    form = {"kind": "donor", "edition": "2027", "language": "en"}
    client.post("/en/participation/invitations/", form | {"email": "c@example.org"})
    ours = Invitation.objects.get()
    theirs = Invitation.objects.create(
        email="d@example.org",
        kind="donor",
        key_digest="d",
        invited_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    page = client.get("/en/participation/invitations/").content.decode()
    address = "/en/participation/invitations/{}/withdraw/"
    assert address.format(ours.pk) in page
    assert address.format(theirs.pk) not in page

    answer = client.post(address.format(ours.pk), follow=True)
    assert "The invitation was withdrawn." in answer.content.decode()
    assert "c@example.org" not in answer.content.decode()
    answer = client.post(address.format(theirs.pk), follow=True)
    assert "roles of all editions" in answer.content.decode()
    assert "d@example.org" in answer.content.decode()
    assert client.post(address.format(999)).status_code == 404


def test_an_invitation_nobody_sent_says_so(client: Client) -> None:
    page = client.get("/en/participation/invitations/guess/")

    assert "does not open anything" in page.content.decode()
    assert client.post("/en/participation/invitations/guess/").status_code == 409


def test_the_outbox_page_never_shows_a_code(client: Client) -> None:
    sign_in(client, make_administrator())
    secret = make_message(template="login_code", values={"code": "1234-5678"})
    make_message()

    pages = [
        client.get("/en/participation/outbox/").content.decode(),
        client.get(f"/en/participation/outbox/{secret.pk}/").content.decode(),
    ]

    assert "Test message" in pages[0]
    assert "A code or link" in pages[1]
    assert not any("1234-5678" in words for words in pages)


def test_a_letter_that_told_of_somebody_erased_says_why_it_is_empty(
    client: Client,
) -> None:
    sign_in(client, make_administrator())
    message = make_message()
    Message.objects.update(state="sent", body="")

    page = client.get(f"/en/participation/outbox/{message.pk}/").content.decode()

    assert "somebody who was erased" in page


def test_a_failed_message_is_tried_again(client: Client) -> None:
    sign_in(client, make_administrator())
    message = make_message()
    Message.objects.update(state="failed", error="mailbox full")

    assert (
        "mailbox full"
        in client.get("/en/participation/outbox/?state=failed").content.decode()
    )
    client.post(f"/en/participation/outbox/{message.pk}/resend/")

    message.refresh_from_db()
    assert message.state == "waiting"


def test_a_sent_message_is_not_tried_again(client: Client) -> None:
    sign_in(client, make_administrator())
    message = make_message()
    Message.objects.update(state="sent")

    page = client.post(f"/en/participation/outbox/{message.pk}/resend/", follow=True)

    assert "was sent already" in page.content.decode()


def test_a_state_nobody_knows_finds_no_message(client: Client) -> None:
    sign_in(client, make_administrator())
    make_message()

    page = client.get("/en/participation/outbox/?state=lost")

    assert page.status_code == 200
    assert "No message is in this state." in page.content.decode()


def test_a_test_message_goes_to_the_outbox(client: Client) -> None:
    sign_in(client, make_administrator())

    client.post("/en/participation/outbox/", {"email": "salma@example.org"})

    assert Message.objects.get().template == "test"


def test_an_administrator_erases_somebody_who_asked(client: Client) -> None:
    sign_in(client, make_administrator())
    eve = make_person("Eve")

    client.post(
        f"/en/participation/people/{eve.pk}/erase/",
        {"reason": "She asked.", "is_sure": "on"},
    )

    eve.refresh_from_db()
    assert eve.email == f"erased-{eve.pk}@erased.invalid"
    assert client.get(f"/en/participation/people/{eve.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["people/", "outbox/", "invitations/"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    client: Client, path: str
) -> None:
    sign_in(client, make_administrator())
    edition = make_edition()

    def add_row(name: str) -> None:
        make_role(make_person(name), "donor", edition=edition)
        make_message()
        Invitation.objects.create(
            email=f"{name}@new.example",
            kind="donor",
            edition=edition,
            key_digest=name,
            invited_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
        )

    def n_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/participation/{path}")
        return len(queries)

    add_row("a")
    one = n_queries()
    add_row("b")
    add_row("c")
    assert n_queries() == one
    assert one <= 12
