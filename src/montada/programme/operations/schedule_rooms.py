"""Rooms of a programme that is taken in: those of the edition, and new ones."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from montada.edition import operations as editions
from montada.edition import queries as edition_queries
from montada.edition.engine.values import RoomPlan
from montada.language.engine.folding import folded
from montada.language.engine.text import LocalizedText
from montada.programme.operations.words import kept_line
from montada.stocktaking.engine.titles import language_of_title

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_ROOM = 200


class Rooms:
    """An edition's rooms by their names in any language."""

    def __init__(self, edition: Any, by: Person | None, at: datetime) -> None:
        self.edition, self.by, self.at = edition, by, at
        rooms = list(edition_queries.rooms_of(edition))
        self.n_before, self.n_new = len(rooms), 0
        self.called: dict[str, int] = {}
        for room in rooms:
            for name in room.name.by_language.values():
                self.called.setdefault(folded(name), room.pk)

    def room(self, name: str) -> int:
        """
        Return the number of a room; one that the edition does not have is added.

        Raises
        ------
        WordsTooMany
        """
        said = kept_line(name, longest=LONGEST_ROOM)
        key = folded(said)
        if key not in self.called:
            self.called[key] = self._added(said)
        return self.called[key]

    def _added(self, name: str) -> int:
        plan = RoomPlan(
            name=LocalizedText.of(language_of_title(name), name),
            order=self.n_before + self.n_new,
        )
        room = editions.set_room(
            edition_id=self.edition.pk, room=plan, set_by=self.by, at=self.at
        )
        self.n_new += 1
        return room.pk
