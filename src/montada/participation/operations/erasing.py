"""What is left of people who are erased: a row without anything personal in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.participation import queries
from montada.participation.choices import MessageState
from montada.participation.models import (
    ApiToken,
    Invitation,
    Message,
    Person,
    SignInLink,
)
from montada.participation.operations.people import LastAdministrator, PersonErased
from montada.participation.signals import person_erased


class NotYoursToErase(Refusal):
    code = "participation.not_yours_to_erase"
    message = _("Only the person and the forum's administrators may erase a person.")


@transaction.atomic
def erase_person(
    *, person: Person, erased_by: Person, at: datetime, reason: str = ""
) -> Person:
    """
    Empty everything personal in a person's row, and leave the row.

    Roles, and with them the statistics, stay. Ways to sign in and messages go; letters
    to others in which the person's address stands lose their words. Nobody can sign in
    as this person again.

    Raises
    ------
    PersonErased
    NotYoursToErase
        If `erased_by` is neither this person nor an administrator.
    LastAdministrator
        If the forum would be left without one.
    """
    if person.erased_at is not None:
        raise PersonErased
    if person.pk != erased_by.pk and not erased_by.has_perm("participation.administer"):
        raise NotYoursToErase
    _check_not_last(person)
    nobody = f"erased-{person.pk}@erased.invalid"
    addresses = queries.addresses_of(person)
    _forget_ways_in(person)
    _forget_letters(person, addresses)
    _forget_invitations(addresses, nobody, at)
    person.email = nobody
    person.name = person.form_of_address = person.timezone = ""
    person.organisation = None
    person.last_login = None
    person.is_active = person.is_superuser = False
    person.erased_at = at
    person.set_unusable_password()
    person.save()
    audit.record(
        action="person.erased", actor=erased_by, subject=person, at=at, reason=reason
    )
    person_erased.send(sender=Person, person=person, addresses=addresses)
    return person


def _check_not_last(person: Person) -> None:
    administrators = list(queries.administrators()[:2])
    if [other.pk for other in administrators] == [person.pk]:
        raise LastAdministrator


def _forget_ways_in(person: Person) -> None:
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    SignInLink.objects.filter(person=person).delete()
    ApiToken.objects.filter(person=person).delete()


def _forget_letters(person: Person, addresses: Collection[str]) -> None:
    Message.objects.filter(person=person).delete()
    known = Message.objects.annotate(address=Lower("to_email"))
    known.filter(address__in=addresses).delete()
    for address in addresses:
        telling = _telling_of(address)
        Message.objects.filter(pk__in=telling, state=MessageState.SENT).update(body="")
        # What was not mailed yet would arrive without a word.
        Message.objects.filter(pk__in=telling).exclude(state=MessageState.SENT).delete()


def _telling_of(address: str) -> list[int]:
    """Return the letters in which an address stands by itself, not inside another."""
    alone = re.compile(
        rf"(?<![\w.%+-]){re.escape(address)}(?![\w-]|\.\w)", re.IGNORECASE
    )
    found = Message.objects.filter(body__icontains=address).values_list("pk", "body")
    return [pk for pk, body in found if alone.search(body)]


def _forget_invitations(addresses: Collection[str], nobody: str, at: datetime) -> None:
    known = Invitation.objects.annotate(address=Lower("email"))
    invitations = known.filter(address__in=addresses)
    invitations.filter(accepted_at__isnull=True).update(expires_at=at)
    invitations.update(email=nobody)
