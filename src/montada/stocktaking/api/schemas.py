"""What a project looks like to other programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from montada.djangokit.reads import Described


class Wording(Described):
    text: str
    state: str
    """`approved`, `draft`, or `machine` for what no person has read."""


class Text(Described):
    """A text in several languages; `written_in` is its author's (BCP 47)."""

    written_in: str = ""
    wordings: dict[str, Wording] = {}

    @staticmethod
    def of(text: Any) -> Text:
        return Text(**text.as_json())


class Evidence(Described):
    indicator: str
    baseline: Decimal | None = None
    value: Decimal | None = None
    unit: str = ""
    measured_on: date | None = None
    source: str = ""
    file_id: int | None = None


class Money(Described):
    budget: Decimal | None = None
    currency: str = ""
    """ISO 4217."""
    funded: Decimal | None = None
    own_share: Decimal | None = None
    donors: list[str] = []


class Replication(Described):
    connectivity: str = ""
    income: str = ""
    languages: str = ""
    legal_base: str = ""
    institution: str = ""
    skills: str = ""


class Partner(Described):
    name: str
    role: str = ""
    country_id: str | None = None
    """ISO 3166-1 alpha-3."""


class Place(Described):
    name: str = ""
    country_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Record(Described):
    """What one version of a project says; what it does not say is empty."""

    title: Text = Text()
    summary: Text = Text()
    aims: Text = Text()
    activities: Text = Text()
    results: Text = Text()
    challenges: Text = Text()
    future: Text = Text()
    entry_type: str = ""
    status: str = ""
    coverage: str = ""
    beneficiaries: list[str] = []
    starts_on: date | None = None
    ends_on: date | None = None
    website: str = ""
    evidence: list[Evidence] = []
    money: Money = Money()
    replication: Replication = Replication()
    partners: list[Partner] = []
    places: list[Place] = []


class Named(Described):
    slug: str
    name: Text


class Reached(Described):
    """A nomination, championship or prize."""

    kind: str
    year: int | None


class LabelOut(Described):
    """A line, goal, target or objective, and who says that it is the project's."""

    axis: str
    """`action_line`, `goal`, `target` or `objective` (Global Digital Compact)."""
    code: str
    source: str
    """`stated`, `author`, `engine`, `editor` or `derived`."""
    confidence: float | None
    words: list[str]


class ListedProject(Described):
    slug: str
    url: str
    """Of the record in this API."""
    page: str
    """Of its page for people."""
    title: Text
    organisation: Named | None
    country: str | None
    stakeholder_group: str | None
    action_lines: list[str]
    goals: list[int]
    distinctions: list[Reached]
    entry_type: str
    status: str
    written_in: str
    has_evidence: bool
    has_gap: bool
    first_year: int | None
    last_year: int | None
    current_on: date | None
    """When somebody last said that the record is true."""
    is_archived: bool


class FoundProjects(Described):
    count: int
    """Of all pages; `Link` in the headers leads to the others."""
    results: list[ListedProject]


class SourceOut(Described):
    """Under which name another system knows the project."""

    system: str
    identifier: str
    url: str


class VersionListed(Described):
    number: int
    published_at: datetime | None
    url: str


class ProjectOut(ListedProject):
    version: int
    """Number of the version that `record` is; 0 where a source told only a title."""
    published_at: datetime | None
    record: Record
    labels: list[LabelOut]
    sources: list[SourceOut]
    same_as: list[str]
    """Slugs of other records of the same project."""
    links: dict[str, str]
    """Addresses: `page`, `versions`, and the record in other formats."""


class DraftListed(Described):
    id: int
    slug: str
    title: Text
    number: int
    """Of the version in its project."""
    state: str
    """`draft`, `focal_point`, `secretariat` or `change_asked`."""
    revision: int
    """Counts savings; send it when you save."""
    receipt: str
    """Number under which it was received; empty until it is sent."""
    written_at: datetime
    due_on: date | None
    url: str


class FoundDrafts(Described):
    count: int
    results: list[DraftListed]


class ProblemOut(Described):
    """One broken rule: in which part of the record, and what to do."""

    field: str
    code: str
    message: str
    is_needed_to_send: bool
    """Whether it only stands in the way of sending: a draft may have it."""


class DraftOut(DraftListed):
    organisation: str
    country: str | None
    stakeholder_group: str | None
    record: Record
    labels: list[LabelOut]
    problems: list[ProblemOut]
    missing: dict[str, list[str]]
    """Purpose (`register`, `prize`, …) → parts it still needs."""


class RemarkOut(Described):
    kind: str
    text: str
    country: str | None
    """For which a focal point spoke."""
    version: int
    made_at: datetime


class ImportOut(Described):
    id: int
    name: str
    format: str
    """`csv`, `xlsx`, `json` or `iati`."""
    system: str
    """Whose identifiers the rows carry."""
    state: str
    """`mapping`, `waiting`, `running`, `stopped` or `done`."""
    mapping: dict[str, str]
    """Column of the file → field of ours."""
    position: int
    """Rows that are done."""
    n_rows: int | None
    counts: dict[str, int]
    """`accepted`, `changed`, `unchanged`, `skipped`, `refused`."""
    error: str
    """Why it stopped, in words."""
    started_at: datetime
    finished_at: datetime | None
    url: str


class ImportRowOut(Described):
    row: int
    """As a spreadsheet counts: the head is row 1."""
    id: str
    status: str
    field: str
    reason: str


class ImportRows(Described):
    count: int
    results: list[ImportRowOut]
