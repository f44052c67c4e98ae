"""
What stands before the first activity, looked at before anything is built of it.

Another parser than the one that reads the activities looks first, and stops at the
root: a document type with entities or another file behind it is refused while nothing
has been expanded or fetched. Both must see the same letters, so only encodings are
taken in which they cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from montada.stocktaking.engine.iati.values import NotIati, Refused

ACTIVITIES, ACTIVITY = "iati-activities", "iati-activity"
ORGANISATIONS = frozenset({"iati-organisations", "iati-organisation"})

_LONGEST = 1024 * 1024
"""Bytes within which the root must begin."""
_ENCODING = re.compile(
    r"utf-?8|utf-?16(le|be)?|(us-)?ascii|iso-?8859-\d{1,2}|windows-125\d|latin-?1",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The root's name and attributes, and the bytes it took to see them."""

    root: str
    attributes: Mapping[str, str]
    read: bytes


def inspected(pieces: Iterator[bytes]) -> Head:
    """
    Return the head of a file of activities; `pieces` is left behind what was read.

    Raises
    ------
    NotIati
        If this is no such file, or one that is not safe to read.
    """
    looker, read = _Looker(), b""
    for piece in pieces:
        if not read and b"<" not in piece.lstrip()[:8]:
            raise NotIati(Refused.NOT_XML)
        read += piece
        looker.look(piece)
        if looker.root:
            return Head(_accepted(looker, pieces), looker.attributes, read)
        if len(read) > _LONGEST:
            raise NotIati(Refused.VALUE_TOO_LARGE, limit=_LONGEST)
    raise broken(read.count(b"\n") + 1, 1, "no element found")


def broken(line: int, column: int, words: str) -> NotIati:
    """Return the refusal of what is not well-formed, at a place."""
    return NotIati(Refused.NOT_WELL_FORMED, line=line, column=column, words=words)


def _accepted(looker: _Looker, rest: Iterator[bytes]) -> str:
    """Return the root's name; of another file say first if it is not well-formed."""
    root = looker.root
    if root in {ACTIVITIES, ACTIVITY}:
        return root
    for piece in rest:
        looker.look(piece)
    looker.look(b"", is_last=True)
    is_organisations = root in ORGANISATIONS
    code = Refused.ORGANISATION_FILE if is_organisations else Refused.NOT_IATI
    raise NotIati(code, root=root[:80])


def _new_parser() -> expat.XMLParserType:
    return expat.ParserCreate(namespace_separator=" ")


@dataclass(slots=True)
class _Looker:
    root: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    _parser: expat.XMLParserType = field(default_factory=_new_parser)

    def __post_init__(self) -> None:
        self._parser.XmlDeclHandler = _check_encoding
        self._parser.StartDoctypeDeclHandler = _check_doctype
        self._parser.EntityDeclHandler = _refuse_entity
        self._parser.StartElementHandler = self._see_root

    def look(self, piece: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise broken(error.lineno, error.offset + 1, str(error)) from error

    def _see_root(self, name: str, attributes: dict[str, str]) -> None:
        self.root, self.attributes = name, attributes
        self._parser.StartElementHandler = None


def _check_encoding(version: str, encoding: str | None, standalone: int) -> None:
    if encoding and not _ENCODING.fullmatch(encoding):
        raise NotIati(Refused.ENCODING, encoding=encoding[:40])


def _check_doctype(name: str, system: str | None, public: str | None, own: int) -> None:
    if system or public:
        raise NotIati(Refused.EXTERNAL)


def _refuse_entity(name: str, *rest: Any) -> None:
    raise NotIati(Refused.ENTITIES, entity=name[:40])
