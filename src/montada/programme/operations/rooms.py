"""What the programme needs to know of a room: how it is set, what it has, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition import operations as editions
from montada.edition.engine.values import RoomPlan
from montada.language.engine.harmless import harmless_words
from montada.programme import queries
from montada.programme.choices import Feature, Layout
from montada.programme.models import RoomDetails
from montada.programme.operations.permitted import check_secretariat

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_SEATS = 1_000_000
MOST_BOOTHS = 50
MOST_CLOSED = 50
LONGEST_EQUIPMENT = 2_000
COLUMNS = ("building", "floor", "layout", "features", "n_booths", "equipment")
LENGTHS = {"building": 120, "floor": 40, "equipment": LONGEST_EQUIPMENT}


class RoomNumberWrong(Refusal):
    code = "programme.room_number_wrong"
    message = _(
        "A room has from 0 to %(seats)s seats, and from 0 to %(booths)s booths."
    )


class RoomWordsTooLong(Refusal):
    code = "programme.room_words_too_long"
    message = _("At most %(most)s characters, please.")


class RoomFeatureUnknown(Refusal):
    code = "programme.room_feature_unknown"
    message = _("Choose how the room is set, and what it has, from the lists.")


class RoomDayElsewhere(Refusal):
    code = "programme.room_day_elsewhere"
    message = _("%(day)s is no day of this edition.")


class RoomHoursBackwards(Refusal):
    code = "programme.room_hours_backwards"
    message = _("On %(day)s the room would close before it opens.")


class RoomClosedBackwards(Refusal):
    code = "programme.room_closed_backwards"
    message = _("A time at which the room is closed would end before it begins.")


class TooManyClosedTimes(Refusal):
    code = "programme.too_many_closed_times"
    message = _("A room has at most %(most)s times at which it is closed.")


class RoomChangedMeanwhile(Refusal):
    code = "programme.room_changed_meanwhile"
    message = _(
        "Somebody has changed this room meanwhile. Look at it again, then save once "
        "more what is to be."
    )


@transaction.atomic
def set_room_details(
    *,
    room: Any,
    values: Mapping[str, Any],
    seen: int | None = None,
    set_by: Person | None,
    at: datetime,
) -> RoomDetails:
    """
    Set what is known of a room; what `values` does not name stays.

    Parameters
    ----------
    values : any of `COLUMNS`; "seats" (None: nobody counted them); "hours", a mapping
        of dates to a pair of times, or to None where it is closed that day; "closed",
        pairs of local moments
    seen : number of the last decision about it that the person knows of; None where
        nobody asks

    Raises
    ------
    RoomChangedMeanwhile
    NotTheSecretariat, RoomNumberWrong, RoomWordsTooLong, RoomFeatureUnknown,
    RoomDayElsewhere, RoomHoursBackwards, RoomClosedBackwards, TooManyClosedTimes
    """
    check_secretariat(set_by, room.edition)
    if seen is not None and queries.last_decision_about_room(room) > seen:
        raise RoomChangedMeanwhile
    row = RoomDetails.objects.select_for_update().filter(room=room).first()
    row = row or RoomDetails(room=room)
    before = _told(row)
    wanted = {name: getattr(row, name) for name in COLUMNS} | {
        name: value for name, value in values.items() if name in COLUMNS
    }
    _check(wanted, values.get("seats"))
    for name in LENGTHS:
        wanted[name] = harmless_words(wanted[name])
    for name, value in wanted.items():
        setattr(row, name, value)
    if "hours" in values:
        row.hours = _hours(values["hours"], room.edition)
    if "closed" in values:
        row.closed = _closed(values["closed"], room.edition)
    if "seats" in values:
        _set_seats(room, values["seats"], set_by, at)
    if row.pk and _told(row) == before:
        return row
    row.save()
    audit.record(
        action="programme.room_details_set",
        actor=set_by,
        subject=room.edition,
        at=at,
        details={"room": room.pk, "before": before, "after": _told(row)},
    )
    return row


def _check(wanted: Mapping[str, Any], seats: int | None) -> None:
    if not (0 <= wanted["n_booths"] <= MOST_BOOTHS and 0 <= (seats or 0) <= MOST_SEATS):
        raise RoomNumberWrong(seats=f"{MOST_SEATS:,}", booths=MOST_BOOTHS)
    for name, most in LENGTHS.items():
        if len(wanted[name]) > most:
            raise RoomWordsTooLong(most=most)
    is_known = all(feature in Feature.values for feature in wanted["features"])
    if wanted["layout"] not in {"", *Layout.values} or not is_known:
        raise RoomFeatureUnknown


def _hours(hours: Mapping[Any, Any], edition: Any) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for day, pair in sorted(hours.items()):
        if day not in queries.days_of(edition):
            raise RoomDayElsewhere(day=day)
        if pair is None:
            kept[f"{day}"] = []
            continue
        opens, closes = pair
        if opens >= closes:
            raise RoomHoursBackwards(day=queries.day_words(day))
        kept[f"{day}"] = [f"{opens:%H:%M}", f"{closes:%H:%M}"]
    return kept


def _closed(times: Sequence[tuple[datetime, datetime]], edition: Any) -> Any:
    if len(times) > MOST_CLOSED:
        raise TooManyClosedTimes(most=MOST_CLOSED)
    days = queries.days_of(edition)
    for start, end in times:
        if start.date() not in days:
            raise RoomDayElsewhere(day=start.date())
        if start >= end:
            raise RoomClosedBackwards
    return [
        [moment.isoformat(timespec="minutes") for moment in pair]
        for pair in sorted(times)
    ]


def _set_seats(room: Any, seats: int | None, set_by: Any, at: datetime) -> None:
    plan = RoomPlan(
        name=room.name,
        seats=seats,
        is_online=room.is_online,
        join_url=room.join_url,
        order=room.order,
    )
    editions.set_room(
        edition_id=room.edition_id, room=plan, room_id=room.pk, set_by=set_by, at=at
    )


def _told(row: RoomDetails) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*COLUMNS, "hours", "closed")}
