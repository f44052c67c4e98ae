"""Who may do what: the whole table, person by person."""

from __future__ import annotations

from typing import Any

import pytest

from montada.edition.models import Edition
from montada.framework.models import ActionLine
from montada.participation.models import Person
from montada.participation.permissions import RULES
from tests.factories.edition import make_edition
from tests.factories.participation import make_administrator, make_person, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions() -> tuple[Edition, Edition]:
    return make_edition("2027"), make_edition("2028", year=2028)


@pytest.fixture
def people(editions: tuple[Edition, Edition]) -> dict[str, Person]:
    ours, _other = editions
    names = ("amina", "boris", "chen", "diego", "eve", "fatima", "secretary")
    everybody = {name: make_person(name) for name in names}
    make_role(everybody["amina"], "focal_point", edition=ours, country_id="TUN")
    make_role(everybody["boris"], "reviewer", edition=ours)
    make_role(everybody["chen"], "donor", edition=ours)
    make_role(everybody["diego"], "submitter", edition=ours)
    make_role(
        everybody["fatima"], "facilitator", edition=ours, action_line_id="C7-eagri"
    )
    make_role(everybody["secretary"], "secretariat", edition=ours)
    return everybody | {"administrator": make_administrator("admin")}


def allowed(
    people: dict[str, Person], permission: str, subject: Any = None
) -> set[str]:
    return {name for name, p in people.items() if p.has_perm(permission, subject)}


SECRETARIAT = {"secretary", "administrator"}
WITHOUT_AN_OBJECT = {
    "framework.change_matrixlink": SECRETARIAT,
    "framework.load_targets": {"administrator"},
    "edition.add_edition": {"administrator"},
    "edition.change_edition": SECRETARIAT,
    "participation.administer": {"administrator"},
    "participation.change_role": SECRETARIAT,
    "participation.view_person": SECRETARIAT,
    "participation.view_message": SECRETARIAT,
    "participation.change_organisation": SECRETARIAT,
    "audit.view_entry": SECRETARIAT,
    "stocktaking.decide_label": SECRETARIAT | {"amina", "fatima"},
    "stocktaking.endorse_project": {"amina"},
    "stocktaking.import_projects": SECRETARIAT,
    "stocktaking.publish_project": SECRETARIAT,
    "stocktaking.translate_project": SECRETARIAT,
    "stocktaking.view_country_entries": SECRETARIAT | {"amina"},
    "consultation.change_consultation": SECRETARIAT,
    "consultation.moderate_statement": SECRETARIAT,
    "consultation.translate_statement": SECRETARIAT,
    "programme.change_programme": SECRETARIAT,
    "selection.import_prizes": SECRETARIAT,
    "programme.import_sessions": SECRETARIAT,
    "indicators.import_figures": SECRETARIAT,
}


def test_the_table_below_names_every_permission() -> None:
    assert set(WITHOUT_AN_OBJECT) == set(RULES)


@pytest.mark.parametrize("permission", WITHOUT_AN_OBJECT)
def test_who_may_do_it_at_all(people: dict[str, Person], permission: str) -> None:
    assert allowed(people, permission) == WITHOUT_AN_OBJECT[permission]


@pytest.mark.parametrize(
    "permission", ["edition.change_edition", "participation.change_role"]
)
def test_an_editions_secretariat_decides_about_that_edition_only(
    people: dict[str, Person], editions: tuple[Edition, Edition], permission: str
) -> None:
    ours, other = editions

    assert allowed(people, permission, ours) == SECRETARIAT
    assert allowed(people, permission, other) == {"administrator"}


def test_a_facilitator_changes_cells_of_their_own_line_only(
    people: dict[str, Person],
) -> None:
    theirs = ActionLine.objects.get(code="C7-eagri")
    another = ActionLine.objects.get(code="C2")
    may = "framework.change_matrixlink"

    assert allowed(people, may, theirs) == {*SECRETARIAT, "fatima"}
    assert allowed(people, may, another) == SECRETARIAT


def test_an_inactive_administrator_may_nothing(people: dict[str, Person]) -> None:
    closed = people["administrator"]
    closed.is_active = False

    assert {p for p in RULES if closed.has_perm(p)} == set()


def test_a_superuser_may_everything() -> None:
    root = make_person("root", is_superuser=True)

    assert {p for p in RULES if root.has_perm(p)} == set(RULES)


def test_a_permission_nobody_defined_is_nobodys(people: dict[str, Person]) -> None:
    assert allowed(people, "edition.burn_edition") == set()


def test_a_persons_roles_are_read_once(
    people: dict[str, Person], django_assert_num_queries: Any
) -> None:
    secretary = Person.objects.get(pk=people["secretary"].pk)

    with django_assert_num_queries(1):
        secretary.has_perm("audit.view_entry")
        secretary.has_perm("edition.add_edition")
        secretary.has_perm("participation.administer")
