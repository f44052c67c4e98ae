"""Elements of an activity and their attributes, whatever the file left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.values import NAMESPACE

STATED = f"{{{NAMESPACE}}}stated"
"""Marks, with "no", what stands in our files only because the schema wants it."""

Parts = Mapping[str, Sequence[Element]]


def parts(element: Element) -> Parts:
    """Return the children by name, without what only the schema wanted."""
    found: defaultdict[str, list[Element]] = defaultdict(list)
    for child in element:
        if child.get(STATED) != "no":
            found[str(child.tag)].append(child)
    return found


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute without spaces around it; "" where it is not there."""
    value = element.get(name) if element is not None else None
    return value.strip() if value else ""


def code(element: Element | None) -> str:
    """Return the attribute `code`; "" where it is not there."""
    return attribute(element, "code")


def line_of(element: Element) -> int:
    """Return the line the element begins in; 0 where the parser does not know."""
    return cast("int | None", element.sourceline) or 0


def children(element: Element, name: str) -> list[Element]:
    """Return children of one name, without what only the schema wanted."""
    return [child for child in element.iterchildren(name) if child.get(STATED) != "no"]


def all_text(element: Element | None) -> str:
    """Return all words inside an element, without spaces around them."""
    if element is None:
        return ""
    return "".join(cast("Iterator[str]", element.itertext())).strip()
