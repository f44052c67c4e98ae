"""What the demonstration leaves to the committee: proposals, supporters, points."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from django.db import transaction

from montada.demo.choosing import leave_open
from montada.demo.ideas import IDEAS, SUPPORTERS
from montada.edition.models import Edition
from montada.programme import operations
from montada.programme.models import SharesRun
from montada.programme.queries import choosing, committee
from tests.factories.edition import make_edition
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(now: datetime) -> Edition:
    edition = make_edition(is_made_up=True)
    operations.open_kinds(edition=edition, opened_by=None, at=now)
    rules = {"n_places": 20, "is_support_open": True}
    operations.set_rules(edition=edition, values=rules, set_by=None, at=now)
    return edition


def left_open(edition: Edition, at: datetime) -> None:
    leave_open(
        edition=edition,
        organisations={
            group: make_organisation(f"Made up {group}", stakeholder_group_id=group)
            for group in SUPPORTERS
        },
        rng=random.Random(1),
        by=None,
        at=at,
    )


def test_the_committee_has_something_to_choose_from_at_once(
    edition: Edition, now: datetime
) -> None:
    left_open(edition, now)

    run = choosing.run_of_committee(edition)
    ids = committee.sorted_proposals(edition, state="received", sort="shares", run=run)
    rows = committee.committee_rows(edition, ids, reader="ar", run=run)

    assert len(rows) == len(IDEAS) == 40
    assert [row.scored.n_reviewers for row in rows if row.scored] == [3] * 40
    assert [row.place for row in rows[:21]] == [*range(1, 21), None]
    assert all(row.why for row in rows)
    assert min(row.n_supports for row in rows[:20]) > 0
    for language, word in (("ar", "تجريبي"), ("en", "made-up"), ("fr", "fictive")):
        assert all(word in row.proposal.summary.by_language[language] for row in rows)
    runs = SharesRun.objects.order_by("is_simulation")
    kept = [(one.endowment, one.is_simulation, one.n_places) for one in runs]
    assert kept == [("group", False, 20), ("voter", True, 20)]
    of_group, of_voter = (set(committee.order_of(run)) for run in runs)
    assert of_group != of_voter


def test_the_same_chance_leaves_the_same_choice(
    edition: Edition, now: datetime
) -> None:
    chosen = []
    for _again in range(2):
        with transaction.atomic():
            left_open(edition, now)
            chosen.append([run.result["chosen"] for run in SharesRun.objects.all()])
            transaction.set_rollback(True)

    assert chosen[0] == chosen[1]


def test_every_idea_has_a_title_of_its_own_in_three_languages() -> None:
    for language in ("ar", "en", "fr"):
        assert len({idea.title.by_language[language] for idea in IDEAS}) == 40


def test_no_stakeholder_group_is_too_small_to_be_told() -> None:
    assert min(SUPPORTERS.values()) >= 5
