"""The demonstration's made-up statements and votes."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.consultation import operations, queries
from montada.demo.opinions import AUTHORS, STATEMENTS, fill_opinions
from tests.factories.participation import make_person
from tests.factories.statements import an_open_edition

pytestmark = pytest.mark.django_db


def test_the_planted_camps_are_found_and_nothing_is_made_twice(now: datetime) -> None:
    edition = an_open_edition(now, is_made_up=True)
    for email in AUTHORS:
        make_person(email.split("@", maxsplit=1)[0], email=email)

    n_votes = [fill_opinions(edition, seed=1, at=now) for _again in range(2)]
    operations.compute_opinion(edition=edition, at=now)
    page = queries.opinion_page(edition)

    assert page is not None
    assert (n_votes[0] > 2000, n_votes[1]) == (True, 0)
    assert page.n_votes == n_votes[0]
    assert page.verdict == "groups"
    assert len(page.groups) == 3
    assert len(page.rows) == len(STATEMENTS)
    assert len(page.unites) == 10
