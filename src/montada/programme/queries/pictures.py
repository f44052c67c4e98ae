"""Photos of speakers and images of sessions: which there are, and for whom."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q

from montada.programme.choices import SeatState
from montada.programme.models import Seat, SessionImage, Speaker
from montada.programme.queries.proposals import may_write_proposal, runs_programme
from montada.programme.queries.session_page import holds_session, may_describe
from montada.programme.queries.speakers import editions_of_seats

PHOTO_SIDE = 160
"""Points of a photo's side; pages show it half as wide, or so."""


def photo_stored_as(name: str) -> str:
    """Return where the photo is kept whose address ends in `name`."""
    return f"speakers/{name}.webp"


def image_stored_as(name: str) -> str:
    return f"sessions/{name}.webp"


def photo(name: str, reader: Any) -> Any:
    """
    Return the file of a photo, if a reader may see it; else None.

    Everybody may who speaks in a session that was released; before, those who may
    change it.
    """
    speaker = Speaker.objects.filter(photo=photo_stored_as(name)).first()
    if speaker is None:
        return None
    is_shown = Seat.objects.filter(
        speaker=speaker, session__is_public=True, state=SeatState.CONFIRMED
    ).exists()
    return speaker.photo if is_shown or may_set_photo(reader, speaker) else None


def image(name: str, reader: Any) -> Any:
    """Return the file of a session's image, if a reader may see it; else None."""
    rows = SessionImage.objects.filter(file=image_stored_as(name))
    row = rows.select_related("session__edition", "session__proposal").first()
    if row is None:
        return None
    is_shown = row.session.is_public or may_describe(reader, row.session)
    return row.file if is_shown else None


def may_set_photo(person: Any, speaker: Speaker) -> bool:
    return speaker.pk in photos_settable(person, [speaker])


def photos_settable(person: Any, speakers: Collection[Speaker]) -> set[int]:
    """
    Return the keys of those whose photo somebody puts and takes away. Three queries.

    The speaker; the secretariat of where they speak; and of one without an account
    those who hold a panel. Who speaks in a released session is not in the hands of
    those who only propose them for another one.
    """
    if not person.is_authenticated:
        return set()
    rows = (
        Seat.objects.filter(speaker__in=speakers)
        .exclude(state=SeatState.DECLINED)
        .select_related("proposal__edition", "session__edition", "session__proposal")
        .prefetch_related("proposal__organisers", "session__organisers")
    )
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in rows:
        seats[seat.speaker_id].append(seat)
    return {one.pk for one in speakers if _sets_photo(person, one, seats[one.pk])}


def _sets_photo(person: Any, speaker: Speaker, seats: Sequence[Seat]) -> bool:
    if speaker.person_id == person.pk:
        return True
    editions = editions_of_seats(seats).values()
    if any(runs_programme(person, edition) for edition in editions):
        return True
    if speaker.person_id is not None:
        return False
    shown = [seat for seat in seats if _is_shown(seat)]
    return any(_holds_panel(person, seat) for seat in shown or seats)


def _is_shown(seat: Seat) -> bool:
    is_public = seat.session is not None and seat.session.is_public
    return is_public and seat.state == SeatState.CONFIRMED


def _holds_panel(person: Any, seat: Seat) -> bool:
    return bool(
        (seat.proposal and may_write_proposal(person, seat.proposal))
        or (seat.session and holds_session(person, seat.session))
    )


def speaker_of_edition(edition: Any, slug: str) -> Speaker | None:
    """Return a speaker who was asked for a session or proposal of an edition."""
    here = Q(seats__proposal__edition=edition) | Q(seats__session__edition=edition)
    return Speaker.objects.filter(here, slug=slug).distinct().first()


def photo_written_out(speaker: Speaker) -> str:
    """
    Return a photo as an address that holds it, "" for none.

    For who came with the key of a letter: no address would open to them.
    """
    if not speaker.photo:
        return ""
    try:
        with speaker.photo.open() as file:
            content = base64.b64encode(file.read()).decode()
    except FileNotFoundError:
        return ""
    return f"data:image/webp;base64,{content}"
