"""How complete a record is, and for what: to send it, to compete, to be funded, …"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from montada.stocktaking.engine.record import ProjectRecord


@dataclass(frozen=True, slots=True)
class Subject:
    """A record with what stands beside it."""

    record: ProjectRecord
    has_organisation: bool
    has_country: bool
    has_line: bool
    has_goal: bool
    has_contact: bool


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something a record can be used for, and how far it is."""

    name: str
    missing: tuple[str, ...]
    """Names of needs that are open, in the order of the form."""
    n_needs: int

    @property
    def n_met(self) -> int:
        return self.n_needs - len(self.missing)

    @property
    def is_met(self) -> bool:
        return not self.missing


NEEDS: dict[str, Callable[[Subject], bool]] = {
    "title": lambda s: bool(s.record.title),
    "summary": lambda s: bool(s.record.summary),
    "organisation": lambda s: s.has_organisation,
    "country": lambda s: s.has_country,
    "action_lines": lambda s: s.has_line,
    "entry_type": lambda s: bool(s.record.entry_type),
    "goals": lambda s: s.has_goal,
    "status": lambda s: bool(s.record.status),
    "period": lambda s: s.record.starts_on is not None,
    "aims": lambda s: bool(s.record.aims),
    "activities": lambda s: bool(s.record.activities),
    "results": lambda s: bool(s.record.results),
    "challenges": lambda s: bool(s.record.challenges),
    "future": lambda s: bool(s.record.future),
    "beneficiaries": lambda s: bool(s.record.beneficiaries),
    "evidence": lambda s: bool(s.record.evidence),
    "budget": lambda s: s.record.money.budget is not None,
    "funded": lambda s: s.record.money.funded is not None,
    "replication": lambda s: s.record.replication != type(s.record.replication)(),
    "partners": lambda s: bool(s.record.partners),
    "places": lambda s: bool(s.record.places),
    "contact": lambda s: s.has_contact,
}
"""Everything somebody may need of a record, in the order of the form."""

FIRST = ("title", "summary", "organisation", "country", "action_lines", "entry_type")
"""Six fields are enough to start."""

PURPOSES: dict[str, tuple[str, ...]] = {
    "register": FIRST,
    "prize": (
        *FIRST,
        "goals",
        "status",
        "period",
        "aims",
        "results",
        "challenges",
        "future",
        "evidence",
        "partners",
    ),
    "practice": (*FIRST, "results", "evidence", "replication", "places"),
    "funding": (
        *FIRST,
        "aims",
        "activities",
        "beneficiaries",
        "budget",
        "funded",
        "partners",
        "contact",
    ),
    "review": (*FIRST, "goals", "status", "period", "results", "challenges", "places"),
}
"""What each use of a record asks for; the prize's list is that of its rules."""


def completeness(subject: Subject) -> tuple[Purpose, ...]:
    """Return for each purpose what is still missing."""
    met = {name for name, is_met in NEEDS.items() if is_met(subject)}
    return tuple(
        Purpose(name, tuple(need for need in needs if need not in met), len(needs))
        for name, needs in PURPOSES.items()
    )
