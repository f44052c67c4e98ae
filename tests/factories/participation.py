"""People by name, and what they do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from montada.participation.models import Person, Role

JOINED_AT = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)


def make_person(name: str = "Eve", **values: Any) -> Person:
    """Somebody without a role, reading English; the address follows the name."""
    usual: dict[str, Any] = {"name": name, "language": "en", "joined_at": JOINED_AT}
    email = values.pop("email", f"{name.lower()}@example.org")
    return Person.objects.create_user(email, **usual | values)


def make_role(person: Person, kind: str, **place: Any) -> Role:
    return Role.objects.create(person=person, kind=kind, granted_at=JOINED_AT, **place)


def make_administrator(name: str = "Salma", **values: Any) -> Person:
    """The secretariat of all editions."""
    person = make_person(name, **values)
    make_role(person, "secretariat")
    return person
