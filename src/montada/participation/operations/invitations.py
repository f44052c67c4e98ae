"""Offers of a role to people who may have no account yet."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.participation import queries
from montada.participation.choices import role_name
from montada.participation.models import Invitation, Person
from montada.participation.operations.outbox import write_message
from montada.participation.operations.people import add_person
from montada.participation.operations.roles import (
    NotYoursToGrant,
    check_grantor,
    check_role,
    grant_role,
)
from montada.participation.operations.sign_in import PersonNotActive

if TYPE_CHECKING:
    from montada.edition.models import Edition
    from montada.framework.models import ActionLine, Country


class InvitationUnknown(Refusal):
    code = "participation.invitation_unknown"
    message = _("This invitation is not known here. Was the link copied completely?")


class InvitationUsed(Refusal):
    code = "participation.invitation_used"
    message = _("This invitation was accepted already. Sign in with your e-mail.")


class InvitationExpired(Refusal):
    code = "participation.invitation_expired"
    message = _("This invitation has run out. Ask the secretariat for a new one.")


class InvitationNotTheirsAnyMore(Refusal):
    code = "participation.invitation_not_theirs_any_more"
    message = _(
        "Whoever sent this invitation may not give the role any more. Ask the "
        "secretariat for a new one."
    )


class InvitationForAnotherAddress(Refusal):
    code = "participation.invitation_for_another_address"
    message = _(
        "This invitation was sent to another e-mail address than the one you are "
        "signed in with. Sign out and open it again."
    )


@transaction.atomic
def invite(  # noqa: PLR0913 - an offer has that many sides
    *,
    email: str,
    kind: str,
    edition: Edition | None = None,
    country: Country | None = None,
    action_line: ActionLine | None = None,
    language: str,
    site_url: str,
    invited_by: Person | None,
    at: datetime,
    lasts: timedelta = timedelta(days=14),
) -> Invitation:
    """
    Offer a role by e-mail. The key is in the message alone; its digest is stored.

    `site_url` is the forum's address without a path, "https://forum.example".

    Raises
    ------
    RoleUnknown, RoleNeedsCountry, RoleNeedsActionLine, RoleHasNoCountry
    RoleHasNoActionLine, NotYoursToGrant
    """
    check_role(kind=kind, country=country, action_line=action_line)
    check_grantor(granted_by=invited_by, edition=edition)
    key = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        kind=kind,
        edition=edition,
        country=country,
        action_line=action_line,
        language=language,
        key_digest=queries.digest_of(key),
        invited_by=invited_by,
        invited_at=at,
        expires_at=at + lasts,
    )
    _write_invitation(invitation, key, site_url, at)
    _remember("invitation.sent", invitation, invited_by, at)
    return invitation


@transaction.atomic
def withdraw_invitation(
    *, invitation: Invitation, withdrawn_by: Person, at: datetime
) -> None:
    """
    End an offer before it is accepted; its link opens nothing from then on.

    Raises
    ------
    NotYoursToGrant, InvitationUsed, InvitationExpired
    """
    check_grantor(granted_by=withdrawn_by, edition=invitation.edition)
    held = queries.locked_invitation(invitation.key_digest)
    row = _checked(held, at)
    row.expires_at = at
    row.save(update_fields=["expires_at"])
    _remember("invitation.withdrawn", row, withdrawn_by, at)


@transaction.atomic
def accept_invitation(*, key: str, person: Person | None, at: datetime) -> Person:
    """
    Give the offered role to `person`, or to who has the invited address.

    Whoever holds the key reads that address's mail: where nobody takes part under it
    yet, an account is made. An offer is worth what its sender may still grant.

    Raises
    ------
    InvitationUnknown, InvitationUsed, InvitationExpired, InvitationNotTheirsAnyMore
    InvitationForAnotherAddress, PersonNotActive
    """
    invitation = _checked(queries.locked_invitation(queries.digest_of(key)), at)
    try:
        check_grantor(granted_by=invitation.invited_by, edition=invitation.edition)
    except NotYoursToGrant:
        raise InvitationNotTheirsAnyMore from None
    invited = person or queries.person_of_email(invitation.email)
    if invited is None:
        invited = add_person(
            email=invitation.email,
            language=invitation.language,
            added_by=None,
            at=at,
        )
    if invited.email.casefold() != invitation.email.casefold():
        raise InvitationForAnotherAddress
    if not invited.is_active:
        raise PersonNotActive
    EmailAddress.objects.filter(user=invited, email=invited.email).update(verified=True)
    grant_role(
        person=invited,
        kind=invitation.kind,
        edition=invitation.edition,
        country=invitation.country,
        action_line=invitation.action_line,
        granted_by=None,
        at=at,
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    audit.record(action="invitation.accepted", actor=invited, subject=invitation, at=at)
    return invited


def _checked(invitation: Invitation | None, at: datetime) -> Invitation:
    if invitation is None:
        raise InvitationUnknown
    if invitation.accepted_at is not None:
        raise InvitationUsed
    if invitation.expires_at <= at:
        raise InvitationExpired
    return invitation


def _remember(
    action: str, invitation: Invitation, actor: Person | None, at: datetime
) -> None:
    edition = invitation.edition
    audit.record(
        action=action,
        actor=actor,
        subject=invitation,
        at=at,
        details={
            "kind": invitation.kind,
            "edition": edition.slug if edition else None,
        },
    )


def _write_invitation(
    invitation: Invitation, key: str, site_url: str, at: datetime
) -> None:
    invited = queries.person_of_email(invitation.email)
    form_of_address = invited.form_of_address if invited else ""
    with translation.override(invitation.language):
        path = reverse("participation:accept-invitation", args=[key])
        role = role_name(invitation.kind, form_of_address)
    write_message(
        to_email=invitation.email,
        person=invited,
        language=invitation.language,
        template="invitation",
        values={
            "invitation": invitation,
            "role": role,
            "url": f"{site_url.rstrip('/')}{path}",
            "expires_on": invitation.expires_at.date(),
        },
        at=at,
    )
