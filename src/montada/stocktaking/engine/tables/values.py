"""What is known before a table is read, and what is said of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from montada.stocktaking.engine.record import TEXTS
from montada.stocktaking.engine.values import IncomingProject

CHOICES = ("entry_type", "status", "coverage")
AMOUNTS = ("budget", "funded", "own_share")
REPLICATION = (
    "replication.connectivity",
    "replication.income",
    "replication.languages",
    "replication.legal_base",
    "replication.institution",
    "replication.skills",
)
FIELDS = (
    "identifier",
    "system",
    "system_identifier",
    "source_url",
    "language",
    *TEXTS,
    "organisation",
    "country",
    "stakeholder_group",
    "action_lines",
    "goals",
    "targets",
    "objectives",
    "entry_type",
    "status",
    "coverage",
    "beneficiaries",
    "starts_on",
    "ends_on",
    "year",
    "website",
    *AMOUNTS,
    "currency",
    "donors",
    "partners",
    "places",
    "latitude",
    "longitude",
    "evidence",
    *REPLICATION,
    "texts",
    "record",
)
"""
What a column may be, in the order in which people tell of a project.

Some take a word in brackets: a text its language ("title[ar]"), an amount its currency
("budget[USD]"), partners their role ("partners[Borrower]"). `texts` holds, as JSON,
wordings that columns cannot; `record` a whole record. `system` and `system_identifier`
say under which number another list knows the project, where the row's own is ours.
"""

GATHERED = frozenset({"donors", "partners", "places", "organisation"})
"""Fields that several columns may fill together."""

Mapped = Mapping[str, str]
"""
Column → field, "" for a column that is left out.

A "column" that begins with "=" says the same of every row: {"=USD": "currency"}.
"""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words → our codes; `values` of each part that has a list of its own."""

    countries: Mapping[str, str]
    action_lines: Mapping[str, str]
    goals: Mapping[str, str]
    targets: Mapping[str, str]
    objectives: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    areas: Mapping[str, str] = field(default_factory=dict)
    """Names of what is no country → how it is written as a place."""
    languages: Mapping[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    """What people write where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say about a row: a code, and what a sentence about it needs."""

    code: str
    column: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """
    One row, read: a project to take in, or why it is not one.

    `faults` refuse it, `skipped` says that there is nothing to take; `remarks` are said
    of a row that is taken all the same.
    """

    number: int
    identifier: str = ""
    incoming: IncomingProject | None = None
    faults: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()
    skipped: Note | None = None
    cells: Mapping[str, Any] = field(default_factory=dict)
    n_transactions: int = 0
    """Of an IATI activity."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one row in a report; `cells` only where it was refused."""

    row: int
    identifier: str
    status: str
    """One of `djangokit.tables.STATUSES`."""
    note: Note
    cells: Mapping[str, Any] = field(default_factory=dict)


class CellFault(Exception):
    """A cell says what cannot be: `code`, and what a sentence about it needs."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def parts_of(name: str) -> tuple[str, str]:
    """Return a field without its brackets, and what stands in them."""
    field_, _, rest = name.partition("[")
    return field_, rest.removesuffix("]") if rest else ""


def is_field(name: str) -> bool:
    """Return whether a mapping may name `name`: a field, with brackets where it may."""
    base, inside = parts_of(name)
    takes = (*TEXTS, *AMOUNTS, "partners")
    is_closed = "[" not in name or (name.endswith("]") and bool(inside))
    return base in FIELDS and is_closed and (not inside or base in takes)
