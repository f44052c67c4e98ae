"""What is different between two published states of a programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Place = Mapping[str, Any]
"""`{"title", "room", "room_name", "starts", "ends"}`; moments local, ISO 8601."""

Kind = Literal["added", "moved", "renamed", "removed"]

WHERE_AND_WHEN = ("room", "starts", "ends")


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one session; `before` empty where it is new, `after` if gone."""

    session: str
    kind: Kind
    before: Place | None
    after: Place | None

    def as_json(self) -> dict[str, Any]:
        return {
            "session": self.session,
            "kind": self.kind,
            "before": self.before,
            "after": self.after,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Change:
        return cls(stored["session"], stored["kind"], stored["before"], stored["after"])


def changes_between(
    before: Mapping[str, Place], after: Mapping[str, Place]
) -> list[Change]:
    """
    Return what is different, in the order in which sessions begin now, gone ones last.

    A session that has another place and another title was moved.
    """
    return sorted(_changes(before, after), key=_order)


def _changes(
    before: Mapping[str, Place], after: Mapping[str, Place]
) -> Iterator[Change]:
    for session in before.keys() | after.keys():
        was, now = before.get(session), after.get(session)
        kind = _kind(was, now)
        if kind is not None:
            yield Change(session, kind, was, now)


def _kind(was: Place | None, now: Place | None) -> Kind | None:
    if was is None:
        return "added"
    if now is None:
        return "removed"
    if any(was[name] != now[name] for name in WHERE_AND_WHEN):
        return "moved"
    return "renamed" if was["title"] != now["title"] else None


def _order(change: Change) -> tuple[bool, str, str]:
    place = change.after or change.before or {}
    return (change.after is None, str(place["starts"]), change.session)
