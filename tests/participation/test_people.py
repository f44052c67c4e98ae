"""People join, change what is said of them, and are erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import translation

from montada.audit import queries as audit
from montada.participation import operations as participation
from montada.participation import queries
from montada.participation.models import Invitation, Message, Person, Role, SignInLink
from tests.factories.participation import make_administrator, make_person, make_role

pytestmark = pytest.mark.django_db


def test_somebody_who_was_added_can_be_found_under_any_case(now: datetime) -> None:
    amina = participation.add_person(
        email="Amina@Example.org ", name="أمينة", added_by=None, at=now
    )

    assert queries.person_of_email("AMINA@example.ORG") == amina
    assert not amina.has_usable_password()
    (entry,) = audit.entries_about(amina)
    assert entry.action == "person.joined"


def test_an_address_belongs_to_one_person(now: datetime) -> None:
    make_person("Eve")

    with pytest.raises(participation.AddressTaken):
        participation.add_person(email="EVE@example.org", added_by=None, at=now)


def test_a_person_is_written_to_in_a_language_of_the_forum(now: datetime) -> None:
    with pytest.raises(participation.LanguageUnknown):
        participation.add_person(
            email="a@example.org", language="tlh", added_by=None, at=now
        )


def test_the_trail_keeps_which_details_changed_and_not_the_words(now: datetime) -> None:
    eve = make_person("Eve")

    participation.change_person(
        person=eve,
        name="  Evelyn   Stone ",
        form_of_address="",
        language="fr",
        timezone="Asia/Riyadh",
        organisation=None,
        changed_by=eve,
        at=now,
    )

    eve.refresh_from_db()
    assert (eve.name, eve.language, eve.timezone) == (
        "Evelyn Stone",
        "fr",
        "Asia/Riyadh",
    )
    (entry,) = audit.entries_about(eve)
    assert entry.details == {"fields": ["name", "language", "timezone"]}


def test_a_name_turns_no_words_around_it(now: datetime) -> None:
    eve = participation.add_person(
        email="eve@example.org", name="Evil\u202e\u2066  name", added_by=None, at=now
    )
    assert eve.name == "Evil name"

    participation.change_person(
        person=eve,
        name="\u2067Eve\nلمى\u202e",
        form_of_address="",
        language="en",
        timezone="",
        organisation=None,
        changed_by=eve,
        at=now,
    )

    eve.refresh_from_db()
    assert eve.name == "Eve لمى"


def test_saying_the_same_again_is_no_decision(now: datetime) -> None:
    eve = make_person("Eve")

    participation.change_person(
        person=eve,
        name="Eve",
        form_of_address="",
        language="en",
        timezone="",
        organisation=None,
        changed_by=eve,
        at=now,
    )

    assert audit.entries_about(eve).count() == 0


@pytest.mark.parametrize(
    ("language", "timezone", "refusal"),
    [
        ("tlh", "", participation.LanguageUnknown),
        ("en", "Mars/Olympus", participation.TimezoneUnknown),
    ],
)
def test_nonsense_about_oneself_is_refused(
    now: datetime, language: str, timezone: str, refusal: type[Exception]
) -> None:
    eve = make_person("Eve")

    with pytest.raises(refusal):
        participation.change_person(
            person=eve,
            name="Eve",
            form_of_address="",
            language=language,
            timezone=timezone,
            organisation=None,
            changed_by=eve,
            at=now,
        )


def test_of_an_erased_person_nothing_personal_is_left(now: datetime) -> None:
    eve = make_person("Eve", timezone="Asia/Riyadh")
    role = make_role(eve, "submitter")
    EmailAddress.objects.create(user=eve, email="eve.private@example.org")
    Authenticator.objects.create(user=eve, type="totp", data={"secret": "x"})
    participation.make_sign_in_link(person=eve, at=now)
    for address in ("eve@example.org", "eve.private@example.org", "boris@example.org"):
        participation.write_message(
            to_email=address,
            person=None,
            language="en",
            template="test",
            values={},
            at=now,
        )
    participation.invite(
        email="eve@example.org",
        kind="donor",
        language="en",
        site_url="https://forum.example",
        invited_by=None,
        at=now,
    )

    participation.erase_person(person=eve, erased_by=eve, at=now, reason="I leave.")

    gone = Person.objects.get(pk=eve.pk)
    assert (gone.name, gone.timezone, gone.email, gone.is_active) == (
        "",
        "",
        f"erased-{eve.pk}@erased.invalid",
        False,
    )
    assert list(EmailAddress.objects.all()) == []
    assert list(Authenticator.objects.all()) == []
    assert list(SignInLink.objects.all()) == []
    assert [m.to_email for m in Message.objects.all()] == ["boris@example.org"]
    (invitation,) = Invitation.objects.all()
    assert (invitation.email, invitation.expires_at) == (gone.email, now)
    assert list(Role.objects.all()) == [role]
    assert queries.people().count() == 0


def a_letter_to_boris(now: datetime, words: str, **values: Any) -> Message:
    letter = participation.write_message(
        to_email="boris@example.org",
        person=None,
        language="en",
        template="test",
        values={},
        at=now,
    )
    Message.objects.filter(pk=letter.pk).update(body=words, **values)
    return letter


def test_letters_to_others_lose_the_words_in_which_the_address_stands(
    now: datetime,
) -> None:
    eve = make_person("Eve")
    words = {
        "told": "Eve (Eve@Example.org) asks to write with you.",
        "of Steve": "Steve (steve@example.org) asks to write with you.",
        "elsewhere": "Write to eve@example.org.uk or not.",
        "at the end": "Write to eve@example.org.",
    }
    letters = {
        name: a_letter_to_boris(now, body, state="sent") for name, body in words.items()
    }
    waiting = a_letter_to_boris(now, words["told"])

    participation.erase_person(person=eve, erased_by=eve, at=now)

    left = {name: Message.objects.get(pk=row.pk).body for name, row in letters.items()}
    assert left == words | {"told": "", "at the end": ""}
    assert not Message.objects.filter(pk=waiting.pk).exists()


def test_erasing_takes_nothing_from_whose_address_was_noted_by_mistake(
    now: datetime,
) -> None:
    eve = make_person("Eve")
    make_person("Boris")
    EmailAddress.objects.create(user=eve, email="boris@example.org")
    letter = a_letter_to_boris(now, "Dear Boris")

    participation.erase_person(person=eve, erased_by=eve, at=now)

    assert list(Message.objects.all()) == [letter]


def test_somebody_erased_is_called_so_in_the_readers_language(now: datetime) -> None:
    eve = make_person("Eve")
    participation.erase_person(person=eve, erased_by=eve, at=now)

    assert [str(eve), eve.addressed_as()] == ["somebody who was erased"] * 2
    with translation.override("ar"):
        assert str(eve) == "شخص حُذفت بياناته"


def test_erasing_leaves_an_entry_and_the_statistics(now: datetime) -> None:
    eve = make_person("Eve")
    make_role(eve, "submitter")
    admin = make_administrator()

    participation.erase_person(person=eve, erased_by=admin, at=now, reason="She asked.")

    assert Role.objects.filter(kind="submitter").count() == 1
    (entry,) = audit.entries_about(eve)
    assert (entry.action, entry.actor, entry.reason, entry.details) == (
        "person.erased",
        admin,
        "She asked.",
        {},
    )


def test_nobody_erases_somebody_else(now: datetime) -> None:
    eve, boris = make_person("Eve"), make_person("Boris")
    make_role(boris, "secretariat", edition=None)
    boris.roles.all().delete()

    with pytest.raises(participation.NotYoursToErase):
        participation.erase_person(person=eve, erased_by=boris, at=now)

    eve.refresh_from_db()
    assert eve.email == "eve@example.org"


def test_nobody_is_erased_twice(now: datetime) -> None:
    eve = make_person("Eve")
    participation.erase_person(person=eve, erased_by=eve, at=now)

    with pytest.raises(participation.PersonErased):
        participation.erase_person(person=eve, erased_by=eve, at=now)
    with pytest.raises(participation.PersonErased):
        participation.change_person(
            person=eve,
            name="Eve",
            form_of_address="",
            language="en",
            timezone="",
            organisation=None,
            changed_by=eve,
            at=now,
        )


def test_the_last_administrator_cannot_leave(now: datetime) -> None:
    admin = make_administrator()

    with pytest.raises(participation.LastAdministrator):
        participation.erase_person(person=admin, erased_by=admin, at=now)


def test_people_are_found_by_folded_names_and_addresses() -> None:
    amina = make_person("أمينة الأنصاري", email="amina@gov.example")
    make_person("Boris", email="boris@example.org")

    assert list(queries.people("امينه")) == [amina]
    assert list(queries.people("GOV amina")) == [amina]
    assert list(queries.people("امينه boris")) == []
