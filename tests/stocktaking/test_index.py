"""The index of the list says what looking at every project would say, always."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from montada.framework import queries as framework
from montada.language.engine.folding import folded
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.participation.models import Organisation, Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.facets import NOT_STATED, bits_by_value, items_in
from montada.stocktaking.engine.freshness import FreshnessBounds
from montada.stocktaking.engine.record import Evidence, Place
from montada.stocktaking.models import Project, ProjectMember
from montada.stocktaking.queries.index import (
    FACETS,
    STATED,
    ProjectIndex,
    project_index,
)
from montada.stocktaking.queries.suggestions import open_suggestions
from tests.factories.entries import a_published, an_entry
from tests.factories.labels import suggest
from tests.factories.participation import make_person, make_role
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

BOUNDS = FreshnessBounds(date(2026, 3, 1), date(2025, 3, 1))
SUGGESTED = ("suggested_action_line", "suggested_goal")

Said = dict[str, dict[str, set[str]]]


def said_by(index: ProjectIndex) -> Said:
    """Return the projects' addresses by facet and value."""
    slugs = dict(Project.objects.values_list("pk", "slug"))
    return {
        facet: {
            value: {slugs[index.ids[item]] for item in items_in(bits)}
            for value, bits in index.facets.bits[facet].items()
            if value != NOT_STATED and bits
        }
        for facet in (*FACETS, *STATED, *SUGGESTED)
    }


def looked_at() -> Said:
    """Return the same by looking at every project that anybody may read."""
    said: Said = {facet: defaultdict(set) for facet in (*FACETS, *STATED, *SUGGESTED)}
    groups = defaultdict(set)
    for group, iso3 in framework.memberships():
        groups[iso3].add(group)
    for project in Project.objects.public():
        places = set(project.countries_of_work.values_list("pk", flat=True))
        found = project.distinctions.values_list("kind", "year")
        light = BOUNDS.freshness_of(project.current_on)
        values: dict[str, set[Any]] = {
            "country": {project.country_id},
            "group": groups[project.country_id or ""],
            "work": places,
            "region": {group for place in places for group in groups[place]},
            "line": set(project.action_lines.values_list("pk", flat=True)),
            "goal": set(project.goals.values_list("pk", flat=True)),
            "year": {project.first_year, project.last_year, *(y for _k, y in found)},
            "stakeholder": {project.stakeholder_group_id},
            "distinction": {kind for kind, _year in found},
            "type": {project.entry_type},
            "status": {project.status},
            "language": {project.written_in} - {"und"},
            "freshness": {light} - {"unknown"},
            "evidence": {"1"} if project.has_evidence else set(),
            "gap": {"1"} if project.has_gap else set(),
            "title": {"stated"} if project.title else set(),
            "organisation": {"stated"} if project.organisation_id else set(),
        }
        if project.visibility == "archived":
            values["freshness"] = {"archived"}
        for suggestion in open_suggestions().filter(subject_pk=project.pk):
            values.setdefault(f"suggested_{suggestion.axis}", set()).add(
                suggestion.code
            )
        for facet, those in values.items():
            for value in those - {None, ""}:
                said[facet][str(value)].add(project.slug)
    return said


def words_looked_at() -> dict[str, str]:
    """Return what each project's title and published summary say, folded."""
    words = {}
    for project in Project.objects.all():
        record = queries.published_record(project)
        texts = [project.title, record.summary]
        spoken = [w.text for text in texts for w in text.wordings.values()]
        words[project.slug] = "\n".join(map(folded, spoken))
    return words


def agrees() -> Said:
    index = project_index("en", BOUNDS)
    said = said_by(index)

    assert said == looked_at()
    assert list(index.ids) == list(
        Project.objects.public().values_list("pk", flat=True)
    )
    shown = Project.objects.public().values_list("slug", "words")
    known = words_looked_at()
    assert dict(shown) == {slug: known[slug] for slug, _words in shown}
    return said


def test_an_empty_register_has_an_empty_index() -> None:
    index = project_index("en", BOUNDS)

    assert (list(index.ids), index.found("wells"), agrees()["country"]) == ([], 0, {})


def test_one_project_that_says_nothing_is_in_it(now: datetime) -> None:
    a_project("", at=now, country_id=None, lines=[], year=None)

    assert {facet: said for facet, said in agrees().items() if said} == {}
    assert project_index("en").found("") == 1


@pytest.fixture
def first(now: datetime) -> Project:
    return a_project("Village; telecentres, old, and new", at=now, year=2026)


@pytest.fixture
def wells(owner: Person, secretary: Person, now: datetime) -> Project:
    return a_published(
        owner,
        secretary,
        at=now,
        status="ongoing",
        places=(Place("", "TUN"), Place("", "FRA")),
        evidence=(Evidence("Wells read", value=Decimal(50)),),
    )


def test_it_agrees_after_what_is_published_and_labelled(
    first: Project, wells: Project, owner: Person, secretary: Person, now: datetime
) -> None:
    a_project(",;, —", at=now, country_id=None, year=None)
    an_entry(owner, at=now, title="Not published yet")
    said = agrees()
    assert (said["work"]["TUN"], said["status"]) == (
        {wells.slug},
        {"ongoing": {wells.slug}},
    )

    suggest(first, "C7-ehealth", "3", at=now)
    assert agrees()["suggested_goal"] == {"3": {first.slug}}
    decided: Any = {"project": first, "decided_by": secretary, "at": now}
    operations.confirm_label(axis="action_line", code="C7-ehealth", **decided)
    operations.decline_label(axis="goal", code="3", **decided)
    said = agrees()
    assert (said["line"]["C7-ehealth"], said["suggested_goal"]) == ({first.slug}, {})

    operations.note_distinction(project=first, kind="winner", year=2019, at=now)
    assert agrees()["year"]["2019"] == {first.slug}


