"""What a focal point says of an entry: advice, in time, never the author's words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.stocktaking.choices import IN_CHECK, RemarkKind, VersionState
from montada.stocktaking.models import ProjectRemark, ProjectVersion
from montada.stocktaking.operations import told
from montada.stocktaking.operations.standing import (
    NotYoursToDecide,
    check_sending,
    check_state,
    held,
    words_of,
)
from montada.stocktaking.permissions import is_secretariat, speaks_for_country

if TYPE_CHECKING:
    from montada.participation.models import Person

_OPEN = (*IN_CHECK, VersionState.PUBLISHED)
_HANDED_IN = (*_OPEN, VersionState.CHANGE_ASKED)


class EndorsedAlready(Refusal):
    code = "stocktaking.endorsed_already"
    message = _("Your country has endorsed this version already.")


class NotEndorsed(Refusal):
    code = "stocktaking.not_endorsed"
    message = _("Your country has not endorsed this version.")


@transaction.atomic
def endorse(
    *,
    version: ProjectVersion,
    endorsed_by: Person,
    at: datetime,
    sent_at: datetime | None = None,
) -> ProjectRemark:
    """
    Say for the country of the entry that it stands behind it, once a version.

    An entry that waited for this goes on to the secretariat. Entries that went there
    directly, and published ones, may be endorsed as well. `sent_at` is when the words
    were sent that the focal point read.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn, SentAnew, EndorsedAlready
    """
    entry = held(version)
    _check_speaks(endorsed_by, entry)
    check_state(entry, _OPEN)
    check_sending(entry, sent_at)
    if _endorsements(entry).exists():
        raise EndorsedAlready
    remark = _remark(entry, RemarkKind.ENDORSEMENT, "", endorsed_by, at)
    has_waited = entry.state == VersionState.FOCAL_POINT
    if has_waited:
        move(entry, VersionState.SECRETARIAT)
    audit.record(
        action="stocktaking.version_endorsed",
        actor=endorsed_by,
        subject=entry.project,
        at=at,
        details={"version": entry.number, "country": entry.project.country_id},
    )
    authors, secretariat = told.members_of(entry.project), told.secretariat()
    told.tell(told.letter_of(entry, "endorsed"), authors, at=at, but=endorsed_by)
    template = "to_publish" if has_waited else "endorsed"
    letter = told.letter_of(entry, template, is_endorsed=True)
    authors_are = {person.pk for person in authors}
    others = [person for person in secretariat if person.pk not in authors_are]
    told.tell(letter, others, at=at, but=endorsed_by)
    return remark


@transaction.atomic
def take_back_endorsement(
    *, version: ProjectVersion, taken_back_by: Person, at: datetime
) -> None:
    """
    Take an endorsement back, as long as the version is not published.

    Where the entry stands does not change: the secretariat is told and decides.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn, NotEndorsed
    """
    entry = held(version)
    _check_speaks(taken_back_by, entry)
    if entry.state == VersionState.PUBLISHED:
        check_state(entry, IN_CHECK)
    if not _endorsements(entry).delete()[0]:
        raise NotEndorsed
    audit.record(
        action="stocktaking.endorsement_taken_back",
        actor=taken_back_by,
        subject=entry.project,
        at=at,
        details={"version": entry.number, "country": entry.project.country_id},
    )
    to = [*told.members_of(entry.project), *told.secretariat()]
    letter = told.letter_of(entry, "endorsement_taken_back")
    told.tell(letter, to, at=at, but=taken_back_by)


@transaction.atomic
def ask_for_change(
    *, version: ProjectVersion, text: str, asked_by: Person, at: datetime
) -> ProjectRemark:
    """
    Ask the author for a change, as focal point.

    An entry that waits for the focal point goes back to its author; only those of
    governments ever do. For any other entry this is advice: the author and the
    secretariat are told, and it goes its way.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn, EndorsedAlready
    WordsMissing, WordsTooMany
    """
    entry = held(version)
    _check_speaks(asked_by, entry)
    check_state(entry, _OPEN)
    if _endorsements(entry).exists() and entry.state != VersionState.PUBLISHED:
        raise EndorsedAlready
    is_advice = entry.state != VersionState.FOCAL_POINT
    remark = _remark(entry, RemarkKind.CHANGE_REQUEST, words_of(text), asked_by, at)
    if not is_advice:
        move(entry, VersionState.CHANGE_ASKED)
    audit.record(
        action="stocktaking.change_advised"
        if is_advice
        else "stocktaking.change_asked",
        actor=asked_by,
        subject=entry.project,
        at=at,
        reason=remark.text,
        details={"version": entry.number},
    )
    to = [*told.members_of(entry.project), *told.secretariat()]
    template = "change_advised" if is_advice else "change_asked"
    letter = told.letter_of(entry, template, text=remark.text, asks_country=True)
    told.tell(letter, to, at=at, but=asked_by)
    return remark


@transaction.atomic
def comment(
    *, version: ProjectVersion, text: str, made_by: Person, at: datetime
) -> ProjectRemark:
    """
    Say something of an entry without asking for anything: focal point, secretariat.

    Raises
    ------
    EntryGone, NotYoursToDecide, EntryMovedOn, WordsMissing, WordsTooMany
    """
    entry = held(version)
    if not (speaks_for_country(made_by, entry.project) or is_secretariat(made_by)):
        raise NotYoursToDecide
    check_state(entry, _HANDED_IN)
    remark = _remark(entry, RemarkKind.COMMENT, words_of(text), made_by, at)
    audit.record(
        action="stocktaking.version_commented",
        actor=made_by,
        subject=entry.project,
        at=at,
        reason=remark.text,
        details={"version": entry.number},
    )
    others = told.secretariat() if remark.country_id else _focal_points(entry)
    letter = told.letter_of(entry, "commented", text=remark.text)
    told.tell(letter, [*told.members_of(entry.project), *others], at=at, but=made_by)
    return remark


def move(version: ProjectVersion, state: str) -> None:
    """Let a held version stand elsewhere; a deadline it had is over."""
    version.state, version.due_on = state, None
    version.save(update_fields=["state", "due_on"])


def end_endorsements(version: ProjectVersion, ended_by: Person, at: datetime) -> None:
    """Let no country stand behind a held version any more; the trail keeps who did."""
    given = version.remarks.filter(kind=RemarkKind.ENDORSEMENT)
    countries = sorted(filter(None, given.values_list("country_id", flat=True)))
    if not given.delete()[0]:
        return
    audit.record(
        action="stocktaking.endorsement_ended",
        actor=ended_by,
        subject=version.project,
        at=at,
        details={"version": version.number, "countries": countries},
    )


def _check_speaks(person: Person, version: ProjectVersion) -> None:
    if not speaks_for_country(person, version.project):
        raise NotYoursToDecide


def _endorsements(version: ProjectVersion) -> QuerySet[ProjectRemark]:
    return version.remarks.filter(
        kind=RemarkKind.ENDORSEMENT, country_id=version.project.country_id
    )


def _focal_points(version: ProjectVersion) -> list[Person]:
    return told.focal_points_of(version.project)


def _remark(
    version: ProjectVersion, kind: str, text: str, author: Person, at: datetime
) -> ProjectRemark:
    """Keep what was said; who speaks for the country is named by the country."""
    is_of_country = speaks_for_country(author, version.project)
    return version.remarks.create(
        kind=kind,
        text=text,
        author=author,
        country_id=version.project.country_id if is_of_country else None,
        made_at=at,
    )
