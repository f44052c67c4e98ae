"""Phases of an edition, as they stand at a moment, in the edition's time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from montada.audit import queries as audit
from montada.edition.engine.progress import Progress, progress
from montada.edition.models import Edition, Phase
from montada.language.engine.text import LocalizedText


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase for a page. Both moments carry the edition's time zone."""

    pk: int
    kind: str
    kind_name: str
    name: LocalizedText
    opens_at: datetime
    closes_at: datetime
    progress: Progress

    @property
    def state(self) -> str:
        return self.progress.state

    @property
    def days(self) -> int:
        return self.progress.days

    @property
    def first_day(self) -> date:
        return self.progress.first_day

    @property
    def last_day(self) -> date:
        return self.progress.last_day


def phases_of(edition: Edition) -> QuerySet[Phase]:
    """Return an edition's phases, earliest first."""
    return edition.phases.all()


def is_phase_open(edition_pk: int, kind: str, moment: datetime) -> bool:
    """Return whether an edition has such a phase, and is in it. One query at most."""
    return any(
        phase.kind == kind and phase.is_open_at(moment)
        for phase in _phases_kept(edition_pk)
    )


@audit.remembered("edition.")
def _phases_kept(edition_pk: int) -> list[Phase]:
    return list(Phase.objects.filter(edition=edition_pk))


def timeline(edition: Edition, moment: datetime) -> list[PhaseRow]:
    """Return an edition's phases and how each stands at `moment`. One query."""
    return _rows(edition, phases_of(edition), moment)


def _rows(
    edition: Edition, phases: Iterable[Phase], moment: datetime
) -> list[PhaseRow]:
    zone = edition.zone
    return [
        PhaseRow(
            pk=phase.pk,
            kind=phase.kind,
            kind_name=phase.get_kind_display(),
            name=phase.name,
            opens_at=phase.opens_at.astimezone(zone),
            closes_at=phase.closes_at.astimezone(zone),
            progress=progress(phase.opens_at, phase.closes_at, moment, zone),
        )
        for phase in phases
    ]


def phase_windows() -> QuerySet[Phase, tuple[datetime, datetime]]:
    """Return when each phase of all editions opens and closes, in no order."""
    return Phase.objects.order_by().values_list("opens_at", "closes_at")