def test_it_agrees_after_translations(
    first: Project, wells: Project, now: datetime
) -> None:
    nour = make_person("Nour")
    make_role(nour, "translator")
    operations.translate(
        project=wells,
        language="ar",
        words={"title": "آبار الواحات", "summary": "يقرأ المزارعون مستوى المياه"},
        seen={},
        is_approved=True,
        translated_by=nour,
        at=now,
    )
    agrees()
    titles = [operations.TitleTranslated(2, str(first.title), "", "fr", "Télécentres")]
    operations.approve_translations(rows=titles, approved_by=None, at=now)
    agrees()

    found = project_index("en").found
    assert all(map(found, ["المزارعون", "المياه oases", "telecentres OLD"]))


def test_it_agrees_after_imports(first: Project, tmp_path: Path, now: datetime) -> None:
    def take(rows: str) -> Said:
        table = tmp_path / "projects.csv"
        table.write_text(f"id,title,description,country\n{rows}", encoding="utf-8")
        operations.import_projects(
            path=table,
            mapping=None,
            system="",
            dry_run=False,
            keep_going=lambda: True,
            at=now,
        )
        return agrees()

    said = take("1,Bridges,Over rivers,KEN\n2,Ferries,Across rivers,KEN\n")
    assert len(said["country"]["KEN"]) == 2
    assert project_index("en").found("seas") == 0
    take("1,Bridges,Over seas,KEN\n")
    assert project_index("en").found("seas") > 0


def test_it_agrees_after_what_is_taken_out_and_put_away(
    first: Project, wells: Project, owner: Person, secretary: Person, now: datetime
) -> None:
    operations.unpublish(
        project=wells, reason="Asked.", unpublished_by=secretary, at=now
    )
    assert "TUN" not in agrees()["work"]
    operations.republish(project=wells, republished_by=secretary, at=now)
    assert agrees()["work"]["TUN"] == {wells.slug}

    Project.objects.filter(pk=first.pk).update(current_on=date(2010, 1, 1))
    operations.archive_stale(at=now)
    assert agrees()["freshness"]["archived"] == {first.slug}
    ProjectMember.objects.create(project=first, person=owner, role="owner", since=now)
    operations.confirm_current(project=first, confirmed_by=owner, at=now)
    assert first.slug in agrees()["freshness"]["fresh"]


def test_organisations_are_found_under_the_names_they_have_now(
    wells: Project, secretary: Person, now: datetime
) -> None:
    project = wells
    assert project.organisation is not None

    def found(query: str) -> list[str]:
        index = project_index("en")
        return [str(index.ids[item]) for item in items_in(index.found(query))]

    assert found("ministry WELLS") == [str(project.pk)]
    participation.describe_organisation(
        organisation_id=project.organisation.pk,
        name=LocalizedText.of("en", "Authority of Water", ar="هيئة المياه"),
        acronym="AW",
        stakeholder_group_id="government",
        country_id="EGY",
        regions=[],
        described_by=secretary,
        at=now,
    )
    for query in ("authority", "المياه wells", "aw oases"):
        assert found(query) == [str(project.pk)]
    other = participation.name_organisation(
        name="Zirconium Board",
        language="en",
        country_id="EGY",
        stakeholder_group_id="government",
        source_url="",
        at=now,
    )
    participation.merge_organisations(
        kept_id=other.pk,
        merged_id=Organisation.objects.exclude(pk=other.pk).get().pk,
        merged_by=secretary,
        at=now,
    )
    assert found("zirconium") == found("authority") == [str(project.pk)]
    assert agrees()["organisation"]["stated"] == {project.slug}


@pytest.mark.parametrize("query", ["a " * 5_000, "x" * 5_000, "100%", "a_b", "و\0"])
def test_any_words_can_be_asked_for(now: datetime, query: str) -> None:
    a_project("Wells at 100% a b", at=now)

    assert project_index("en").found(query) in (0, 1)
    assert project_index("en").found("w_lls") == project_index("en").found("w%s") == 0


@pytest.mark.parametrize("n", [1, 3])
def test_four_questions_read_all_of_it(
    now: datetime, n: int, django_assert_num_queries: Any
) -> None:
    for number in range(n):
        a_project(f"Wells {number}", at=now)

    # The register; memberships and names of the framework; who has the words.
    with django_assert_num_queries(4):
        assert project_index("en", BOUNDS).found("wells") == 2**n - 1


@pytest.mark.usefixtures("first", "wells")
def test_what_was_in_the_register_before_gets_its_words() -> None:
    before = dict(Project.objects.values_list("slug", "words"))
    Project.objects.update(words="")
    name = "montada.stocktaking.migrations.0003_words_and_order_of_the_list"
    import_module(name).write_words(apps, None)

    assert dict(Project.objects.values_list("slug", "words")) == before
    assert all(before.values())


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abcd")), max_size=60),
)
def test_each_value_has_the_items_that_are_paired_with_it(
    pairs: list[tuple[int, str]],
) -> None:
    items, values = [item for item, _value in pairs], [value for _item, value in pairs]
    bits = bits_by_value(values, items, 41)

    assert {value: items_in(those) for value, those in bits.items()} == {
        value: sorted({item for item, said in pairs if said == value})
        for value in values
    }
