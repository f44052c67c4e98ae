"""
A file of IATI activities, versions 1.00 to 2.03, read as a stream.

Memory is one activity at a time, whatever the size of the file. Every activity of the
file comes out, read or skipped with its reason, in the order of the file.

Whole or nothing: a file may turn out to be broken, or a bomb, after many activities.
Then `NotIati` is raised in the middle; who reads must not have kept anything until the
last activity has come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, cast

from lxml import etree

from montada.stocktaking.engine.iati.activities import ActivityReader
from montada.stocktaking.engine.iati.codes import VERSIONS
from montada.stocktaking.engine.iati.dates import as_date
from montada.stocktaking.engine.iati.prolog import ACTIVITY, Head, broken, inspected
from montada.stocktaking.engine.iati.texts import base_language
from montada.stocktaking.engine.iati.unpacking import LIMITS, Limits, unpacked
from montada.stocktaking.engine.iati.values import (
    Activity,
    Finding,
    NotIati,
    Refused,
    Remark,
    Skipped,
    Tables,
)

_LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"
_BEYOND_LIMITS = frozenset(
    {etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR}
)


@dataclass(frozen=True, slots=True)
class IatiFile:
    """
    An opened file: what its root says, and its activities, to be gone through once.

    `version` is one of `codes.VERSIONS` or "".
    """

    version: str
    remarks: tuple[Remark, ...]
    activities: Iterator[Activity | Skipped]


def open_iati(file: BinaryIO, tables: Tables, limits: Limits = LIMITS) -> IatiFile:
    """
    Return a file, plain or gzip, ready to be read.

    Raises
    ------
    NotIati
        At once for what its beginning shows: not XML, no activities, document types
        that are not safe. Later, from `activities`, for what only the rest shows.
    """
    pieces = unpacked(file, limits)
    head = inspected(pieces)
    version, remarks = _version(head)
    reader = ActivityReader(
        tables,
        base_language(head.attributes.get(_LANGUAGE, "")),
        as_date(head.attributes.get("generated-datetime", "").strip()),
    )
    return IatiFile(version, remarks, _read(head, pieces, reader, limits))


def _read(
    head: Head, pieces: Iterator[bytes], reader: ActivityReader, limits: Limits
) -> Iterator[Activity | Skipped]:
    elements = activity_elements(head, pieces, limits)
    for position, element in enumerate(elements, start=1):
        yield reader.read(element, position)


def activity_elements(
    head: Head, pieces: Iterator[bytes], limits: Limits = LIMITS
) -> Iterator[etree._Element]:
    """
    Yield the elements `iati-activity`, each to be used before the next is asked for.

    Nothing is fetched and no entity expanded; comments are left out.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=ACTIVITY,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    n_bytes = n_parts = 0
    try:
        for piece in chain([head.read], pieces):
            n_bytes += len(piece)
            n_parts += piece.count(b"<") + piece.count(b"=")
            if n_bytes > limits.n_activity_bytes or n_parts > limits.n_activity_parts:
                limit = limits.n_activity_bytes
                raise NotIati(Refused.ACTIVITY_TOO_LARGE, limit=limit)
            parser.feed(piece)
            for element in _ended(parser):
                if _is_activity(element):
                    n_bytes = n_parts = 0
                    yield element
                    _forget(element)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error


def _ended(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    return (cast("etree._Element", element) for _, element in parser.read_events())


def _is_activity(element: etree._Element) -> bool:
    """Whether it is the root or right below it: the name may stand anywhere."""
    parent = element.getparent()
    return parent is None or parent.getparent() is None


def _forget(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear()
    while parent is not None and parent[0] is not element:
        del parent[0]


def _refusal(error: etree.XMLSyntaxError) -> NotIati:
    if cast("Any", error).code in _BEYOND_LIMITS:
        return NotIati(Refused.VALUE_TOO_LARGE, line=error.lineno or 1)
    return broken(error.lineno or 1, error.offset or 1, str(error.msg))


def _version(head: Head) -> tuple[str, tuple[Remark, ...]]:
    stated = next(
        (
            value.strip().lstrip("Vv")
            for name, value in head.attributes.items()
            if name.lower() == "version"
        ),
        "",
    )
    if not stated:
        return "", (Remark(Finding.NO_VERSION),)
    if stated not in VERSIONS:
        return "", (Remark(Finding.UNKNOWN_VERSION, stated[:80]),)
    return stated, ()
