"""Rules of an edition's programme: each part is set, and refused, by itself."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from montada.edition.models import Edition
from montada.programme import operations, queries
from montada.programme.operations.rules import FloorUnknown, HoursWrong

pytestmark = pytest.mark.django_db


def set_rules(edition: Edition, at: datetime, **values: Any) -> Any:
    return operations.set_rules(edition=edition, values=values, set_by=None, at=at)


def test_hours_of_days_that_moved_are_in_the_way_of_no_other_rule(
    edition: Edition, now: datetime
) -> None:
    set_rules(edition, now, hours={"2027-07-05": ["10:00", "17:00"]})
    edition.starts_on, edition.ends_on = date(2027, 9, 6), date(2027, 9, 10)
    edition.save()

    set_rules(edition, now, n_places=120)
    set_rules(edition, now, opens=time(8))

    rules = queries.rules_of(edition)
    assert (rules.n_places, rules.opens) == (120, time(8))
    with pytest.raises(HoursWrong):
        set_rules(edition, now, hours=rules.hours)


def test_no_floor_keeps_more_than_all_places_whichever_is_set(
    edition: Edition, now: datetime
) -> None:
    set_rules(edition, now, floors=[{"axis": "group", "value": "civil", "least": 5}])

    with pytest.raises(FloorUnknown):
        set_rules(edition, now, n_places=4)


def test_a_break_lies_within_the_hours_whichever_is_set(
    edition: Edition, now: datetime
) -> None:
    set_rules(edition, now, opens=time(9), breaks=[["09:30", "10:00"]])

    with pytest.raises(HoursWrong):
        set_rules(edition, now, opens=time(10))
