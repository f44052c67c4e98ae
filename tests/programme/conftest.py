"""Where stories of the programme happen, and to whom, unless a file says another."""

from __future__ import annotations

import pytest

from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.edition import make_edition, make_secretary
from tests.factories.participation import make_person


@pytest.fixture
def edition(db: None) -> Edition:
    return make_edition()


@pytest.fixture
def salma(db: None) -> Person:
    """The secretariat."""
    return make_secretary()


@pytest.fixture
def nadia(db: None) -> Person:
    return make_person("Nadia")
