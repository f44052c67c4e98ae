"""What can happen to roles: they are granted and withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.participation import queries
from montada.participation.choices import RoleKind
from montada.participation.models import Person, Role
from montada.participation.operations.people import LastAdministrator, PersonErased

if TYPE_CHECKING:
    from montada.edition.models import Edition
    from montada.framework.models import ActionLine, Country


class RoleUnknown(Refusal):
    code = "participation.role_unknown"
    message = _("There is no role “%(kind)s”.")


class RoleNeedsCountry(Refusal):
    code = "participation.role_needs_country"
    message = _("A national focal point speaks for a country: choose one.")


class RoleNeedsActionLine(Refusal):
    code = "participation.role_needs_action_line"
    message = _("A facilitator looks after an action line: choose one.")


class RoleHasNoCountry(Refusal):
    code = "participation.role_has_no_country"
    message = _(
        "“%(role)s” is no role of a country; it would hold for all of them. Leave the "
        "country empty: only a national focal point speaks for one."
    )


class RoleHasNoActionLine(Refusal):
    code = "participation.role_has_no_action_line"
    message = _(
        "“%(role)s” is no role of an action line; it would hold for all of them. Leave "
        "the line empty: only a facilitator looks after one."
    )


class NotYoursToGrant(Refusal):
    code = "participation.not_yours_to_grant"
    message = _(
        "Roles of an edition are granted by its secretariat; roles of all editions by "
        "the forum's administrators."
    )


@transaction.atomic
def grant_role(  # noqa: PLR0913 - a role has that many sides
    *,
    person: Person,
    kind: str,
    edition: Edition | None = None,
    country: Country | None = None,
    action_line: ActionLine | None = None,
    granted_by: Person | None,
    at: datetime,
) -> Role:
    """
    Let a person act in an edition, or in all of them; a role they hold stays as it is.

    `granted_by` is `None` where the forum itself grants: on its first start, at the
    terminal, in a demonstration.

    Raises
    ------
    PersonErased, RoleUnknown, RoleNeedsCountry, RoleNeedsActionLine
    RoleHasNoCountry, RoleHasNoActionLine, NotYoursToGrant
    """
    if person.erased_at is not None:
        raise PersonErased
    check_role(kind=kind, country=country, action_line=action_line)
    check_grantor(granted_by=granted_by, edition=edition)
    place = {"edition": edition, "country": country, "action_line": action_line}
    held = Role.objects.filter(person=person, kind=kind, **place).first()
    if held is not None:
        return held
    role = person.roles.create(kind=kind, granted_at=at, **place)
    _remember("role.granted", role, granted_by, at)
    return role


@transaction.atomic
def withdraw_role(*, role: Role, withdrawn_by: Person, at: datetime) -> None:
    """
    End a role. What was done in it stays done.

    Raises
    ------
    NotYoursToGrant
    LastAdministrator
        If nobody could grant a role afterwards.
    """
    check_grantor(granted_by=withdrawn_by, edition=role.edition)
    if role.kind == RoleKind.SECRETARIAT and role.edition_id is None:
        others = queries.administrators().exclude(pk=role.person_id)
        if not others.exists():
            raise LastAdministrator
    _remember("role.withdrawn", role, withdrawn_by, at)
    role.delete()


def check_role(*, kind: str, country: Country | None, action_line: Any) -> None:
    """
    Raise the refusal that a role of this shape deserves.

    A place that the rules of a role do not ask for is refused: whoever grants
    “Secretariat · Egypt” would believe that it ends at Egypt's borders.
    """
    if kind not in RoleKind.values:
        raise RoleUnknown(kind=kind)
    if kind == RoleKind.FOCAL_POINT and country is None:
        raise RoleNeedsCountry
    if kind == RoleKind.FACILITATOR and action_line is None:
        raise RoleNeedsActionLine
    if kind != RoleKind.FOCAL_POINT and country is not None:
        raise RoleHasNoCountry(role=RoleKind(kind).label)
    if kind != RoleKind.FACILITATOR and action_line is not None:
        raise RoleHasNoActionLine(role=RoleKind(kind).label)


def check_grantor(*, granted_by: Person | None, edition: Edition | None) -> None:
    """Raise `NotYoursToGrant` unless they may decide about roles of `edition`."""
    if granted_by is None:
        return
    allowed = (
        granted_by.has_perm("participation.administer")
        if edition is None
        else granted_by.has_perm("participation.change_role", edition)
    )
    if not allowed:
        raise NotYoursToGrant


def _remember(action: str, role: Role, actor: Person | None, at: datetime) -> None:
    details = {
        "kind": role.kind,
        "edition": role.edition.slug if role.edition else None,
        "country": role.country_id,
        "action_line": role.action_line_id,
    }
    audit.record(
        action=action, actor=actor, subject=role.person, at=at, details=details
    )
