"""Panels of a programme that is taken in: who speaks, known here or new."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from montada.language.engine.folding import folded
from montada.programme.choices import SeatRole, SeatState
from montada.programme.engine.timetable.importing import Published
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Seat, Session, Speaker
from montada.programme.operations.finding_speakers import found_speaker
from montada.programme.operations.speakers import MOST_SEATS


class Panels:
    """
    Speakers of an edition, by name, and those of one file, by what it knows them by.

    A name alone may be anybody's; among the speakers of one edition it is taken for the
    same person, each for one in the file.
    """

    def __init__(self, edition: Any, at: datetime) -> None:
        self.at, self.n_new = at, 0
        seats = Seat.objects.filter(session__edition=edition).select_related("speaker")
        self.named = {folded(seat.speaker.name): seat.speaker for seat in seats}
        self.of_file: dict[str, Speaker] = {}

    def seat(self, row: Session, session: Published) -> list[str]:
        """
        Seat a panel: who stands in a published programme has said that they come.

        Return the names of those for whom no seat is left; they become no speakers.

        Raises
        ------
        SpeakerNameMissing, WordsTooMany
        """
        speakers: dict[Speaker, None] = {}
        left_out = []
        for key, name in zip(session.people, session.names, strict=True):
            if len(speakers) < MOST_SEATS:
                speakers[self._speaker(key, name)] = None
            else:
                left_out.append(name)
        Seat.objects.bulk_create(
            Seat(
                session=row,
                speaker=speaker,
                role=SeatRole.PANELLIST,
                state=SeatState.CONFIRMED,
                answered_at=self.at,
                order=order,
            )
            for order, speaker in enumerate(speakers)
        )
        return left_out

    def _speaker(self, key: str, name: str) -> Speaker:
        if key not in self.of_file:
            known = self.named.pop(folded(name), None)
            if known is None:
                known = found_speaker(facts=SpeakerFacts(name=name), at=self.at)
                self.n_new += 1
            self.of_file[key] = known
        return self.of_file[key]
