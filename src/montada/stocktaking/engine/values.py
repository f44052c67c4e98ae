"""What a source says about one project, and what may be said at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal
from urllib.parse import urlsplit

from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.stocktaking.engine.record import NO_RECORD, ProjectRecord

YEARS = range(2003, 2101)
"""From the Geneva Plan of Action on; a later year is a slip of the pen."""

MAX_ADDRESS = 500
"""Characters of a source's address that the tables hold."""


LabelAxis = Literal["action_line", "goal", "target", "objective"]


@dataclass(frozen=True, slots=True)
class LabelOf:
    """That a project has a line, goal, target or objective, and who says so."""

    axis: LabelAxis
    code: str
    """Key of the framework's row; goals and objectives as digits."""
    source: str = "stated"
    """A value of `choices.LinkSource`."""
    confidence: float | None = None
    """Between 0 and 1, where an engine said it first."""
    words: tuple[str, ...] = ()
    """What led to it: words of the text, or codes of a source."""

    @property
    def key(self) -> tuple[LabelAxis, str]:
        """Return what it is, whoever says so: a project has it once."""
        return self.axis, self.code

    def as_json(self) -> dict[str, Any]:
        """Return the stored form, without what is empty."""
        return {name: said for name, said in asdict(self).items() if said not in _EMPTY}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> LabelOf:
        return cls(**{**stored, "words": tuple(stored.get("words", ()))})


_EMPTY: tuple[Any, ...] = (None, ())


@dataclass(frozen=True, slots=True)
class SourceName:
    """Under which name a system knows a project, and what it said of it (SHA-256)."""

    system: str
    identifier: str
    digest: str


@dataclass(frozen=True, slots=True)
class IncomingProject:
    """
    One project as a file tells of it.

    `identifier` is the project's in `system`: the same one again is the same project,
    whatever its title. Without one, title and country tell (see `engine.identity`).
    """

    system: str
    record: ProjectRecord
    identifier: str = ""
    organisation_name: str = ""
    country_id: str | None = None
    stakeholder_group_id: str | None = None
    labels: tuple[LabelOf, ...] = ()
    year: int | None = None
    current_on: date | None = None
    """When the source last said that this is so."""
    source_url: str = ""

    @property
    def digest(self) -> str:
        """Return what tells this word of the source from any other of it."""
        said = {part.name: getattr(self, part.name) for part in fields(self)}
        said["labels"] = [asdict(label) for label in self.labels]
        said["record"] = self.record.as_json()
        words = json.dumps(said, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """
    One source's word on one project; what it does not say stays empty.

    `organisation_id` is a row's number, the other ids are the framework's own codes.
    `organisation_name` is as the source writes it: records are merged and renamed, what
    a source wrote stays.
    """

    source_url: str
    title: LocalizedText = NO_TEXT
    organisation_id: int | None = None
    organisation_name: str = ""
    country_id: str | None = None
    stakeholder_group_id: str | None = None
    action_line_ids: tuple[str, ...] = ()
    goal_numbers: tuple[int, ...] = ()
    year: int | None = None
    record: ProjectRecord = NO_RECORD
    """What else it says; its title is `title`."""
    labels: tuple[LabelOf, ...] = ()
    """Lines and goals whose provenance is told, targets and objectives."""
    current_on: date | None = None
    named: SourceName | None = None

    def all_labels(self) -> tuple[LabelOf, ...]:
        """Return the labels, those that are only stated after those that say more."""
        lines = (LabelOf("action_line", code) for code in self.action_line_ids)
        goals = (LabelOf("goal", str(number)) for number in self.goal_numbers)
        return (*self.labels, *lines, *goals)


def is_public_address(address: str) -> bool:
    """Return whether a reader can follow `address`: http or https, with a host."""
    if len(address) > MAX_ADDRESS or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
