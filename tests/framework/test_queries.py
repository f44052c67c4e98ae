"""What is read from the vocabulary."""

from __future__ import annotations

import pytest

from montada.framework import queries
from montada.language.engine.folding import folded
from tests.factories.edition import make_secretary
from tests.factories.framework import change_cell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("مصر", "EGY"),
        ("جمهورية مصر العربية", "EGY"),
        ("Egypt", "EGY"),
        ("Arab Republic of Egypt", "EGY"),
        ("Égypte", "EGY"),
        ("egypte", "EGY"),
        ("Египет", "EGY"),
        ("埃及", "EGY"),
        ("EG", "EGY"),
        ("egy", "EGY"),
    ],
)
def test_a_country_is_found_under_every_name(name: str, iso3: str) -> None:
    assert queries.country_index()[folded(name)] == iso3


def test_the_country_index_never_guesses() -> None:
    assert folded("Atlantis") not in queries.country_index()


def test_every_country_is_found_under_its_own_names_or_nobody_is() -> None:
    index = queries.country_index()

    for country in queries.countries():
        for name in country.name.by_language.values():
            assert index.get(folded(name), country.iso3) == country.iso3


def test_groups_know_their_members_and_countries_their_groups() -> None:
    assert len(queries.members_of("las")) == 22
    assert queries.members_of("atlantis") == frozenset()
    assert [group.code for group in queries.groups_of("EGY")] == [
        "itu-arab",
        "las",
        "escwa",
        "au",
        "eca",
        "comesa",
    ]


def test_a_goal_out_of_range_is_no_goal() -> None:
    assert [queries.goal(n) for n in (0, 18, 10**30)] == [None, None, None]


def test_targets_stand_in_the_official_order() -> None:
    assert [target.code for target in queries.targets_of(8)] == [
        *("8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "8.8", "8.9", "8.10"),
        *("8.a", "8.b"),
    ]


def test_the_published_matrix_is_version_one() -> None:
    matrix = queries.matrix_at(None)

    assert (matrix.version, matrix.latest, matrix.n_linked) == (1, 1, 124)
    assert matrix.cell("C1", 3).targets == ("3.8", "3.d")
    assert matrix.cell("C1", 1).is_linked
    assert matrix.cell("C1", 1).targets == ()
    assert not matrix.cell("C1", 2).is_linked


def test_an_older_version_says_what_it_said() -> None:
    salma = make_secretary()
    change_cell(salma)
    change_cell(salma, goal_id=8, is_linked=False, targets=[])

    assert queries.matrix_at(1).n_linked == 124
    assert queries.matrix_at(2).n_linked == 125
    assert queries.matrix_at(3).n_linked == 124
    assert queries.matrix_at(2).cell("C2", 8).is_linked
    assert not queries.matrix_at(3).cell("C2", 8).is_linked
    assert queries.matrix_at(None).version == 3


@pytest.mark.parametrize("version", [0, 2, 10**30])
def test_a_version_that_never_was_is_not_invented(version: int) -> None:
    with pytest.raises(queries.NoSuchMatrixVersion):
        queries.matrix_at(version)


def test_versions_are_listed_newest_first_with_what_made_them() -> None:
    change_cell(make_secretary())

    assert [
        (v.number, v.n_cells, v.action_line, v.goal) for v in queries.matrix_versions()
    ] == [(2, 1, "C2", 7), (1, 124, "C1", 1)]
