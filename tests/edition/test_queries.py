"""Which edition is meant, and where its phases stand in its own time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from montada.edition import operations, queries
from tests.factories.edition import make_edition, make_phase, make_secretary, text

pytestmark = pytest.mark.django_db


def test_a_fresh_installation_has_no_current_edition(
    now: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert queries.current_edition(now) is None


def test_the_edition_that_comes_next_is_the_current_one(
    now: datetime, django_assert_num_queries: Any
) -> None:
    make_edition("past", year=2026, starts_on=None, ends_on=date(2026, 7, 10))
    make_edition("after-next", year=2028, ends_on=date(2028, 7, 1))
    coming = make_edition("next", ends_on=date(2027, 7, 9))

    with django_assert_num_queries(1):
        assert queries.current_edition(now) == coming


def test_an_edition_is_current_until_its_last_day_is_over() -> None:
    edition = make_edition("now", ends_on=date(2027, 7, 9))
    make_edition("next", year=2028, ends_on=date(2028, 7, 9))

    evening = datetime(2027, 7, 9, 20, 0, tzinfo=UTC)
    assert queries.current_edition(evening) == edition
    assert str(queries.current_edition(evening.replace(day=10))) == "next"


def test_a_real_edition_to_come_goes_before_a_made_up_one(now: datetime) -> None:
    make_edition("made-up", ends_on=date(2027, 4, 1), is_made_up=True)
    real = make_edition("real", ends_on=date(2027, 9, 1))

    assert queries.current_edition(now) == real


def test_when_all_are_over_the_latest_is_current_even_if_its_dates_are_unknown(
    now: datetime,
) -> None:
    make_edition("2025", year=2025, ends_on=date(2025, 7, 11))
    latest = make_edition("2026", year=2026, starts_on=None, ends_on=None)

    assert queries.current_edition(now) == latest


def test_a_year_never_means_a_made_up_edition() -> None:
    make_edition("demo", is_made_up=True)
    assert queries.edition_of_year(2027) is None

    real = make_edition("real")
    assert queries.edition_of_year(2027) == real


def test_the_timeline_speaks_the_editions_time(
    django_assert_num_queries: Any,
) -> None:
    edition = make_edition(timezone="Africa/Cairo")
    # 00:00 on 1 February to 00:00 on 1 March in Cairo, two hours ahead of UTC.
    make_phase(
        edition,
        datetime(2027, 1, 31, 22, 0, tzinfo=UTC),
        datetime(2027, 2, 28, 22, 0, tzinfo=UTC),
    )
    moment = datetime(2027, 2, 18, 23, 0, tzinfo=UTC)  # the 19th in Cairo

    with django_assert_num_queries(1):
        (row,) = queries.timeline(edition, moment)

    assert (row.state, row.days) == ("now", 9)
    assert (row.first_day, row.last_day) == (date(2027, 2, 1), date(2027, 2, 28))
    assert row.opens_at.isoformat() == "2027-02-01T00:00:00+02:00"
    assert row.closes_at.isoformat() == "2027-03-01T00:00:00+02:00"


def test_decisions_say_who_when_and_whether_they_can_be_taken_back(
    now: datetime, django_assert_num_queries: Any
) -> None:
    edition = make_edition()
    secretary = make_secretary()
    operations.move_online(edition_id=edition.pk, moved_by=secretary, at=now)
    operations.set_term(
        edition_id=edition.pk, key="awards", label=text("Prizes"), set_by=None, at=now
    )

    with django_assert_num_queries(1):
        word, move = queries.decisions_of(edition)

    assert (word.action, word.actor, word.can_be_undone) == (
        *("edition.term_set", "", False),
    )
    assert (move.actor, move.can_be_undone, move.is_undone) == (
        *("Salma", True, False),
    )
    assert move.happened_at.isoformat() == "2027-03-01T10:00:00+01:00"

    operations.undo(entry_id=move.entry_id, undone_by=secretary, at=now)

    states = {d.action: d.is_undone for d in queries.decisions_of(edition)}
    assert states["edition.moved_online"] is True
