"""What can happen to people: they join, and change what is said of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import LANGUAGES
from montada.participation import queries
from montada.participation.choices import FormOfAddress
from montada.participation.models import Person

if TYPE_CHECKING:
    from montada.participation.models import Organisation


class AddressTaken(Refusal):
    code = "participation.address_taken"
    message = _("Somebody takes part under this e-mail address already.")


class LanguageUnknown(Refusal):
    code = "participation.language_unknown"
    message = _("The forum does not write in the language “%(language)s”.")


class TimezoneUnknown(Refusal):
    code = "participation.timezone_unknown"
    message = _("There is no time zone called “%(timezone)s”.")


class FormOfAddressUnknown(Refusal):
    code = "participation.form_of_address_unknown"
    message = _("Nobody is addressed as “%(form)s” here.")


class PersonErased(Refusal):
    code = "participation.person_erased"
    message = _("This person was erased.")


class LastAdministrator(Refusal):
    code = "participation.last_administrator"
    message = _(
        "This is the forum's last administrator. Name another one first: without one "
        "nobody could grant a role."
    )


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str = "",
    language: str = "ar",
    organisation: Organisation | None = None,
    added_by: Person | None,
    at: datetime,
) -> Person:
    """
    Let somebody take part; they sign in with codes sent to `email`.

    Raises
    ------
    AddressTaken, LanguageUnknown
    """
    email = email.strip().lower()
    if queries.person_of_email(email) is not None:
        raise AddressTaken
    _check_language(language)
    person = Person.objects.create_user(
        email,
        name=_harmless(name),
        language=language,
        organisation=organisation,
        joined_at=at,
    )
    audit.record(
        action="person.joined",
        actor=added_by or person,
        subject=person,
        at=at,
    )
    return person


@transaction.atomic
def note_joined(*, person: Person, language: str, at: datetime) -> Person:
    """Complete the row of somebody who has just signed up by themselves."""
    person.language = language if language in LANGUAGES else person.language
    person.joined_at = at
    person.save(update_fields=["language", "joined_at"])
    audit.record(action="person.joined", actor=person, subject=person, at=at)
    return person


@transaction.atomic
def note_address_changed(*, person: Person, at: datetime) -> None:
    """Remember that somebody signs in under another address; neither is said."""
    audit.record(
        action="person.changed",
        actor=person,
        subject=person,
        at=at,
        details={"fields": ["email"]},
    )


@transaction.atomic
def change_person(  # noqa: PLR0913 - one for each thing said of a person
    *,
    person: Person,
    name: str,
    form_of_address: str,
    language: str,
    timezone: str,
    organisation: Organisation | None,
    changed_by: Person,
    at: datetime,
) -> Person:
    """
    Change what a person says of themselves. The trail keeps the fields, not the words.

    Raises
    ------
    PersonErased, FormOfAddressUnknown, LanguageUnknown, TimezoneUnknown
    """
    if person.erased_at is not None:
        raise PersonErased
    _check_form_of_address(form_of_address)
    _check_language(language)
    _check_timezone(timezone)
    new = {
        "name": _harmless(name),
        "form_of_address": form_of_address,
        "language": language,
        "timezone": timezone,
        "organisation_id": organisation.pk if organisation else None,
    }
    changed = [field for field, value in new.items() if getattr(person, field) != value]
    if not changed:
        return person
    for field in changed:
        setattr(person, field, new[field])
    person.save(update_fields=changed)
    audit.record(
        action="person.changed",
        actor=changed_by,
        subject=person,
        at=at,
        details={"fields": [field.removesuffix("_id") for field in changed]},
    )
    return person


def _harmless(name: str) -> str:
    """Return a name on one line that turns no words around it."""
    return " ".join(harmless_words(name).split())


def _check_form_of_address(form: str) -> None:
    if form and form not in FormOfAddress.values:
        raise FormOfAddressUnknown(form=form)


def _check_timezone(timezone: str) -> None:
    if timezone and timezone not in available_timezones():
        raise TimezoneUnknown(timezone=timezone)


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise LanguageUnknown(language=language)
