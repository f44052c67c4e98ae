"""Who is in the stories of consultations, unless a file says another."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from montada.participation.models import Person
from tests.factories.participation import make_administrator, make_person


@pytest.fixture
def today() -> datetime:
    """Pages ask the clock."""
    return timezone.now()


@pytest.fixture
def nadia(db: None) -> Person:
    return make_person("Nadia")


@pytest.fixture
def eve(db: None) -> Person:
    return make_person("Eve")


@pytest.fixture
def salma(db: None) -> Person:
    """The secretariat."""
    return make_administrator("Salma")
