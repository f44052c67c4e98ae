"""By whose clock a reader of the programme reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from babel.dates import get_timezone_location
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from montada.djangokit.page_language import page_language
from montada.language.engine.text import LocalizedText
from montada.programme.adapters.zones import zone_named

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Clock:
    """
    A clock by which a page shows moments.

    Attributes
    ----------
    name : as IANA calls it
    place : in the page's language
    is_forums : whether it shows what the clocks of the forum's place show
    asked : what the address asks for, "" where it does not
    unknown : what the address asks for and does not exist
    """

    zone: tzinfo
    name: str
    place: str
    is_forums: bool
    asked: str = ""
    unknown: str = ""

    def offset(self, moment: datetime) -> str:
        """Return what it is before or behind UTC: "UTC+2", "UTC+5:30", "UTC"."""
        return offset_words(moment.astimezone(self.zone))


def clock_of(request: HttpRequest, edition: Any) -> Clock:
    """
    Return the clock that `?zone=` names, else the reader's own, else the forum's.

    What was chosen on this device is younger than what a profile says, and of this.
    """
    asked = request.GET.get("zone", "")
    chosen = request.COOKIES.get(settings.ZONE_COOKIE_NAME, "")
    own = str(getattr(request.user, "timezone", ""))
    for name in filter(None, (asked, chosen, own)):
        try:
            zone = zone_named(name)
        except KeyError:
            continue
        is_forums = name == edition.timezone
        place = place_of(name) if not is_forums else forums_place(edition)
        known = asked if name == asked else ""
        return Clock(zone, name, place, is_forums, known, "" if known else asked)
    return forums_clock(edition, unknown=asked)


def remember_clock(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Let this device read the programme by a clock from now on."""
    response.set_cookie(
        settings.ZONE_COOKIE_NAME,
        name,
        max_age=A_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )


def is_zone(name: str) -> bool:
    try:
        return bool(name and zone_named(name))
    except KeyError:
        return False


def forums_clock(edition: Any, unknown: str = "") -> Clock:
    place = forums_place(edition)
    return Clock(edition.zone, edition.timezone, place, True, unknown=unknown)


def forums_hours(edition: Any, day: date | None) -> dict[str, Any]:
    """
    Return what a page says of the clock of its hours, if they are the forum's.

    How far that is from UTC depends on the day; where none is known, it is not said.
    """
    clock = forums_clock(edition)
    offset = clock.offset(datetime.combine(day, time(12), clock.zone)) if day else ""
    return {"clock": clock, "offset": offset}


def forums_place(edition: Any) -> str:
    city: LocalizedText = edition.city
    return city.shown_to(page_language()).text or place_of(edition.timezone)


def place_of(name: str) -> str:
    return _place_of(name, page_language())


@lru_cache(maxsize=512)
def _place_of(name: str, language: str) -> str:
    """Return the city of a zone; its name where it is of no place."""
    if "/" not in name or name.startswith("Etc/"):
        return name
    place = get_timezone_location(name, locale=language, return_city=True)
    return str(place) or name


def offset_words(moment: datetime) -> str:
    """Return how far a moment's clock is from UTC."""
    offset = moment.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}"
