"""The demonstration's stage is what is open on the day somebody builds it."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.demo.calendar import STAGES, USUAL_START, ZONE, first_day, phases


def test_the_usual_week_is_kept_wherever_it_fits() -> None:
    assert first_day("consultation", date(2026, 11, 25)) == USUAL_START
    assert first_day("live", date(2027, 7, 7)) == USUAL_START


@given(
    st.sampled_from(sorted(STAGES)),
    st.dates(min_value=date(2026, 1, 1), max_value=date(2035, 1, 1)),
)
def test_the_chosen_stage_is_open_on_any_day(stage: str, today: date) -> None:
    start = first_day(stage, today)
    noon = datetime.combine(today, time(12), ZONE)
    kind = "forum" if stage == "live" else stage

    open_now = {w.kind for w in phases(start) if w.opens_at <= noon < w.closes_at}

    assert kind in open_now


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_every_phase_closes_after_it_opens(stage: str) -> None:
    windows = phases(first_day(stage, date(2026, 11, 25)))

    assert all(w.opens_at < w.closes_at for w in windows)
