"""Merging two records, as stories and as a property: no reference is ever lost."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal
from montada.participation import operations, queries
from montada.participation.models import Organisation, Person
from montada.stocktaking.models import Project
from tests.conftest import NOW
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_session


@pytest.fixture
def boris() -> Person:
    return Person.objects.create_user("boris@example.org", name="Boris")


def merge(kept: Organisation, merged: Organisation, by: Any = None) -> Organisation:
    return operations.merge_organisations(
        kept_id=kept.pk, merged_id=merged.pk, merged_by=by, at=NOW
    )


def make_project(organisation: Organisation) -> Project:
    n = Project.objects.count()
    return Project.objects.create(
        slug=f"project-{n}",
        key=f"project-{n}",
        organisation=organisation,
        source_url="https://example.org",
    )


@pytest.mark.django_db
def test_everything_points_to_the_kept_record(boris: Person) -> None:
    kept = make_organisation("Food and Agriculture Organization", country_id="ITA")
    merged = make_organisation("FAO of the UN", stakeholder_group_id="io")
    other = make_organisation("ITU")
    part = make_organisation("FAO Regional Office")
    Organisation.objects.filter(pk=part.pk).update(parent=merged)
    project = make_project(merged)
    amina = Person.objects.create_user("amina@example.org", organisation=merged)
    both, one = make_session("Both"), make_session("One")
    both.organisers.set([kept, merged, other])
    one.organisers.set([merged])

    result = merge(kept, merged, boris)

    for row in (project, amina, part, merged):
        row.refresh_from_db()
    assert (project.organisation, amina.organisation, part.parent) == (kept,) * 3
    assert set(both.organisers.all()) == {kept, other}
    assert list(one.organisers.all()) == [kept]
    assert merged.merged_into == kept
    assert result.stakeholder_group_id == "io"
    assert queries.organisation_by_name(name="FAO of the UN", country_id=None) == kept


@pytest.mark.django_db
def test_the_trail_counts_what_was_moved(boris: Person) -> None:
    kept, merged = make_organisation("Kept"), make_organisation("Merged")
    make_project(merged)
    make_project(merged)
    make_session().organisers.set([merged])

    merge(kept, merged, boris)

    entry = trail.entries_about(kept)[0]
    assert (entry.action, entry.actor_id) == ("organisation.merged", boris.pk)
    assert entry.details == {
        "merged": f"participation.organisation:{merged.pk}",
        "name": "Merged",
        "moved": {
            "aliases": 1,
            "programme.session_organisers": 1,
            "stocktaking.project": 2,
        },
    }


@pytest.mark.django_db
def test_names_fill_the_languages_that_the_kept_record_lacks() -> None:
    kept = make_organisation("Telecom Authority")
    merged = make_organisation("الجهاز القومي لتنظيم الاتصالات", language="ar")

    result = merge(kept, merged)

    assert result.name.by_language == {
        "en": "Telecom Authority",
        "ar": "الجهاز القومي لتنظيم الاتصالات",
    }


@pytest.mark.django_db
def test_a_record_is_not_merged_into_itself() -> None:
    only = make_organisation()

    with pytest.raises(operations.OrganisationMergedIntoItself):
        merge(only, only)


@pytest.mark.django_db
def test_a_merged_record_is_merged_no_second_time() -> None:
    kept, merged, third = (make_organisation(name) for name in ("A1", "B1", "C1"))
    merge(kept, merged)

    with pytest.raises(operations.OrganisationMerged):
        merge(third, merged)
    with pytest.raises(operations.OrganisationMerged):
        merge(merged, third)


@pytest.mark.django_db
def test_a_whole_is_not_merged_into_its_part() -> None:
    whole, middle, part = (make_organisation(name) for name in ("A1", "B1", "C1"))
    for child, parent in ((middle, whole), (part, middle)):
        operations.set_parent(
            organisation_id=child.pk, parent_id=parent.pk, set_by=None, at=NOW
        )

    with pytest.raises(operations.OrganisationsInOneHierarchy):
        merge(part, whole)

    assert merge(whole, part).parent is None


NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
INDICES = st.integers(0, len(NAMES) - 1)


class NoReferenceIsLost(TestCase):
    """Each example runs in a transaction of its own."""

    @settings(max_examples=25, deadline=None)
    @given(
        merges=st.lists(st.tuples(INDICES, INDICES), max_size=6),
        parents=st.lists(st.tuples(INDICES, INDICES), max_size=3),
        organisers=st.lists(st.sets(INDICES), max_size=3),
    )
    def test_after_any_merges(
        self,
        merges: list[tuple[int, int]],
        parents: list[tuple[int, int]],
        organisers: list[set[int]],
    ) -> None:
        rows = [make_organisation(name) for name in NAMES]
        for child, parent in parents:
            attempt_parent(rows[child], rows[parent])
        projects = [make_project(row) for row in rows]
        sessions = [make_session() for _ in organisers]
        for session, members in zip(sessions, organisers, strict=True):
            session.organisers.set([rows[i] for i in members])

        stands_for = {row.pk: row.pk for row in rows}
        for kept, merged in merges:
            if attempt(rows[kept], rows[merged]):
                was, now = rows[merged].pk, rows[kept].pk
                stands_for = {k: now if v == was else v for k, v in stands_for.items()}

        self.check(rows, projects, stands_for)
        for session, members in zip(sessions, organisers, strict=True):
            held = {row.pk for row in session.organisers.all()}
            assert held == {stands_for[rows[i].pk] for i in members}

    @staticmethod
    def check(
        rows: list[Organisation], projects: list[Project], stands_for: dict[int, int]
    ) -> None:
        for row, project in zip(rows, projects, strict=True):
            project.refresh_from_db()
            row.refresh_from_db()
            root = stands_for[row.pk]
            assert project.organisation_id == root
            assert row.merged_into_id == (None if root == row.pk else root)
            found = queries.organisation_by_name(name=str(row.name), country_id=None)
            assert found is not None
            assert found.pk == root
            assert queries.chain_above(root)[-1] == top_of(root)
        assert not Organisation.objects.filter(parent__merged_into__isnull=False)


def top_of(pk: int) -> int:
    """Follow parents without a net: a circle would never end."""
    for _ in range(len(NAMES) + 1):
        parent_id = Organisation.objects.get(pk=pk).parent_id
        if parent_id is None:
            return pk
        pk = parent_id
    raise AssertionError("a circle")


def attempt(kept: Organisation, merged: Organisation) -> bool:
    try:
        merge(kept, merged)
    except Refusal:
        return False
    return True


def attempt_parent(child: Organisation, parent: Organisation) -> None:
    with contextlib.suppress(Refusal):
        operations.set_parent(
            organisation_id=child.pk, parent_id=parent.pk, set_by=None, at=NOW
        )
