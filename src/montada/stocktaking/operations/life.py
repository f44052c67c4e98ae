"""An entry's way through the secretariat: published, returned, taken out, joined."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.stocktaking import queries
from montada.stocktaking.choices import (
    IN_CHECK,
    PUBLIC,
    RemarkKind,
    VersionState,
    Visibility,
)
from montada.stocktaking.models import Project, ProjectRemark, ProjectVersion
from montada.stocktaking.operations import told
from montada.stocktaking.operations.publishing import publish_project
from montada.stocktaking.operations.remarks import end_endorsements, move
from montada.stocktaking.operations.showing import publish_version
from montada.stocktaking.operations.standing import (
    NotYoursToDecide,
    check_sending,
    check_state,
    check_visibility,
    held,
    held_project,
    words_of,
)
from montada.stocktaking.permissions import is_secretariat

if TYPE_CHECKING:
    from montada.participation.models import Person


class TwinOfItself(Refusal):
    code = "stocktaking.twin_of_itself"
    message = _("A project cannot be the same as itself. Name the other record.")


class TwinsAlready(Refusal):
    code = "stocktaking.twins_already"
    message = _("These two records are joined already.")


class NotTwins(Refusal):
    code = "stocktaking.not_twins"
    message = _("This record is not joined to another one.")


def pass_overdue(*, at: datetime) -> int:
    """
    Pass entries whose focal point had their time on to the secretariat; how many.

    Each is a decision of its own: what fails leaves the others done.
    """
    overdue = ProjectVersion.objects.filter(
        state=VersionState.FOCAL_POINT, due_on__lt=queries.register_at(at).today
    )
    return sum(_passed_on(version, at) for version in overdue.order_by("pk"))


@transaction.atomic
def _passed_on(version: ProjectVersion, at: datetime) -> bool:
    entry = held(version)
    if entry.state != VersionState.FOCAL_POINT:
        return False
    move(entry, VersionState.SECRETARIAT)
    audit.record(
        action="stocktaking.version_passed_on",
        actor=None,
        subject=entry.project,
        at=at,
        details={"version": entry.number},
    )
    to = [*told.members_of(entry.project), *told.focal_points_of(entry.project)]
    told.tell(told.letter_of(entry, "passed_on"), to, at=at)
    told.tell(told.letter_of(entry, "to_publish"), told.secretariat(), at=at)
    return True


@transaction.atomic
def publish_entry(
    *,
    version: ProjectVersion,
    published_by: Person,
    at: datetime,
    sent_at: datetime | None = None,
) -> ProjectVersion:
    """
    Put an entry that waits for the secretariat into the register.

    `sent_at` is when the words were sent that the secretariat read.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn, SentAnew
    """
    _check_secretariat(published_by)
    entry = held(version)
    check_state(entry, [VersionState.SECRETARIAT])
    check_sending(entry, sent_at)
    return publish_version(version=entry, published_by=published_by, at=at)


@transaction.atomic
def return_version(
    *, version: ProjectVersion, text: str, returned_by: Person, at: datetime
) -> ProjectRemark:
    """
    Give an entry back to its author, who is told what to change.

    What a country said of the old words is not said of the new ones: an endorsement
    ends, and the country is asked again.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn, WordsMissing, WordsTooMany
    """
    _check_secretariat(returned_by)
    entry = held(version)
    check_state(entry, IN_CHECK)
    remark = entry.remarks.create(
        kind=RemarkKind.CHANGE_REQUEST,
        text=words_of(text),
        author=returned_by,
        made_at=at,
    )
    move(entry, VersionState.CHANGE_ASKED)
    end_endorsements(entry, returned_by, at)
    audit.record(
        action="stocktaking.version_returned",
        actor=returned_by,
        subject=entry.project,
        at=at,
        reason=remark.text,
        details={"version": entry.number},
    )
    to = [*told.members_of(entry.project), *told.focal_points_of(entry.project)]
    letter = told.letter_of(entry, "change_asked", text=remark.text)
    told.tell(letter, to, at=at, but=returned_by)
    return remark


@transaction.atomic
def unpublish(
    *, project: Project, reason: str, unpublished_by: Person, at: datetime
) -> Project:
    """
    Take a project from the register; nothing of it is lost.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn, WordsMissing, WordsTooMany
    """
    return _show(project, Visibility.UNPUBLISHED, words_of(reason), unpublished_by, at)


@transaction.atomic
def republish(*, project: Project, republished_by: Person, at: datetime) -> Project:
    """
    Put a project that was taken from the register back into it.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn
    """
    return _show(project, Visibility.PUBLISHED, "", republished_by, at)


def _show(
    project: Project, visibility: Visibility, reason: str, by: Person, at: datetime
) -> Project:
    _check_secretariat(by)
    row = held_project(project)
    is_out = visibility == Visibility.UNPUBLISHED
    check_visibility(row, PUBLIC if is_out else [Visibility.UNPUBLISHED])
    row.visibility, row.visibility_reason = visibility, reason
    row.save(update_fields=["visibility", "visibility_reason"])
    publish_project(project=row)
    what = "unpublished" if is_out else "republished"
    audit.record(
        action=f"stocktaking.project_{what}",
        actor=by,
        subject=row,
        at=at,
        reason=reason,
    )
    to = [*told.members_of(row), *told.focal_points_of(row)]
    letter = told.letter_of_project(row, what, text=reason)
    told.tell(letter, to, at=at, but=by)
    return row


@transaction.atomic
def link_twins(
    *, project: Project, twin: Project, linked_by: Person, at: datetime
) -> None:
    """
    Say that two records are the same project; both stay, each leads to the other.

    Records that are joined to `project` already come along.

    Raises
    ------
    EntryGone, NotYoursToDecide, TwinOfItself, TwinsAlready
    """
    _check_secretariat(linked_by)
    one, other = held_project(project), held_project(twin)
    if one.pk == other.pk:
        raise TwinOfItself
    first = other.same_as or other
    if first.pk in (one.pk, one.same_as_id):
        raise TwinsAlready
    old_first = one.same_as or one
    old_first.twins.update(same_as=first)
    Project.objects.filter(pk=old_first.pk).update(same_as=first)
    _record_twins("linked", one, other, linked_by, at)


@transaction.atomic
def unlink_twin(*, project: Project, unlinked_by: Person, at: datetime) -> None:
    """
    Say that a record is a project of its own again; the others stay joined.

    Raises
    ------
    EntryGone, NotYoursToDecide, NotTwins
    """
    _check_secretariat(unlinked_by)
    one = held_project(project)
    first = _separated(one)
    if first is None:
        raise NotTwins
    _record_twins("unlinked", one, first, unlinked_by, at)


def leave_twins(project: Project, left_by: Person | None, at: datetime) -> None:
    """Let a held project that is about to go leave the records it is joined to."""
    if twin := _separated(project):
        _record_twin("unlinked", twin, project, left_by, at)


def _separated(one: Project) -> Project | None:
    """Take a record out of those it is joined to; the first of these, None if alone."""
    others = list(one.twins.order_by("pk"))
    if one.same_as is None and not others:
        return None
    first = one.same_as or others[0]
    # Of a first one that leaves, the next becomes the first.
    stands_alone = one if one.same_as_id else first
    Project.objects.filter(pk=stands_alone.pk).update(same_as=None)
    one.twins.exclude(pk=first.pk).update(same_as=first)
    return first


def _record_twins(
    what: str, one: Project, other: Project, by: Person, at: datetime
) -> None:
    _record_twin(what, one, other, by, at)
    _record_twin(what, other, one, by, at)


def _record_twin(
    what: str, project: Project, twin: Project, by: Person | None, at: datetime
) -> None:
    audit.record(
        action=f"stocktaking.twins_{what}",
        actor=by,
        subject=project,
        at=at,
        details={"twin": twin.slug},
    )
    letter = told.letter_of_project(project, f"twins_{what}", twin=twin.title)
    told.tell(letter, told.members_of(project), at=at, but=by)


def _check_secretariat(person: Person) -> None:
    if not is_secretariat(person):
        raise NotYoursToDecide
