"""One-time links that sign a person in: for first starts and demonstrations."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.participation import queries
from montada.participation.models import Person, SignInLink
from montada.participation.operations.people import PersonErased


class LinkUnknown(Refusal):
    code = "participation.link_unknown"
    message = _("This sign-in link is not known here. Was it copied completely?")


class LinkUsed(Refusal):
    code = "participation.link_used"
    message = _("This sign-in link was used already; each works once.")


class LinkExpired(Refusal):
    code = "participation.link_expired"
    message = _("This sign-in link has run out. Ask for a new one.")


class PersonNotActive(Refusal):
    code = "participation.person_not_active"
    message = _("This account is closed. Write to the secretariat.")


@transaction.atomic
def make_sign_in_link(
    *, person: Person, at: datetime, lasts: timedelta = timedelta(hours=1)
) -> str:
    """
    Return the key of a link that signs `person` in once; only its digest is stored.

    Raises
    ------
    PersonErased
    """
    if person.erased_at is not None:
        raise PersonErased
    key = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        person=person, key_digest=queries.digest_of(key), expires_at=at + lasts
    )
    audit.record(action="sign_in_link.made", actor=None, subject=person, at=at)
    return key


@transaction.atomic
def use_sign_in_link(*, key: str, at: datetime) -> Person:
    """
    Return whom the link signs in, and use it up.

    Raises
    ------
    LinkUnknown, LinkUsed, LinkExpired, PersonNotActive
    """
    link = queries.locked_sign_in_link(key)
    if link is None:
        raise LinkUnknown
    if link.used_at is not None:
        raise LinkUsed
    if link.expires_at <= at:
        raise LinkExpired
    if not link.person.is_active:
        raise PersonNotActive
    link.used_at = at
    link.save(update_fields=["used_at"])
    audit.record(
        action="sign_in_link.used", actor=link.person, subject=link.person, at=at
    )
    return link.person
