"""Unsurprising editions, phases and rooms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from montada.edition.models import Edition, Phase, Room
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from tests.factories.participation import make_administrator, make_person

GENEVA = LocalizedText.of("en", "Geneva", ar="جنيف", fr="Genève")


def text(english: str, **others: str) -> LocalizedText:
    return LocalizedText.of("en", english, **others)


def make_edition(slug: str = "2027", **values: Any) -> Edition:
    """A hybrid edition of 5 to 9 July 2027 in Geneva."""
    usual: dict[str, Any] = {
        "year": 2027,
        "name": text("Forum 2027", ar="منتدى القمة 2027"),
        "starts_on": date(2027, 7, 5),
        "ends_on": date(2027, 7, 9),
        "city": GENEVA,
        "country_id": "CHE",
        "venue": text("Palexpo"),
        "mode": "hybrid",
    }
    return Edition.objects.create(slug=slug, **usual | values)


def make_phase(
    edition: Edition,
    opens_at: datetime,
    closes_at: datetime,
    kind: str = "consultation",
    name: LocalizedText | None = None,
) -> Phase:
    return Phase.objects.create(
        edition=edition,
        kind=kind,
        name=name or text("Open consultation", ar="تشاور مفتوح"),
        opens_at=opens_at,
        closes_at=closes_at,
    )


def make_room(edition: Edition, name: str = "Room A", **values: Any) -> Room:
    return Room.objects.create(edition=edition, name=text(name), **values)


def make_secretary(email: str = "salma@example.org") -> Person:
    """Salma, the secretariat of all editions."""
    return make_administrator(email=email)


def make_outsider(email: str = "eve@example.org") -> Person:
    """Eve, who is signed in and has no role."""
    return make_person(email=email)
