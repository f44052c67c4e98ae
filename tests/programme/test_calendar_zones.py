"""What a calendar says of the clock of the forum's place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from montada.programme.adapters.zones import zone_named
from montada.programme.models import Release
from tests.factories.edition import make_edition
from tests.factories.programme import make_released

NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def onsets(change: Any) -> Iterator[datetime]:
    """Yield when the clock changes, in UTC: it is said by the clock before."""
    others = [leaf.dt for leaf in change["rdate"].dts] if "rdate" in change else []
    for local in (change.DTSTART, *others):
        yield (local - change.TZOFFSETFROM).replace(tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["Europe/Zurich", "America/New_York", "Africa/Cairo", "Africa/Casablanca"]
)
def test_the_clock_changes_when_it_does(client: Client, name: str) -> None:
    edition, zone = make_edition(timezone=name), zone_named(name)
    make_released(edition, "Oases")
    Release.objects.create(edition=edition, number=1, released_at=NOW)

    file = client.get("/en/programme/2027/out/programme.ics").content

    changes: list[Any] = [
        change
        for described in Calendar.from_ical(file).walk("VTIMEZONE")
        for change in described.subcomponents
    ]
    told = [
        (onset, change)
        for change in changes
        if change.TZOFFSETFROM != change.TZOFFSETTO
        for onset in onsets(change)
    ]
    assert len(told) >= 2
    for onset, change in told:
        assert (onset - SECOND).astimezone(zone).utcoffset() == change.TZOFFSETFROM
        assert onset.astimezone(zone).utcoffset() == change.TZOFFSETTO
