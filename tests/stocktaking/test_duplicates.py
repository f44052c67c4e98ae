"""Pairs that likely are one project, and those that only look like it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.stocktaking.engine.duplicates import Candidate, Twins, twins

LONG = "Second national programme for rural telecentres"


def pairs(*candidates: Candidate) -> list[tuple[int, int, bool]]:
    return [(pair.first, pair.second, pair.is_same) for pair in twins(candidates)]


def test_one_title_in_one_country_is_one_project() -> None:
    found = pairs(
        Candidate("a", LONG, "EGY"),
        Candidate("b", LONG.upper(), "EGY"),
        Candidate("c", LONG, "JOR"),
    )

    assert found == [(0, 1, True)]


def test_where_a_country_is_not_stated_the_pair_is_only_to_be_looked_at() -> None:
    assert pairs(Candidate("a", LONG, "EGY"), Candidate("b", LONG)) == [(0, 1, False)]


def test_two_numbers_of_one_source_are_two_projects_for_it() -> None:
    first = Candidate("a", LONG, "EGY", (("bank", "P1"),))
    second = Candidate("b", LONG, "EGY", (("bank", "P2"),))

    assert pairs(first, second) == [(0, 1, False)]


def test_a_donors_number_is_found_inside_an_identifier_of_iati() -> None:
    (found,) = twins(
        [
            Candidate("a", "Water", "BFA", (("worldbank", "P000306"),)),
            Candidate("b", "Eau", "BFA", (("iati", "44000-P000306"),)),
            Candidate("c", "Feu", "BFA", (("iati", "44000-P000307"),)),
        ]
    )

    assert found == Twins(0, 1, {"identifier": 1.0}, is_same=True)


def test_numbers_that_any_list_counts_with_say_nothing() -> None:
    assert (
        pairs(
            Candidate("a", "Water", "BFA", (("one", "12"),)),
            Candidate("b", "Schools", "BFA", (("two", "12"),)),
        )
        == []
    )


def test_meaning_speaks_within_a_country_where_vectors_are() -> None:
    candidates = [
        Candidate("a", "Water supply", "EGY"),
        Candidate("b", "إمدادات المياه", "EGY"),
        Candidate("c", "Approvisionnement en eau", "JOR"),
        Candidate("d", "Not read yet", "EGY"),
    ]
    # Cosine of the first two: .8; the third means the same elsewhere.
    vectors = np.array([[1, 0], [0.8, 0.6], [1, 0], [0, 0]], np.float32)

    (found,) = twins(candidates, vectors)
    assert (found.first, found.second, found.is_same) == (0, 1, False)
    assert found.reasons == {"meaning": pytest.approx(0.8)}


@given(st.lists(st.builds(Candidate, st.text(), st.text(max_size=30)), max_size=8))
def test_each_pair_comes_once_and_in_order(candidates: list[Candidate]) -> None:
    found = twins(candidates)
    places = [(pair.first, pair.second) for pair in found]

    assert all(first < second for first, second in places)
    assert len(places) == len(set(places))
