"""Reading values out of JSON that anybody may have written; faults name the path."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Years that dates may lie in; far from where calendars and zones end."""
MOST_MINUTES = 1_000_000
LONGEST_ID = 200
"""Characters."""
LONGEST_KEY = 40
"""Characters of a field's name that a path says as it stands."""

_TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(?::00)?")


class Fault(ValueError):
    """
    A file says something that cannot be.

    Attributes
    ----------
    path : where, as `sessions[3].minutes`; empty for the file as a whole
    name : which fault; doors have a sentence for each
    details : what the sentence shows
    """

    def __init__(self, path: str, name: str, **details: object) -> None:
        super().__init__(f"{path}: {name}")
        self.path = path
        self.name = name
        self.details = details


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of the file and where it stands."""

    path: str
    values: Mapping[str, Any]

    def at(self, key: str) -> str:
        """Return the path of one of its fields, on one line."""
        name = key if key.isprintable() and len(key) <= LONGEST_KEY else shown(key)
        return f"{self.path}.{name}" if self.path else name

    def has(self, key: str) -> bool:
        """Whether the field is there; null counts as absent."""
        return self.values.get(key) is not None

    def text(self, key: str) -> str:
        """Return a required text: not empty, not too long, real characters."""
        return text_of(self.values.get(key), self.at(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, each once; nothing where it is absent."""
        return tuple(dict.fromkeys(text_of(v, at) for at, v in self.items(key)))

    def whole(self, key: str, least: int, most: int = MOST_MINUTES) -> int:
        """Return a required whole number between `least` and `most`."""
        number = self.number(key, least, most)
        if number != int(number):
            raise Fault(self.at(key), "not_whole", found=shown(number))
        return int(number)

    def number(self, key: str, least: float, most: float) -> float:
        """Return a required finite number between `least` and `most`."""
        number = self.values.get(key)
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise Fault(self.at(key), "not_a_number", found=shown(number))
        if isinstance(number, float) and not math.isfinite(number):
            raise Fault(self.at(key), "not_a_number", found=shown(number))
        if not least <= number <= most:
            raise Fault(
                self.at(key),
                "out_of_range",
                found=shown(number),
                least=f"{least:g}",
                most=f"{most:g}",
            )
        return number

    def truth(self, key: str) -> bool:
        """Return true or false; false where it is absent."""
        value = self.values.get(key, False)
        if value is not None and not isinstance(value, bool):
            raise Fault(self.at(key), "not_true_or_false", found=shown(value))
        return bool(value)

    def entry(self, key: str) -> Entry:
        """Return the object under a key; an empty one where it is absent."""
        return entry_of(self.values[key] if self.has(key) else {}, self.at(key))

    def entries(self, key: str) -> Iterator[Entry]:
        """Yield each object of a list."""
        for at, value in self.items(key):
            yield entry_of(value, at)

    def items(self, key: str) -> Iterator[tuple[str, Any]]:
        """Yield path and value of each item of a list; none where it is absent."""
        value = self.values.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            raise Fault(self.at(key), "not_a_list", found=shown(value))
        for number, item in enumerate(value):
            yield f"{self.at(key)}[{number}]", item


def entry_of(value: Any, path: str) -> Entry:
    """Return an object of the file with its path."""
    if not isinstance(value, dict):
        raise Fault(path, "not_an_object", found=shown(value))
    return Entry(path, value)


def text_of(value: Any, path: str) -> str:
    """Return a text that can be shown and written: an id, a feature, a track."""
    if not isinstance(value, str):
        raise Fault(path, "not_a_text", found=shown(value))
    if not value.strip():
        raise Fault(path, "empty")
    if len(value) > LONGEST_ID:
        raise Fault(path, "too_long", most=LONGEST_ID)
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Fault(path, "broken_characters")
    return value


def date_of(value: Any, path: str) -> date:
    """Return a date written as 2027-07-05."""
    try:
        if not isinstance(value, str) or len(value) != len("2027-07-05"):
            raise ValueError
        found = date.fromisoformat(value)
    except ValueError:
        raise Fault(path, "not_a_date", found=shown(value)) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Fault(path, "year", least=FIRST_YEAR, most=LAST_YEAR)
    return found


def moment_of(value: Any, path: str) -> datetime:
    """Return a local moment written as 2027-07-05T09:00; 24:00 is the next day's 0."""
    if not isinstance(value, str) or value[10:11] not in {"T", " "}:
        raise Fault(path, "not_a_moment", found=shown(value))
    try:
        on = date_of(value[:10], path)
        return on_day(on, value[11:], path)
    except Fault as fault:
        if fault.name == "year":
            raise
        raise Fault(path, "not_a_moment", found=shown(value)) from None


def on_day(on: date, value: Any, path: str) -> datetime:
    """Return the moment of a day at a time written as 09:00, up to 24:00."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    hours, minutes = (int(part) for part in match.groups()) if match else (25, 0)
    if hours * 60 + minutes > 24 * 60:
        raise Fault(path, "not_a_time", found=shown(value))
    return datetime.combine(on, time.min) + timedelta(hours=hours, minutes=minutes)


def pair_of(value: Any, path: str) -> tuple[Any, Any]:
    """Return the two ends of an interval, unread."""
    if not isinstance(value, list) or len(value) != 2:
        raise Fault(path, "not_a_pair", found=shown(value))
    return value[0], value[1]


def shown(value: Any) -> str:
    """Return a value of the file as a sentence may show it: short, on one line."""
    if isinstance(value, str):
        plain = value.encode("utf-8", "replace").decode("utf-8")
        return repr(plain if len(plain) <= 40 else f"{plain[:40]}…")
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**15:
        return "a very large number"
    return {None: "nothing", True: "true", False: "false"}.get(value, f"{value}")
