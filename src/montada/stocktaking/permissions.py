"""Who may see and change what of a project that is not for everybody."""

from __future__ import annotations

from typing import Any

from montada.stocktaking.choices import MemberRole
from montada.stocktaking.models import Project, ProjectMember


def role_in(person: Any, project: Project) -> str:
    """Return what a person is to a project: a `MemberRole`, "" for nothing."""
    if not person.is_authenticated:
        return ""
    held = ProjectMember.objects.filter(project=project, person_id=person.pk)
    return held.values_list("role", flat=True).first() or ""


def speaks_for_country(person: Any, project: Project) -> bool:
    """Return whether a person is a focal point of the project's country."""
    return bool(person.has_perm("stocktaking.endorse_project", project))


def is_secretariat(person: Any) -> bool:
    return bool(person.has_perm("stocktaking.publish_project"))


def sees_inside(person: Any, project: Project) -> bool:
    """
    Return whether a person reads what is not public: contacts, remarks, other states.

    Owners and co-editors, focal points of the country, the secretariat.
    """
    return (
        is_secretariat(person)
        or speaks_for_country(person, project)
        or bool(role_in(person, project))
    )


def may_change_members(person: Any, project: Project) -> bool:
    """Return whether a person decides who may change the words: owner, secretariat."""
    return is_secretariat(person) or role_in(person, project) == MemberRole.OWNER
