"""
Who may do what: answered from a person's roles, asked by every door.

`person.has_perm("framework.change_matrixlink", line)` asks the rule under that name in
`RULES`. Where the object is an edition, roles of that edition and of all editions
count; without an object any edition's do. The secretariat of all editions is the
forum's administrator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects

from montada.participation.choices import RoleKind
from montada.participation.models import Person

if TYPE_CHECKING:
    from montada.participation.models import Role

    Rule = Callable[[Sequence[Role], Any], bool]


def roles_of(person: Person) -> Sequence[Role]:
    """Return what a person does; read once for each person object."""
    prefetch_related_objects([person], "roles")
    return list(person.roles.all())


def _is_administrator(roles: Sequence[Role], _subject: Any) -> bool:
    return any(
        role.kind == RoleKind.SECRETARIAT and role.edition_id is None for role in roles
    )


def _is_secretariat(roles: Sequence[Role], _subject: Any) -> bool:
    return any(role.kind == RoleKind.SECRETARIAT for role in roles)


def _is_secretariat_of(roles: Sequence[Role], edition: Any) -> bool:
    if edition is None:
        return _is_secretariat(roles, None)
    return any(
        role.kind == RoleKind.SECRETARIAT and role.edition_id in (None, edition.pk)
        for role in roles
    )


def _facilitates(roles: Sequence[Role], action_line: Any) -> bool:
    if _is_secretariat(roles, None):
        return True
    return action_line is not None and any(
        role.kind == RoleKind.FACILITATOR and role.action_line_id == action_line.pk
        for role in roles
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """The projects somebody speaks for: all, those of action lines, of countries."""

    is_everywhere: bool
    line_ids: frozenset[str]
    country_ids: frozenset[str]

    def __bool__(self) -> bool:
        return self.is_everywhere or bool(self.line_ids or self.country_ids)


EVERYWHERE = Reach(True, frozenset(), frozenset())


def reach_of(person: Person) -> Reach:
    """Return the projects a person speaks for; as `stocktaking.decide_label` says."""
    if person.is_superuser:
        return EVERYWHERE
    return _reach(roles_of(person))


def _reach(roles: Sequence[Role]) -> Reach:
    """Return what roles reach: a facilitator's line, a focal point's country."""

    def places(kind: RoleKind, name: str) -> frozenset[Any]:
        found = {getattr(role, name) for role in roles if role.kind == kind}
        return frozenset(found - {None})

    return Reach(
        is_everywhere=_is_secretariat(roles, None),
        line_ids=places(RoleKind.FACILITATOR, "action_line_id"),
        country_ids=places(RoleKind.FOCAL_POINT, "country_id"),
    )


def _decides_label(roles: Sequence[Role], label: Any) -> bool:
    """
    Return whether roles reach a suggested label; without one, whether they reach any.

    A line is its facilitators' matter, a goal that of any facilitator of the project's
    lines, both that of the focal points of the project's country.
    """
    reach = _reach(roles)
    if label is None or reach.is_everywhere:
        return bool(reach)
    lines = {label.code} if label.axis == "action_line" else label.line_ids
    return label.country_id in reach.country_ids or not reach.line_ids.isdisjoint(lines)


def _speaks_for_country(roles: Sequence[Role], project: Any) -> bool:
    """Return whether roles speak for a project's country; without one, for any."""
    countries = _reach(roles).country_ids
    return bool(countries) if project is None else project.country_id in countries


def _follows_country(roles: Sequence[Role], country: Any) -> bool:
    """Return whether roles see all entries of a country, or of any without one."""
    reach = _reach(roles)
    if country is None or reach.is_everywhere:
        return reach.is_everywhere or bool(reach.country_ids)
    return country.pk in reach.country_ids


def _translates(roles: Sequence[Role], _subject: Any) -> bool:
    return _is_secretariat(roles, None) or any(
        role.kind == RoleKind.TRANSLATOR for role in roles
    )


RULES: dict[str, Rule] = {
    "framework.change_matrixlink": _facilitates,
    "framework.load_targets": _is_administrator,
    "edition.add_edition": _is_administrator,
    "edition.change_edition": _is_secretariat_of,
    "participation.administer": _is_administrator,
    "participation.change_role": _is_secretariat_of,
    "participation.view_person": _is_secretariat,
    "participation.view_message": _is_secretariat,
    "participation.change_organisation": _is_secretariat,
    "audit.view_entry": _is_secretariat,
    "stocktaking.decide_label": _decides_label,
    "stocktaking.endorse_project": _speaks_for_country,
    "stocktaking.publish_project": _is_secretariat,
    "stocktaking.view_country_entries": _follows_country,
    "stocktaking.import_projects": _is_secretariat,
    "stocktaking.translate_project": _translates,
    "consultation.change_consultation": _is_secretariat_of,
    "consultation.moderate_statement": _is_secretariat_of,
    "consultation.translate_statement": _translates,
    "programme.change_programme": _is_secretariat_of,
    "selection.import_prizes": _is_secretariat,
    "programme.import_sessions": _is_secretariat_of,
    "indicators.import_figures": _is_secretariat,
}
"""Every permission of the forum, by the name under which features ask for it."""


class RolesBackend(BaseBackend):
    """Answers `has_perm` from `RULES`; Django asks it before any other backend."""

    def get_user(self, user_id: Any) -> Person | None:
        """Return who a session belongs to, as long as they may come in."""
        return Person.objects.filter(pk=user_id, is_active=True).first()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """
        Return whether the roles allow it.

        Raises
        ------
        PermissionDenied
            If they do not, so that Django asks no further backend (and no database).
        """
        rule = RULES.get(perm)
        if rule is None:
            return False
        if user_obj.is_active and rule(roles_of(user_obj), obj):
            return True
        raise PermissionDenied
