"""Parts of the outcomes document: the same for its page, its paper, its JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar

from montada.language.engine.text import LocalizedText, Shown

Phrase = str | Shown
"""A sentence in the reader's language; or somebody's words, which tell theirs."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the consultation: "input", "statement" or "meeting", and which."""

    page: str
    of: str


@dataclass(frozen=True, slots=True)
class Words:
    kind: ClassVar = "words"
    words: Phrase


@dataclass(frozen=True, slots=True)
class Points:
    kind: ClassVar = "points"
    points: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `percent`, 0 to 100, is drawn as a bar under the name."""

    name: Phrase
    cells: tuple[Phrase, ...]
    percent: float | None = None
    url: Link | None = None


@dataclass(frozen=True, slots=True)
class Table:
    kind: ClassVar = "table"
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    is_numbers: bool = True
    """What stands beside the names; words otherwise."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name, a line of facts and its words, paragraph by paragraph."""

    name: Phrase
    facts: tuple[Phrase, ...] = ()
    paragraphs: tuple[Phrase, ...] = ()
    url: Link | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    kind: ClassVar = "entries"
    entries: tuple[Entry, ...]


Block = Words | Points | Table | Entries


@dataclass(frozen=True, slots=True)
class Section:
    """`key` is its place on the page; `level` is 1, or 2 for a part of the last 1."""

    key: str
    title: Phrase
    blocks: tuple[Block, ...]
    level: int = 1


def phrase(text: LocalizedText, reader: str) -> Phrase:
    """Return a text as it is shown to a reader: plain where it is in their language."""
    shown = text.shown_to(reader)
    return shown.text if shown.is_in_readers_language else shown


def as_json(part: Any, address: Callable[[Link], str]) -> Any:
    """Return sections, or a part of one, as JSON holds them; links as addresses."""
    if isinstance(part, Shown):
        told = {"text": part.text, "language": part.language}
        return told | {"direction": part.direction}
    if isinstance(part, Link):
        return address(part)
    if isinstance(part, tuple):
        return [as_json(one, address) for one in part]
    if not is_dataclass(part):
        return part
    names = [field.name for field in fields(part)]
    told = {name: as_json(getattr(part, name), address) for name in names}
    if "url" in told:
        told["url"] = told["url"] or ""
    return {"kind": part.kind} | told if hasattr(part, "kind") else told
