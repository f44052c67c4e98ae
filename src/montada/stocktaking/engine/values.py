"""What a source says about one project, and what may be said at all."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from montada.language.engine.text import NO_TEXT, LocalizedText

YEARS = range(2003, 2101)
"""From the Geneva Plan of Action on; a later year is a slip of the pen."""

MAX_ADDRESS = 500
"""Characters of a source's address that the tables hold."""


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


def is_public_address(address: str) -> bool:
    """Return whether a reader can follow `address`: http or https, with a host."""
    if len(address) > MAX_ADDRESS or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
