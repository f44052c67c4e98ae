"""
Published programmes: a table, schedule.xml, frab's JSON, or our own for programs.

Which of them a file is, its first characters say. A table has the columns of `COLUMNS`
and may have more; where it does not say how many minutes, its `end` does. Our own JSON
says the same of each session as a row of our table, and is read as one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from montada.djangokit.spreadsheets import (
    is_spreadsheet,
    rows_of_sheet,
    without_quote,
)
from montada.djangokit.tables import (
    by_name,
    columns_of,
    delimiter_of,
    refuse_beyond,
    rows_of_csv,
)
from montada.programme.adapters.schedule_events import (
    parsed_json,
    rows_of_events,
    rows_of_xml,
)
from montada.programme.adapters.schedule_values import (
    Row,
    ScheduleBroken,
    ScheduleRows,
    day_in,
    moment_in,
    object_in,
    objects_in,
    row_of,
    said,
    unique,
)
from montada.programme.engine.timetable.importing import Published

COLUMNS = ("id", "room", "start", "minutes")
MOST_EVENTS = 20_000
MOST_BYTES = 50_000_000
"""Of a file that is taken in: the largest programmes have a tenth of it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A programme: its sessions, its time zone if it says so, and what was left out."""

    sessions: tuple[Published, ...]
    timezone: str
    left_out: tuple[str, ...]


def schedule_of(path: Path) -> Schedule:
    """
    Return the programme in a file.

    Raises
    ------
    ScheduleBroken
        If it, or any row of it, cannot be read.
    OSError, NotASpreadsheet
        As `rows_of_schedule`.
    """
    read = rows_of_schedule(path)
    sessions: list[Published] = []
    left_out: list[str] = []
    for row in read.rows:
        if row.fault is not None:
            raise row.fault
        if row.session is not None:
            sessions.append(row.session)
        else:
            left_out.append(row.id)
    if not sessions:
        raise ScheduleBroken("", "no_events")
    return Schedule(tuple(sessions), read.timezone, tuple(left_out))


def rows_of_schedule(path: Path, zone: tzinfo | None = None) -> ScheduleRows:
    """
    Return the programme in a file row by row, also those that cannot be read.

    `zone` is that of the place, for the moments of a table that have an offset; other
    files name theirs.

    Raises
    ------
    OSError, ScheduleBroken
    montada.djangokit.spreadsheets.NotASpreadsheet and the refusals beside it
    montada.djangokit.tables.TableMalformed, ColumnsTwice, CellsBeyond
        While rows are taken, too.
    """
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ScheduleBroken("", "too_large")
    if is_spreadsheet(content):
        return ScheduleRows(_limited(_table_rows(iter(rows_of_sheet(path)), zone)))
    return _read(content, zone)


def _read(content: bytes, zone: tzinfo | None) -> ScheduleRows:
    first = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"<":
        read = rows_of_xml(content)
    elif first == b"{":
        told = parsed_json(_text(content))
        is_ours = isinstance(told.get("sessions"), list)
        read = _own_rows(told, zone) if is_ours else rows_of_events(told)
    else:
        read = ScheduleRows(_table_rows(_cells(_text(content)), zone))
    return replace(read, rows=_limited(read.rows))


def _limited(rows: Iterator[Row]) -> Iterator[Row]:
    for n, row in enumerate(rows):
        if n >= MOST_EVENTS:
            raise ScheduleBroken("", "too_many")
        yield row


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScheduleBroken(f"byte {error.start + 1}", "not_text") from None


def _cells(text: str) -> Iterator[list[str]]:
    """Yield the cells of a table."""
    delimiter = delimiter_of(text.split("\n", 1)[0])
    for row in rows_of_csv(io.StringIO(text, newline=""), delimiter):
        yield [without_quote(value.strip()) for value in row]


def _table_rows(rows: Iterator[Sequence[str]], zone: tzinfo | None) -> Iterator[Row]:
    head = columns_of(next(rows, ()))
    if not set(COLUMNS) <= set(head):
        raise ScheduleBroken(", ".join(COLUMNS), "no_columns")
    for number, values in enumerate(rows, start=2):
        if not any(values):
            continue
        refuse_beyond(values, head, number)
        told = by_name(values, head)
        name = told["id"] or f"row-{number}"
        yield row_of(number, name, _reading_row(told, name, f"row {number}", zone))


def _own_rows(told: Mapping[str, Any], zone: tzinfo | None) -> ScheduleRows:
    sessions = enumerate(objects_in(told["sessions"]), start=1)
    rows = (
        row_of(number, name, _reading_row(row, name, f"session {number}", zone))
        for number, one in sessions
        for row in [_as_row(one)]
        for name in [row["id"] or f"session-{number}"]
    )
    return ScheduleRows(rows, said(told.get("timezone")))


def _as_row(one: Mapping[str, Any]) -> Mapping[str, str]:
    """Return a session of our own JSON as a row of our table."""
    names = [person.get("name") for person in objects_in(one.get("speakers"))]
    title = object_in(one.get("title"))
    return {
        **{key: said(one.get(key)) for key in ("id", "number", "minutes", "room")},
        **{key: said(one.get(key)) for key in ("type", "mode")},
        **{
            key: _cell(one.get(key))
            for key in ("languages", "lines", "goals", "organisers")
        },
        "speakers": _cell(names),
        "start": said(one.get("starts")),
        "end": said(one.get("ends")),
        "title": said(title.get("text")),
        "title_language": said(title.get("language")),
        "summary": said(object_in(one.get("summary")).get("text")),
        "status": "cancelled" if one.get("is_cancelled") else "",
    }


def _cell(values: object) -> str:
    told = values if isinstance(values, list) else [values]
    return "|".join(said(value).replace("|", "/") for value in told)


def _reading_row(
    row: Mapping[str, str], name: str, where: str, zone: tzinfo | None
) -> Callable[[], Published | None]:
    def read() -> Published | None:
        has_time = row["start"] or row["minutes"] not in ("", "0")
        if row.get("status") == "cancelled" or not has_time:
            return None
        start = moment_in(row["start"], where, zone)
        people = unique(row.get("speakers", "").split("|"))
        return Published(
            id=name,
            day=day_in(row.get("day", "")) or start.date(),
            room=row["room"],
            start=start,
            minutes=_minutes(row, start, where, zone),
            tracks=unique((row.get("lines") or row.get("track", "")).split("|")),
            kind=row.get("type", ""),
            people=people,
            names=people,
            number=row.get("number", name),
            title=row.get("title", ""),
            summary=row.get("summary", ""),
            language=row.get("title_language", ""),
            organisers=unique(row.get("organisers", "").split("|")),
            mode=row.get("mode", "").strip(),
            languages=unique(row.get("languages", "").split("|")),
            goals=unique(row.get("goals", "").split("|")),
        )

    return read


def _minutes(
    row: Mapping[str, str], start: datetime, where: str, zone: tzinfo | None
) -> int:
    """Return how long a row says it takes; 0 where it says nothing of it."""
    value, end = row["minutes"], row.get("end", "")
    if not value:
        over = moment_in(end, where, zone) - start if end else timedelta()
        value = f"{over // timedelta(minutes=1)}"
    if not re.fullmatch(r"\d{1,6}", value, re.ASCII):
        raise ScheduleBroken(where, "not_a_length")
    return int(value)
