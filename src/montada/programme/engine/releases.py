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
    """
    What happened to one session; `before` empty where it is new, `after` if gone.

    `why` is a localized text: why one that is gone was cancelled, None if it was not.
    """

    session: str
    kind: Kind
    before: Place | None
    after: Place | None
    why: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "session": self.session,
            "kind": self.kind,
            "before": self.before,
            "after": self.after,
            "why": self.why,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Change:
        # The first releases say of no session why it is gone.
        return cls(**{"why": None, **stored})


def changes_between(
    before: Mapping[str, Place],
    after: Mapping[str, Place],
    cancelled: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Change]:
    """
    Return what is different, in the order in which sessions begin now, gone ones last.

    A session that has another place and another title was moved. `cancelled` says why,
    by session.
    """
    return sorted(_changes(before, after, cancelled or {}), key=_order)


def _changes(
    before: Mapping[str, Place],
    after: Mapping[str, Place],
    cancelled: Mapping[str, Mapping[str, Any]],
) -> Iterator[Change]:
    for session in before.keys() | after.keys():
        was, now = before.get(session), after.get(session)
        kind = _kind(was, now)
        if kind is not None:
            why = cancelled.get(session) if kind == "removed" else None
            yield Change(session, kind, was, now, why)


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
