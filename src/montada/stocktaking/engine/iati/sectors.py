"""
Sectors and tags → action lines, goals and targets, each with the codes it came from.

Goals and targets that the file states itself (sector vocabularies 7 and 8, tags of
vocabularies 2 and 3) are taken as they are. What a purpose code says is read from a
table of ours: five digits if it has them, else the first three. Most lines of the table
hold only beside a part in communications (220): not every health project is e-health.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.codes import (
    OWN,
    SECTOR_GOALS,
    SECTOR_TARGETS,
    SECTOR_VOCABULARIES,
    SECTORS_3,
    SECTORS_5,
    TAG_GOALS,
    TAG_TARGETS,
)
from montada.stocktaking.engine.iati.elements import Parts, attribute, code
from montada.stocktaking.engine.iati.places import check_sum, read_share
from montada.stocktaking.engine.iati.values import (
    Derived,
    Finding,
    Labels,
    Remarks,
    SectorRow,
    Tables,
)

ICT = "220"
"""First digits of communications: policy, telecommunications, media, ICT."""


Kind = Literal["goal", "target", "line", ""]

_AS_TAG: Mapping[str, Kind] = {
    SECTOR_GOALS: "goal",
    SECTOR_TARGETS: "target",
}


def read_labels(activity: Parts, tables: Tables, remarks: Remarks) -> Labels:
    """Return labels in the order of the file, what is stated before what is derived."""
    reading = _Labels(tables, remarks)
    for kind, stated in _tags(activity.get("tag", ()), tables):
        reading.take(kind, stated)
    sectors = _sectors(activity, remarks)
    for vocabulary, codes in sectors.items():
        for stated in codes:
            reading.take(_AS_TAG.get(vocabulary, ""), stated)
    reading.take_purposes([*sectors.get(SECTORS_5, ()), *sectors.get(SECTORS_3, ())])
    return reading.labels()


def _tags(elements: Iterable[Element], tables: Tables) -> Iterator[tuple[Kind, str]]:
    for element in elements:
        vocabulary = attribute(element, "vocabulary")
        address = attribute(element, "vocabulary-uri")
        if vocabulary == TAG_GOALS:
            yield "goal", code(element)
        elif vocabulary == TAG_TARGETS:
            yield "target", code(element)
        elif vocabulary == OWN and address and address == tables.vocabulary_uri:
            yield "line", code(element)


def _sectors(activity: Parts, remarks: Remarks) -> Mapping[str, list[str]]:
    """Return codes by vocabulary; of the transactions where the activity has none."""
    own = activity.get("sector", ())
    below = (
        element
        for transaction in activity.get("transaction", ())
        for element in transaction.iterchildren("sector")
    )
    found: dict[str, list[Element]] = {}
    for element in own or below:
        stated = attribute(element, "vocabulary") or attribute(element, "vocab")
        vocabulary = SECTOR_VOCABULARIES.get(stated.upper(), stated)
        if vocabulary == SECTORS_5 and len(code(element)) == 3:
            vocabulary = SECTORS_3
        found.setdefault(vocabulary, []).append(element)
    for elements in found.values() if own else ():
        check_sum([read_share(one, remarks) for one in elements], remarks)
    return {
        vocabulary: list(dict.fromkeys(code(one) for one in elements if code(one)))
        for vocabulary, elements in found.items()
    }


class _Labels:
    def __init__(self, tables: Tables, remarks: Remarks) -> None:
        self._tables = tables
        self._remarks = remarks
        self._lines: dict[str, Derived] = {}
        self._goals: dict[str, Derived] = {}
        self._targets: dict[str, Derived] = {}

    def labels(self) -> Labels:
        return Labels(
            tuple(self._lines.values()),
            tuple(self._goals.values()),
            tuple(self._targets.values()),
        )

    def take(self, kind: Kind, stated: str) -> None:
        """Take a label that the file states itself."""
        if kind == "goal":
            self._take_goal(stated)
        elif kind == "target":
            self._take_target(stated.lower())
        elif kind == "line" and stated in self._tables.lines:
            self._lines.setdefault(stated, Derived(stated, "line", (stated,)))

    def take_purposes(self, codes: list[str]) -> None:
        ict = next((one for one in codes if one.startswith(ICT)), None)
        for one in codes:
            row = self._row(one)
            if row is None:
                self._remarks.add(Finding.UNKNOWN_SECTOR, one)
                continue
            for line in row.lines:
                self._lines.setdefault(line, Derived(line, "sector", (one,)))
            for line in row.lines_with_ict if ict else ():
                codes_of_it = (one, str(ict))
                self._lines.setdefault(line, Derived(line, "sector", codes_of_it))
            for goal in row.goals:
                self._goals.setdefault(goal, Derived(goal, "sector", (one,)))

    def _row(self, stated: str) -> SectorRow | None:
        if not stated.isascii() or not stated.isdecimal() or len(stated) not in {3, 5}:
            return None
        sectors = self._tables.sectors
        return sectors.get(stated) or sectors.get(stated[:3])

    def _take_goal(self, stated: str) -> None:
        number = stated.lstrip("0")
        if number in {str(goal) for goal in range(1, 18)}:
            self._goals.setdefault(number, Derived(number, "goal", (stated,)))
        else:
            self._remarks.add(Finding.UNKNOWN_GOAL, stated)

    def _take_target(self, stated: str) -> None:
        if stated not in self._tables.targets:
            self._remarks.add(Finding.UNKNOWN_TARGET, stated)
            return
        goal = stated.partition(".")[0]
        self._targets.setdefault(stated, Derived(stated, "target", (stated,)))
        self._goals.setdefault(goal, Derived(goal, "target", (stated,)))
