"""
Moving sessions about in a plan, several people at once.

Everybody says which revision of the plan they saw. What somebody else has changed
since then is not overwritten: moving the same session is refused, and says who did
what; moving any other goes through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition import queries as editions
from montada.programme import queries
from montada.programme.choices import Level
from montada.programme.models import Placement, Plan, PlanChange, Session
from montada.programme.operations.plans import held_plan, refuse_while_solving

if TYPE_CHECKING:
    from montada.participation.models import Person

STEP_MINUTES = 5
"""Sessions begin at full ones."""


class ChangedMeanwhile(Refusal):
    code = "programme.changed_meanwhile"
    message = _("%(name)s changed this meanwhile: %(what)s Look at it, then try again.")


class SessionNotToPlace(Refusal):
    code = "programme.session_not_to_place"
    message = _("This session has no place in the timetable of this edition.")


class RoomElsewhere(Refusal):
    code = "programme.room_elsewhere"
    message = _("This edition has no such room.")


class StartImpossible(Refusal):
    code = "programme.start_impossible"
    message = _(
        "A session begins on a day of the edition, at a full five minutes: 10:05, not "
        "10:07."
    )


class SessionLocked(Refusal):
    code = "programme.session_locked"
    message = _("“%(title)s” is locked where it is. Unlock it first.")


class CannotBe(Refusal):
    code = "programme.cannot_be"
    message = _("It cannot be there. %(why)s")


class NothingPlaced(Refusal):
    code = "programme.nothing_placed"
    message = _("This session has no place in the plan yet.")


class NothingToUndo(Refusal):
    code = "programme.nothing_to_undo"
    message = _("There is nothing of yours to undo in this plan.")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a plan has a session: as `PlanChange` keeps it; without a room, nowhere."""

    session: int
    room: int | None = None
    starts_at: datetime | None = None
    is_locked: bool = False

    @classmethod
    def of(cls, row: Placement) -> Spot:
        return cls(row.session_id, row.room_id, row.starts_at, row.is_locked)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Spot:
        starts_at = stored["starts_at"]
        return cls(
            stored["session"],
            stored["room"],
            datetime.fromisoformat(starts_at) if starts_at else None,
            stored["is_locked"],
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "session": self.session,
            "room": self.room,
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "is_locked": self.is_locked,
        }

    @property
    def is_placed(self) -> bool:
        return self.room is not None


@transaction.atomic
def place(  # noqa: PLR0913 - where to, and who saw what
    *,
    plan: Plan,
    session: Session,
    room: Any,
    starts_at: datetime,
    revision: int,
    changed_by: Person | None,
    at: datetime,
) -> Plan:
    """
    Put a session into a room at a moment, wherever it was before.

    `revision` is that of the plan as whoever moves it saw it.

    Raises
    ------
    NotTheSecretariat, PlanGone, SolverAtWork, SessionNotToPlace, RoomElsewhere,
    StartImpossible, SessionLocked, CannotBe, ChangedMeanwhile
    """
    row = _changeable(plan, changed_by)
    _refuse_stale(row, [session.pk], revision, changed_by)
    before = _spot(row, session)
    after = Spot(session.pk, room.pk, starts_at, before.is_locked)
    if before == after:
        return row
    _refuse_locked(session, before)
    refuse_nowhere(plan=row, session=session, room=room, starts_at=starts_at)
    _refuse_cannot(row, [after])
    return record_change(row, [before], [after], changed_by, at)


@transaction.atomic
def unplace(
    *,
    plan: Plan,
    session: Session,
    revision: int,
    changed_by: Person | None,
    at: datetime,
) -> Plan:
    """
    Take a session out of a plan; refusals as `place`, where they apply.

    Raises
    ------
    NothingPlaced
    """
    row = _changeable(plan, changed_by)
    _refuse_stale(row, [session.pk], revision, changed_by)
    before = _placed_spot(row, session)
    _refuse_locked(session, before)
    return record_change(row, [before], [Spot(session.pk)], changed_by, at)


@transaction.atomic
def swap(
    *,
    plan: Plan,
    session: Session,
    other: Session,
    revision: int,
    changed_by: Person | None,
    at: datetime,
) -> Plan:
    """
    Let two sessions change places; one that has none yet takes the other's.

    Refusals as `place`.
    """
    row = _changeable(plan, changed_by)
    _refuse_stale(row, [session.pk, other.pk], revision, changed_by)
    spots = {one.pk: _spot(row, one) for one in (session, other)}
    if session.pk == other.pk or not any(s.is_placed for s in spots.values()):
        raise NothingPlaced
    for one in (session, other):
        _refuse_locked(one, spots[one.pk])
        _refuse_not_to_place(row, one)
    before = [spots[session.pk], spots[other.pk]]
    after = [
        Spot(one, where.room, where.starts_at)
        for one, where in (
            (session.pk, spots[other.pk]),
            (other.pk, spots[session.pk]),
        )
    ]
    _refuse_cannot(row, after)
    return record_change(row, before, after, changed_by, at)


@transaction.atomic
def set_lock(
    *,
    plan: Plan,
    session: Session,
    is_locked: bool,
    revision: int,
    changed_by: Person | None,
    at: datetime,
) -> Plan:
    """
    Lock a session where it is, so that solving leaves it there; or let it go.

    Refusals as `unplace`.
    """
    row = _changeable(plan, changed_by)
    _refuse_stale(row, [session.pk], revision, changed_by)
    before = _placed_spot(row, session)
    if before.is_locked == is_locked:
        return row
    after = Spot(before.session, before.room, before.starts_at, is_locked)
    return record_change(row, [before], [after], changed_by, at)


