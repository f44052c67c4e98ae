"""
Published programmes of other systems, taken in as a plan of an edition.

What is known already keeps its words and its length; the plan follows the file. So a
table that was exported, changed in a spreadsheet and taken in again moves sessions, and
the same file a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import ImportReport
from montada.programme.models import Plan
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.placing import Spot, record_change
from montada.programme.operations.plans import (
    begin_plan,
    held_plan,
    refuse_while_solving,
)
from montada.programme.operations.schedule_facts import kept_otherwise
from montada.programme.operations.schedule_rooms import Rooms
from montada.programme.operations.schedule_rows import ReadRow, read_schedule
from montada.programme.operations.schedule_sessions import Sessions

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_KEY = 20
"""Characters of an id that stands in an address as it is."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """
    What became of a programme.

    Attributes
    ----------
    plan : where its sessions are placed; None after a trial, and where nothing went in
    n_rooms, n_speakers : that nobody knew before
    """

    report: ImportReport
    plan: Plan | None
    n_rooms: int = 0
    n_speakers: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as commands print it for programs."""
        told = self.report.as_json()
        del told["format"]
        plan = self.plan.pk if self.plan else None
        made = {"rooms": self.n_rooms, "speakers": self.n_speakers}
        return {"plan": plan, **made, **told}

    def lines(self) -> Iterator[str]:
        """Yield it as lines for a terminal."""
        yield from self.report.lines()
        yield f"{self.n_rooms} rooms and {self.n_speakers} speakers are new"


@transaction.atomic
def take_in_schedule(  # noqa: PLR0913 - a file, where it goes, and who says so
    *,
    edition: Any,
    path: Path,
    file_name: str = "",
    plan_name: str,
    is_moved: bool = False,
    taken_by: Person | None,
    at: datetime,
    is_dry_run: bool = False,
) -> TakenIn:
    """
    Take in a programme; whole, or, if any row is refused, not at all.

    Sessions that nobody knows are made, not public, with their rooms and speakers. All
    are placed in the plan of that name, which is begun if the edition has none.
    `is_moved` puts its first day on the edition's first. A trial reports the same and
    keeps nothing. `file_name` is what the trail calls it, where the path is another.

    Raises
    ------
    NotTheSecretariat, NoDays, ScheduleRefused, PlanNameless, TooManyPlans, SolverAtWork
    montada.djangokit.spreadsheets.NotASpreadsheet and the refusals beside it
    """
    check_secretariat(taken_by, edition)
    rows = read_schedule(path, edition, is_moved=is_moved)
    report = ImportReport()
    if any(row.is_refused for row in rows):
        for row in rows:
            report.note(
                row.number,
                "refused" if row.is_refused else "skipped",
                row.key,
                row.reason,
            )
        return TakenIn(report, None)
    taking = _Taking(edition, plan_name, taken_by, at, report)
    plan = taking.take(rows)
    is_kept = not (is_dry_run or report.n_refused)
    if is_kept and taking.has_changed:
        audit.record(
            action="programme.schedule_taken_in",
            actor=taken_by,
            subject=plan,
            at=at,
            details={"file": file_name or path.name, "counts": dict(report.counts)},
        )
    if not is_kept:
        transaction.set_rollback(True)
    return TakenIn(
        report,
        plan if is_kept else None,
        taking.rooms.n_new,
        taking.sessions.panels.n_new,
    )


class _Taking:
    """One programme on its way in."""

    def __init__(
        self,
        edition: Any,
        plan_name: str,
        by: Person | None,
        at: datetime,
        report: ImportReport,
    ) -> None:
        self.edition, self.by, self.at, self.report = edition, by, at, report
        self.plan = self._held(plan_name)
        self.rooms = Rooms(edition, by, at)
        self.sessions = Sessions(edition, by, at)
        self.spots = {
            row.session_id: Spot.of(row) for row in self.plan.placements.all()
        }
        self.moves: dict[int, Spot] = {}
        self.row_of: dict[int, int] = {}

    def _held(self, name: str) -> Plan:
        known = Plan.objects.filter(edition=self.edition, name=name.strip()).first()
        if known is None:
            return begin_plan(
                edition=self.edition, name=name, made_by=self.by, at=self.at
            )
        plan = held_plan(known, self.by)
        refuse_while_solving(plan)
        return plan

    @property
    def has_changed(self) -> bool:
        return bool(self.moves)

    def take(self, rows: Sequence[ReadRow]) -> Plan:
        """Make what is new, then move everything at once, as one change of the plan."""
        for row in rows:
            if row.session is None:
                self.report.note(row.number, "skipped", row.key, row.reason)
                continue
            try:
                self._take_one(row)
            except Refusal as refusal:
                self.report.note(row.number, "refused", row.key, str(refusal))
        if not self.moves:
            return self.plan
        before = [self.spots.get(pk, Spot(pk)) for pk in self.moves]
        after = list(self.moves.values())
        return record_change(self.plan, before, after, self.by, self.at)

    def _take_one(self, row: ReadRow) -> None:
        assert row.session is not None
        slug = slug_of(self.edition.slug, row.key)
        room = self.rooms.room(row.session.room)
        known = self.sessions.known(row.session, slug)
        if known is None:
            new, left_out = self.sessions.made(row.session, row.facts, slug)
            self.moves[new.pk] = Spot(new.pk, room, row.starts)
            self.report.note(row.number, "accepted", row.key, left_out)
            return
        if known.is_cancelled or (known.kind is not None and known.kind.is_stand):
            why = _("It is a stand here, or was cancelled: it has no place in a plan.")
            self.report.note(row.number, "skipped", row.key, why)
            return
        if known.pk in self.row_of:
            told = {"row": self.row_of[known.pk]}
            why = _("The same session as row %(row)s.") % told
            self.report.note(row.number, "skipped", row.key, why)
            return
        self.row_of[known.pk] = row.number
        before = self.spots.get(known.pk, Spot(known.pk))
        after = Spot(known.pk, room, row.starts, before.is_locked)
        if before == after:
            self.report.note(row.number, "unchanged", row.key, _kept(known, row))
        elif before.is_locked:
            why = _("It is locked elsewhere in this plan, and stays there.")
            self.report.note(row.number, "skipped", row.key, why)
        else:
            self.moves[known.pk] = after
            self.report.note(row.number, "changed", row.key, _kept(known, row))


def _kept(known: Any, row: ReadRow) -> str:
    """Return what to say where a file and the edition differ; "" where they do not."""
    assert row.session is not None
    said = []
    told: Mapping[str, int] = {"file": row.session.minutes, "here": known.minutes or 0}
    if told["file"] != told["here"]:
        said.append(_("Minutes in the file: %(file)s; here they stay %(here)s.") % told)
    if columns := kept_otherwise(known, row.facts):
        other = _("The file says otherwise, and here it stays: %(columns)s.")
        said.append(other % {"columns": ", ".join(columns)})
    return " ".join(said)


def slug_of(edition: str, key: str) -> str:
    """Return the address of a session that was taken in, the same every time."""
    if len(key) <= LONGEST_KEY and slugify(key) == key:
        return f"{edition}-in-{key}"
    digest = sha256(key.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{edition}-in-{digest}"
