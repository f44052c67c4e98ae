"""Moments of programmes that have an offset stand at the clock of their place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from montada.edition.models import Edition
from montada.programme import operations
from montada.programme.adapters.schedules import schedule_of
from montada.programme.models import Placement
from tests.factories.edition import make_edition
from tests.factories.programme import make_kind

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def edition(db: None) -> Edition:
    """Of Geneva: two hours before Greenwich in July."""
    made = make_edition()
    make_kind(made)
    return made


def place_of(
    edition: Edition, path: Path, begins: str, *, is_moved: bool = False
) -> tuple[str, int | None]:
    """Return the hour of Geneva of a table's only session, and its minutes."""
    file = path / "programme"
    end = begins.replace(":00", ":45", 1)
    head = "id,room,start,minutes,end,title"
    file.write_text(f"{head}\n1,Hall,{begins},,{end},Oases\n", encoding="utf-8")
    operations.take_in_schedule(
        edition=edition,
        path=file,
        plan_name="Plan",
        is_moved=is_moved,
        taken_by=None,
        at=AT,
    )
    place = Placement.objects.select_related("session").get()
    local = place.starts_at.astimezone(edition.zone)
    return f"{local:%d %H:%M}", place.session.minutes


@pytest.mark.parametrize(
    ("begins", "stands"),
    [
        ("2027-07-05T07:00", "05 07:00"),
        ("2027-07-05T07:00Z", "05 09:00"),
        ("2027-07-05T07:00+00:00", "05 09:00"),
        ("2027-07-05T07:00+02:00", "05 07:00"),
        ("2027-07-05T23:00-04:00", "06 05:00"),
    ],
)
def test_a_table_of_an_edition_is_read_by_its_clock(
    edition: Edition, tmp_path: Path, begins: str, stands: str
) -> None:
    assert place_of(edition, tmp_path, begins) == (stands, 45)


def test_what_is_moved_keeps_the_hours_of_its_own_clock(
    edition: Edition, tmp_path: Path
) -> None:
    begins = "2026-11-03T09:00+03:00"
    assert place_of(edition, tmp_path, begins, is_moved=True) == ("05 09:00", 45)


@pytest.mark.parametrize(
    ("zone", "offset", "hour"),
    [
        ("Africa/Cairo", "+03:00", 9),
        ("Africa/Cairo", "Z", 12),
        ("", "+03:00", 9),
        ("Nowhere/Atall", "+03:00", 9),
    ],
)
def test_events_are_read_by_the_zone_that_their_file_states(
    tmp_path: Path, zone: str, offset: str, hour: int
) -> None:
    file = tmp_path / "schedule.xml"
    file.write_text(
        f"<schedule><conference><time_zone_name>{zone}</time_zone_name></conference>"
        '<day date="2027-07-05"><room name="Hall"><event id="7">'
        f"<date>2027-07-05T09:00:00{offset}</date><start>09:00</start>"
        "<duration>01:00</duration></event></room></day></schedule>",
        encoding="utf-8",
    )
    (session,) = schedule_of(file).sessions
    assert session.start == datetime(2027, 7, 5, hour)  # noqa: DTZ001 - of the place
