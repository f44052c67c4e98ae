"""
Reading: one row of a table of sessions, with everything that is wrong with it.

Blanks are facts nobody stated. A row is taken whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from django.utils.translation import gettext as _

from montada.language.engine.text import UNDETERMINED
from montada.programme.choices import LabelsBasis
from montada.stocktaking.engine.values import YEARS, is_public_address

COLUMNS = (
    "year",
    "session_no",
    "date",
    "start",
    "end",
    "room",
    "title",
    "organisers",
    "type",
    "action_lines",
    "sdgs",
    "label_source",
    "lang",
    "source_url",
)

PART_NOT_STATED = "C7"
"""How sources name the seventh line when they do not say which of its parts."""

_LONGEST = {"session_no": 12, "room": 200, "type": 80}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One source's word on one session; what it does not say stays empty."""

    title: str
    language: str
    source_url: str
    year: int | None = None
    number: str = ""
    held_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    session_type: str = ""
    organisers: tuple[str, ...] = ()
    action_lines: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    labels_basis: str = ""


@dataclass(slots=True)
class ReadRow:
    """A row's facts, or why there are none; and what was left out of them."""

    facts: SessionFacts | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Column and reason."""
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, column: str, reason: str) -> None:
        self.problems.append((column, reason))

    def remark(self, column: str, reason: str) -> None:
        self.remarks.append((column, reason))


def read_row(
    row: Mapping[str, str],
    *,
    line_codes: Collection[str],
    goal_numbers: Collection[int],
) -> ReadRow:
    """Return what a row says about a session."""
    read = ReadRow()
    held_on = _day(row, read)
    year = _year(row, read) or (held_on.year if held_on else None)
    starts_at, ends_at = _clock(row, "start", read), _clock(row, "end", read)
    if starts_at and ends_at and ends_at <= starts_at:
        read.refuse("end", _("The session would end before it begins."))
    _check_words(row, read)
    lines = _lines(row, line_codes, read)
    goals = _goals(row, goal_numbers, read)
    basis = _basis(row, read) if lines or goals else ""
    if read.problems:
        return read
    read.facts = SessionFacts(
        title=row["title"],
        language=row["lang"] or UNDETERMINED,
        source_url=row["source_url"],
        year=year,
        number=row["session_no"],
        held_on=held_on,
        starts_at=starts_at,
        ends_at=ends_at,
        place=row["room"],
        session_type=row["type"],
        organisers=tuple(dict.fromkeys(_listed(row["organisers"]))),
        action_lines=lines,
        goals=goals,
        labels_basis=basis,
    )
    return read


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _year(row: Mapping[str, str], read: ReadRow) -> int | None:
    if not row["year"]:
        return None
    year = int(row["year"]) if re.fullmatch(r"[0-9]{4}", row["year"]) else 0
    if year not in YEARS:
        read.refuse("year", _("“%(value)s” is not a year.") % {"value": row["year"]})
    return year


def _day(row: Mapping[str, str], read: ReadRow) -> date | None:
    if not row["date"]:
        return None
    try:
        if _DAY.fullmatch(row["date"]):
            return date.fromisoformat(row["date"])
    except ValueError:
        pass
    read.refuse(
        "date",
        _("“%(value)s” is not a day written as 2025-07-11.") % {"value": row["date"]},
    )
    return None


def _clock(row: Mapping[str, str], column: str, read: ReadRow) -> time | None:
    if not row[column]:
        return None
    try:
        if _CLOCK.fullmatch(row[column]):
            return time.fromisoformat(row[column])
    except ValueError:
        pass
    read.refuse(
        column,
        _("“%(value)s” is not a time written as 14:30.") % {"value": row[column]},
    )
    return None


def _check_words(row: Mapping[str, str], read: ReadRow) -> None:
    if not row["title"]:
        read.refuse("title", _("A session needs a title."))
    if not is_public_address(row["source_url"]):
        read.refuse("source_url", _("A session names its source: a web address."))
    if row["lang"] and not _LANGUAGE.fullmatch(row["lang"]):
        read.refuse(
            "lang", _("“%(value)s” is not a language code.") % {"value": row["lang"]}
        )
    for column, most in _LONGEST.items():
        if len(row[column]) > most:
            read.refuse(column, _("Longer than %(most)s characters.") % {"most": most})


def _lines(
    row: Mapping[str, str], known: Collection[str], read: ReadRow
) -> tuple[str, ...]:
    codes = dict.fromkeys(_listed(row["action_lines"]))
    if PART_NOT_STATED in codes and PART_NOT_STATED not in known:
        del codes[PART_NOT_STATED]
        read.remark(
            "action_lines",
            _("The source says C7 without a part: left out, since it is not stated."),
        )
    for code in codes:
        if code not in known:
            read.refuse(
                "action_lines",
                _("There is no action line “%(value)s”.") % {"value": code},
            )
    return tuple(codes)


def _goals(
    row: Mapping[str, str], known: Collection[int], read: ReadRow
) -> tuple[int, ...]:
    numbers: list[int] = []
    for text in dict.fromkeys(_listed(row["sdgs"])):
        number = int(text) if re.fullmatch(r"[0-9]{1,2}", text) else 0
        if number in known:
            numbers.append(number)
        else:
            read.refuse("sdgs", _("There is no goal “%(value)s”.") % {"value": text})
    return tuple(numbers)


def _basis(row: Mapping[str, str], read: ReadRow) -> str:
    """Return where the labels come from; "" where the source of them is not known."""
    basis = row["label_source"].casefold()
    if basis in LabelsBasis.values:
        return basis
    if basis not in ("", "none"):
        read.refuse(
            "label_source",
            _("“%(value)s” says nothing known about where lines and goals come from.")
            % {"value": row["label_source"]},
        )
    return ""
