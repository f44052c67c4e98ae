"""Who may change a project's words: owners and co-editors, and how that passes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal
from montada.participation import operations as participation
from montada.participation import queries as people
from montada.stocktaking.choices import MemberRole
from montada.stocktaking.models import Project, ProjectMember
from montada.stocktaking.operations import told
from montada.stocktaking.operations.standing import NotYoursToDecide, held_project
from montada.stocktaking.permissions import is_secretariat, may_change_members

if TYPE_CHECKING:
    from montada.participation.models import Person


MOST_MEMBERS = 30
"""Owners and co-editors of one project."""
MOST_INVITED = 20
"""People whom one person lets look after projects within a day; the secretariat more.

The forum writes to each of them, and makes an account for who has none.
"""
DAY = timedelta(days=1)
_INVITED = ("stocktaking.member_added", "stocktaking.project_handed_over")


class MemberAlready(Refusal):
    code = "stocktaking.member_already"
    message = _("This person looks after the project already.")


class NotAMember(Refusal):
    code = "stocktaking.not_a_member"
    message = _("This person does not look after the project.")


class LastOwner(Refusal):
    code = "stocktaking.last_owner"
    message = _(
        "This is the project’s last owner. Hand it over first: a project without an "
        "owner is updated by nobody."
    )


class PersonMayNotSignIn(Refusal):
    code = "stocktaking.person_may_not_sign_in"
    message = _("The person with this address may not sign in here.")


class TooManyMembers(Refusal):
    code = "stocktaking.too_many_members"
    message = _(
        "A project has at most %(most)s owners and co-editors. Take one away first."
    )


class TooManyInvited(Refusal):
    code = "stocktaking.too_many_invited"
    message = _(
        "You have let %(most)s people look after projects since yesterday, which is as "
        "many as one person may. Come back tomorrow."
    )


@transaction.atomic
def add_editor(
    *, project: Project, email: str, added_by: Person, at: datetime
) -> ProjectMember:
    """
    Let somebody change the project's words; who has no account yet gets one.

    Raises
    ------
    EntryGone, NotYoursToDecide, TooManyMembers, TooManyInvited, MemberAlready
    PersonMayNotSignIn
    """
    row = held_project(project)
    if not may_change_members(added_by, row):
        raise NotYoursToDecide
    if row.members.count() >= MOST_MEMBERS:
        raise TooManyMembers(most=MOST_MEMBERS)
    _check_invited(added_by, at)
    person = _person_of(email, added_by, at)
    if row.members.filter(person=person).exists():
        raise MemberAlready
    member = row.members.create(person=person, role=MemberRole.EDITOR, since=at)
    _record("member_added", row, person, added_by, at)
    told.tell(told.letter_of_project(row, "editor_added"), [person], at=at)
    return member


@transaction.atomic
def remove_member(
    *, project: Project, person: Person, removed_by: Person, at: datetime
) -> None:
    """
    Let somebody change the project's words no longer; anybody may leave by themselves.

    Raises
    ------
    EntryGone, NotYoursToDecide, NotAMember, LastOwner
    """
    row = held_project(project)
    if person.pk != removed_by.pk and not may_change_members(removed_by, row):
        raise NotYoursToDecide
    member = row.members.filter(person=person).first()
    if member is None:
        raise NotAMember
    if member.role == MemberRole.OWNER and _owners(row) == [person.pk]:
        raise LastOwner
    member.delete()
    _record("member_removed", row, person, removed_by, at)
    letter = told.letter_of_project(row, "member_removed")
    told.tell(letter, [person], at=at, but=removed_by)


@transaction.atomic
def hand_over(
    *,
    project: Project,
    email: str,
    keeps_editing: bool,
    handed_over_by: Person,
    at: datetime,
) -> ProjectMember:
    """
    Make somebody the project's owner instead of those who own it now.

    Former owners stay as co-editors if `keeps_editing`, else they leave. The
    secretariat gives an owner to a project that has none.

    Raises
    ------
    EntryGone, NotYoursToDecide, TooManyInvited, MemberAlready, PersonMayNotSignIn
    """
    row = held_project(project)
    if not may_change_members(handed_over_by, row):
        raise NotYoursToDecide
    _check_invited(handed_over_by, at)
    heir = _person_of(email, handed_over_by, at)
    owners = row.members.filter(role=MemberRole.OWNER)
    if heir.pk in _owners(row):
        raise MemberAlready
    former = [owner.person for owner in owners.select_related("person")]
    if keeps_editing:
        owners.update(role=MemberRole.EDITOR)
    else:
        owners.delete()
    member, _is_new = row.members.update_or_create(
        person=heir,
        defaults={"role": MemberRole.OWNER},
        create_defaults={"role": MemberRole.OWNER, "since": at},
    )
    _record("project_handed_over", row, heir, handed_over_by, at)
    told.tell(told.letter_of_project(row, "owner_made"), [heir], at=at)
    letter = told.letter_of_project(row, "handed_over", keeps_editing=keeps_editing)
    told.tell(letter, former, at=at, but=handed_over_by)
    return member


def _check_invited(person: Person, at: datetime) -> None:
    if is_secretariat(person):
        return
    lately = trail.entries_since(at - DAY, actor=person, actions=_INVITED)
    if lately.count() >= MOST_INVITED:
        raise TooManyInvited(most=MOST_INVITED)


def _person_of(email: str, added_by: Person, at: datetime) -> Person:
    """Return who has the address; a new one is taken to read the writer's language."""
    person = people.person_of_email(email)
    if person is None:
        return participation.add_person(
            email=email,
            language=(get_language() or added_by.language).split("-")[0],
            added_by=added_by,
            at=at,
        )
    if not person.is_active:
        raise PersonMayNotSignIn
    return person


def _owners(project: Project) -> list[int]:
    owners = project.members.filter(role=MemberRole.OWNER)
    return list(owners.values_list("person_id", flat=True))


def _record(
    what: str, project: Project, person: Person, by: Person, at: datetime
) -> None:
    audit.record(
        action=f"stocktaking.{what}",
        actor=by,
        subject=project,
        at=at,
        details={"person": person.pk},
    )