@transaction.atomic
def undo(*, plan: Plan, undone_by: Person | None, at: datetime) -> Plan:
    """
    Take back one's own last change that stands; again, the one before it.

    What others did to the same sessions since is not overwritten.

    Raises
    ------
    NotTheSecretariat, PlanGone, SolverAtWork, NothingToUndo, ChangedMeanwhile, CannotBe
    """
    row = _changeable(plan, undone_by)
    change = queries.change_to_undo(row, undone_by)
    if change is None:
        raise NothingToUndo
    made = [Spot.from_json(spot) for spot in change.after]
    ids = [spot.session for spot in made]
    # What was cancelled since comes back by no undoing.
    left = Session.objects.filter(pk__in=ids, is_cancelled=False)
    there = list(left.values_list("pk", flat=True))
    _refuse_stale(row, there, change.revision, undone_by)
    rooms = {room.pk for room in editions.rooms_of(row.edition)}
    back = [
        spot if spot.room in rooms else Spot(spot.session)
        for spot in map(Spot.from_json, change.before)
        if spot.session in there
    ]
    later = row.changes.filter(revision__gt=change.revision)
    if later.exclude(changed_by=undone_by).exists():
        # Somebody else may be where it was.
        _refuse_cannot(row, [spot for spot in back if spot.room])
    change.undone_at = at
    change.save(update_fields=["undone_at"])
    now = [spot for spot in made if spot.session in there]
    return record_change(row, now, back, undone_by, at, is_undoable=False)


def record_change(
    plan: Plan,
    before: Sequence[Spot],
    after: Sequence[Spot],
    changed_by: Person | None,
    at: datetime,
    *,
    is_undoable: bool = True,
) -> Plan:
    """
    Make one change of a plan that is held, and keep how it can be undone.

    Undoing and cancelling are changes as well, so that others see them; they are not
    undone themselves.
    """
    plan.revision += 1
    plan.save(update_fields=["revision"])
    sessions = [spot.session for spot in before]
    plan.placements.filter(session__in=sessions).delete()
    Placement.objects.bulk_create(
        Placement(
            plan=plan,
            session_id=spot.session,
            room_id=spot.room,
            starts_at=spot.starts_at,
            is_locked=spot.is_locked,
        )
        for spot in after
        if spot.room is not None and spot.starts_at is not None
    )
    PlanChange.objects.create(
        plan=plan,
        revision=plan.revision,
        before=[spot.as_json() for spot in before],
        after=[spot.as_json() for spot in after],
        changed_by=changed_by,
        changed_at=at,
        undone_at=None if is_undoable else at,
    )
    audit.record(
        action="timetable.plan_changed",
        actor=changed_by,
        subject=plan,
        at=at,
        details={"revision": plan.revision, "n_sessions": len(before)},
    )
    return plan


def _changeable(plan: Plan, person: Person | None) -> Plan:
    row = held_plan(plan, person)
    refuse_while_solving(row)
    return row


def _spot(plan: Plan, session: Session) -> Spot:
    row = plan.placements.filter(session=session).first()
    return Spot.of(row) if row else Spot(session.pk)


def _placed_spot(plan: Plan, session: Session) -> Spot:
    spot = _spot(plan, session)
    if not spot.is_placed:
        raise NothingPlaced
    return spot


def _refuse_stale(
    plan: Plan, sessions: Sequence[int], revision: int, person: Person | None
) -> None:
    """Refuse what somebody else has changed since a revision: it was not seen."""
    newer = plan.changes.filter(revision__gt=revision).select_related("changed_by")
    for change in newer:
        touched = {spot["session"] for spot in change.after}
        if change.changed_by_id != (person.pk if person else None) and (
            not touched.isdisjoint(sessions)
        ):
            raise ChangedMeanwhile(
                name=queries.name_of_editor(change.changed_by),
                what=queries.words_of_change(change, plan.edition, only=set(sessions)),
            )


def _refuse_locked(session: Session, spot: Spot) -> None:
    if spot.is_locked:
        raise SessionLocked(title=queries.title_of(session))


def _refuse_not_to_place(plan: Plan, session: Session) -> None:
    if not queries.sessions_to_place(plan.edition).filter(pk=session.pk).exists():
        raise SessionNotToPlace


def refuse_nowhere(
    *, plan: Plan, session: Session, room: Any, starts_at: datetime
) -> None:
    """
    Refuse what is no place of the edition at all.

    Raises
    ------
    SessionNotToPlace, RoomElsewhere, StartImpossible
    """
    _refuse_not_to_place(plan, session)
    if room.edition_id != plan.edition_id:
        raise RoomElsewhere
    start = queries.local(starts_at, plan.edition.zone)
    if (
        start.date() not in queries.days_of(plan.edition)
        or start.minute % STEP_MINUTES
        or start.second
        or start.microsecond
    ):
        raise StartImpossible


def _refuse_cannot(plan: Plan, spots: Sequence[Spot]) -> None:
    """Refuse places that, as the edition's levels say, cannot be."""
    found = queries.conflicts_of_moves(
        plan, {spot.session: (spot.room, spot.starts_at) for spot in spots}
    )
    why = [conflict.words for conflict in found if conflict.level == Level.CANNOT]
    if why:
        raise CannotBe(why=" ".join(why))
