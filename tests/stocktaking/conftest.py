"""Who is in the stories of projects, unless a file says another."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.participation.models import Person
from montada.stocktaking.models import ProjectVersion
from tests.factories.entries import a_draft, a_focal_point
from tests.factories.participation import make_administrator, make_person


@pytest.fixture
def owner(db: None) -> Person:
    return make_person("Omar")


@pytest.fixture
def focal_point(db: None) -> Person:
    return a_focal_point("EGY", "Amina")


@pytest.fixture
def secretary(db: None) -> Person:
    return make_administrator("Salma")


@pytest.fixture
def mona(db: None) -> Person:
    return make_person("Mona")


@pytest.fixture
def draft(owner: Person, now: datetime) -> ProjectVersion:
    return a_draft(owner, at=now)
