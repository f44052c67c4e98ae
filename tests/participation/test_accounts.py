"""Signing up and in without passwords: codes go to the outbox, and wait there."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from montada.audit import queries as audit
from montada.participation import operations as participation
from montada.participation.models import Invitation, Message, Person
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db


def last_code() -> str:
    """Return the code of the newest message, as its recipient would read it."""
    found = re.search(r"^(\d{4}-\d{4})$", Message.objects.first().body, re.M)  # type: ignore[union-attr]  # a test fails either way
    assert found is not None
    return found[1]


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def ask_for_code(client: Client, email: str, language: str = "en") -> Any:
    return client.post(f"/{language}/account/login/", {"login": email}, follow=True)


def test_a_code_signs_in(client: Client) -> None:
    eve = make_person("Eve")

    page = ask_for_code(client, "eve@example.org")
    assert "We sent a code to" in page.content.decode()
    answer = client.post("/en/account/login/code/confirm/", {"code": last_code()})

    assert answer.headers["Location"] == "/en/participation/me/"
    assert signed_in_as(client) == str(eve.pk)
    assert mail.outbox == []


def test_a_code_may_be_written_in_arabic_digits(client: Client) -> None:
    make_person("Amina")
    ask_for_code(client, "amina@example.org", "ar")
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

    client.post(
        "/ar/account/login/code/confirm/", {"code": last_code().translate(arabic)}
    )

    assert signed_in_as(client) is not None


def test_a_wrong_code_does_not(client: Client) -> None:
    make_person("Eve")
    ask_for_code(client, "eve@example.org")

    page = client.post("/en/account/login/code/confirm/", {"code": "0000-0000"})

    assert "This is not the code that was sent." in page.content.decode()
    assert signed_in_as(client) is None


def test_after_three_wrong_codes_a_new_one_is_needed(client: Client) -> None:
    make_person("Eve")
    ask_for_code(client, "eve@example.org")
    code = last_code()
    for _time in range(3):
        client.post("/en/account/login/code/confirm/", {"code": "0000-0000"})

    client.post("/en/account/login/code/confirm/", {"code": code})

    assert signed_in_as(client) is None


def test_the_code_is_written_in_the_persons_own_language(client: Client) -> None:
    make_person("Amina", language="fr")

    ask_for_code(client, "amina@example.org", "ar")

    assert Message.objects.get().language == "fr"


def test_a_stranger_learns_nothing_and_is_told_how_to_sign_up(client: Client) -> None:
    make_person("Eve")

    known = ask_for_code(client, "eve@example.org").content.decode()
    client.post("/en/account/logout/")
    unknown = ask_for_code(Client(), "nobody@example.org", "en").content.decode()

    assert "We sent a code to" in known
    assert "We sent a code to" in unknown
    message = Message.objects.get(to_email="nobody@example.org")
    assert (message.template, message.language) == ("unknown_account", "en")
    assert "/en/account/signup/" in message.body


def test_signing_up_takes_an_address_and_a_code(client: Client) -> None:
    client.post("/ar/account/signup/", {"email": "Diego@Example.org"})
    assert signed_in_as(client) is None

    client.post("/ar/account/confirm-email/", {"code": last_code()})

    diego = Person.objects.get()
    assert (diego.email, diego.language) == ("diego@example.org", "ar")
    assert diego.joined_at is not None
    assert not diego.has_usable_password()
    assert signed_in_as(client) == str(diego.pk)
    assert EmailAddress.objects.get(user=diego).verified
    (entry,) = audit.entries_about(diego)
    assert entry.action == "person.joined"


def test_signing_up_again_makes_no_second_person(client: Client) -> None:
    make_person("Eve")

    client.post("/en/account/signup/", {"email": "eve@example.org"})

    assert Person.objects.count() == 1
    assert Message.objects.get().template == "account_already_exists"


def test_a_closed_account_gets_no_code(client: Client) -> None:
    make_person("Eve", is_active=False)

    ask_for_code(client, "eve@example.org")

    assert Message.objects.get().template == "unknown_account"


def test_too_many_codes_are_refused(client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    make_person("Eve")

    pages = [
        ask_for_code(Client(), "eve@example.org").content.decode() for _time in range(4)
    ]

    assert "Too many attempts." in pages[-1]
    assert Message.objects.count() == 3


def totp_code(secret: str) -> str:
    (counter, *_rest) = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_who_has_an_authenticator_app_is_asked_for_its_code(client: Client) -> None:
    eve = make_person("Eve")
    TOTP.activate(eve, "JBSWY3DPEHPK3PXP")
    ask_for_code(client, "eve@example.org")

    client.post("/en/account/login/code/confirm/", {"code": last_code()})
    assert signed_in_as(client) is None
    assert (
        "Second proof" in client.get("/en/account/2fa/authenticate/").content.decode()
    )
    client.post(
        "/en/account/2fa/authenticate/", {"code": totp_code("JBSWY3DPEHPK3PXP")}
    )

    assert signed_in_as(client) == str(eve.pk)


def test_a_recovery_code_works_once(client: Client) -> None:
    eve = make_person("Eve")
    TOTP.activate(eve, "JBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(eve).get_unused_codes()[0]

    results = []
    for _time in range(2):
        browser = Client()
        ask_for_code(browser, "eve@example.org")
        browser.post("/en/account/login/code/confirm/", {"code": last_code()})
        browser.post("/en/account/2fa/authenticate/", {"code": code})
        results.append(signed_in_as(browser))

    assert results == [str(eve.pk), None]


def test_connecting_an_app_brings_recovery_codes_and_a_message(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    eve = make_person("Eve")
    EmailAddress.objects.update(verified=True)
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/en/account/2fa/totp/activate/")
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/account/2fa/totp/activate/", {"code": totp_code(secret)})

    assert set(Authenticator.objects.values_list("type", flat=True)) == {
        "totp",
        "recovery_codes",
    }
    bodies = Message.objects.values_list("body", flat=True)
    assert any("An authenticator app was connected" in body for body in bodies)


def test_a_new_address_counts_once_its_code_was_written(client: Client) -> None:
    eve = make_person("Eve")
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")

    client.post(
        "/en/account/email/",
        {"email": "eve@new.example", "action_add": ""},
        follow=True,
    )
    eve.refresh_from_db()
    assert eve.email == "eve@example.org"
    client.post("/en/account/confirm-email/", {"code": last_code()})

    eve.refresh_from_db()
    assert eve.email == "eve@new.example"


def change_address(client: Client, person: Person, address: str) -> None:
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    client.post("/en/account/email/", {"email": address, "action_add": ""}, follow=True)
    client.post("/en/account/confirm-email/", {"code": last_code()})


def test_a_new_address_is_remembered_and_told_to_the_old_one(client: Client) -> None:
    eve = make_person("Eve", language="fr")

    change_address(client, eve, "eve@new.example")

    (entry,) = audit.entries_about(eve)
    assert (entry.action, entry.actor) == ("person.changed", eve)
    assert entry.details == {"fields": ["email"]}
    letter = Message.objects.get(template="account_changed")
    assert (letter.to_email, letter.person, letter.language) == (
        "eve@example.org",
        eve,
        "fr",
    )


def test_a_first_address_is_no_change(client: Client) -> None:
    client.post("/en/account/signup/", {"email": "new@example.org"}, follow=True)
    client.post("/en/account/confirm-email/", {"code": last_code()})

    new = Person.objects.get(email="new@example.org")
    assert [entry.action for entry in audit.entries_about(new)] == ["person.joined"]


def test_erasing_finds_what_was_written_to_a_former_address(
    client: Client, now: datetime
) -> None:
    participation.invite(
        email="eve@example.org",
        kind="donor",
        language="en",
        site_url="https://forum.example",
        invited_by=None,
        at=now,
    )
    eve = make_person("Eve")
    change_address(client, eve, "eve@new.example")
    eve.refresh_from_db()

    participation.erase_person(person=eve, erased_by=eve, at=now)

    (invitation,) = Invitation.objects.all()
    assert invitation.email == f"erased-{eve.pk}@erased.invalid"
    assert Message.objects.filter(to_email="eve@example.org").count() == 0


def test_a_former_address_that_is_somebody_elses_by_now_is_theirs(
    client: Client, now: datetime
) -> None:
    eve = make_person("Eve", email="desk@example.org")
    change_address(client, eve, "eve@new.example")
    eve.refresh_from_db()
    boris = make_person("Boris", email="desk@example.org")
    participation.write_message(
        to_email=boris.email,
        person=boris,
        language="en",
        template="test",
        values={},
        at=now,
    )

    participation.erase_person(person=eve, erased_by=eve, at=now)

    assert [letter.person for letter in Message.objects.all()] == [boris]


def test_no_password_can_be_set(client: Client) -> None:
    eve = make_person("Eve")
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")
    words = {"password1": "correct horse battery", "password2": "correct horse battery"}

    answer = client.post("/en/account/password/set/", words)

    assert answer.status_code == 403
    eve.refresh_from_db()
    assert not eve.has_usable_password()


def test_no_password_can_be_reset(client: Client) -> None:
    make_person("Eve")

    client.post("/en/account/password/reset/", {"email": "eve@example.org"})

    assert Message.objects.count() == 0
