"""Recording: however often sources name a project, it stays one, and loses nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from montada.audit.models import Entry
from montada.audit.queries import entries_about
from montada.language.engine.text import LocalizedText
from montada.participation.operations import name_organisation
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.values import ProjectFacts
from montada.stocktaking.models import Project
from tests.factories.stocktaking import SOURCE, a_project

pytestmark = pytest.mark.django_db


def organisation(name: str, now: datetime) -> Any:
    return name_organisation(
        name=name,
        language="und",
        country_id="EGY",
        stakeholder_group_id=None,
        source_url=SOURCE,
        at=now,
    )


def test_a_source_makes_a_project_and_leaves_an_entry(now: datetime) -> None:
    project = a_project(at=now)

    assert project.slug == "village-telecentres-egy"
    assert (project.first_year, project.last_year) == (2018, 2018)
    assert [line.code for line in project.action_lines.all()] == ["C2"]
    assert [e.action for e in entries_about(project)] == ["stocktaking.project_created"]


def test_a_second_source_adds_what_was_missing_and_overwrites_nothing(
    now: datetime,
) -> None:
    ours, theirs = organisation("Ours", now), organisation("Theirs", now)
    first = a_project(at=now, organisation=None)
    a_project("VILLAGE TELECENTRES", at=now, organisation=ours, lines=["C3"], year=2015)
    again = a_project(at=now, organisation=theirs, goal_numbers=[4], year=None)

    project = Project.objects.get()
    assert again.pk == first.pk
    assert str(project.title) == "Village telecentres"
    assert project.organisation_id == ours.pk
    assert (project.first_year, project.last_year) == (2015, 2018)
    assert [line.code for line in project.action_lines.all()] == ["C2", "C3"]
    assert [goal.number for goal in project.goals.all()] == [4]


def test_the_same_word_twice_changes_nothing_and_leaves_no_entry(now: datetime) -> None:
    a_project(at=now)
    n_entries = Entry.objects.count()
    a_project(at=now)

    assert Entry.objects.count() == n_entries
    assert Project.objects.count() == 1


def test_one_title_in_two_countries_is_two_projects_with_two_addresses(
    now: datetime,
) -> None:
    a_project(at=now)
    a_project(at=now, country_id="JOR")
    a_project(at=now, country_id=None)

    slugs = sorted(Project.objects.values_list("slug", flat=True))
    assert slugs == [
        "village-telecentres-egy",
        "village-telecentres-int",
        "village-telecentres-jor",
    ]


def test_projects_that_would_share_an_address_do_not(now: datetime) -> None:
    plain = a_project("E-health: phase one", at=now)
    other = a_project("E-health (phase one)!", at=now, country_id="EGY")
    signs = a_project("E-health phase-one ++", at=now)

    # The first two fold to one title; no project ever takes another's address.
    assert plain.pk == other.pk == signs.pk
    long = "A very long title of a project " * 5
    one, two = a_project(long + "1", at=now), a_project(long + "2", at=now)
    assert one.slug != two.slug
    assert len(two.slug) <= 120


def test_an_arabic_title_has_an_address_too(now: datetime) -> None:
    project = a_project("منصة بلدي", at=now)

    assert project.slug.startswith("project-")
    assert queries.project(project.slug) == project


def test_rows_recorded_together_say_what_became_of_each(now: datetime) -> None:
    facts = ProjectFacts(
        source_url=SOURCE, title=LocalizedText.of("en", "One"), country_id="EGY"
    )
    government = ProjectFacts(
        source_url=SOURCE,
        title=facts.title,
        country_id="EGY",
        stakeholder_group_id="government",
    )
    academia = ProjectFacts(
        source_url=SOURCE,
        title=facts.title,
        country_id="EGY",
        stakeholder_group_id="academia",
    )

    told = operations.record_projects(
        facts=[facts, facts, government, academia], at=now
    )

    assert [one.outcome for one in told] == [
        "created",
        "unchanged",
        "changed",
        "unchanged",
    ]
    assert told[3].kept == ("stakeholder_group",)
    assert Project.objects.get().stakeholder_group_id == "government"


def test_a_project_without_a_source_is_refused(now: datetime) -> None:
    with pytest.raises(operations.SourceNotNamed) as refused:
        a_project(at=now, source_url="javascript:alert(1)")

    assert refused.value.code == "stocktaking.source_not_named"
    assert Project.objects.count() == 0


def test_a_year_outside_the_process_is_refused(now: datetime) -> None:
    with pytest.raises(operations.YearOutOfRange) as refused:
        a_project(at=now, year=1815)

    assert refused.value.code == "stocktaking.year_out_of_range"
    assert str(refused.value) == "The year 1815 lies outside 2003–2100."


def test_a_distinction_is_noted_once(now: datetime) -> None:
    project = a_project(at=now)

    def note(year: int | None) -> bool:
        return operations.note_distinction(
            project=project, kind="winner", year=year, at=now
        )

    assert [note(2018), note(2018), note(None), note(None)] == [
        True,
        False,
        True,
        False,
    ]
    assert project.distinctions.count() == 2
    assert [e.action for e in entries_about(project)].count(
        "stocktaking.distinction_noted"
    ) == 2


def test_a_distinction_nobody_knows_is_a_programming_error(now: datetime) -> None:
    with pytest.raises(ValueError, match="hero"):
        operations.note_distinction(
            project=a_project(at=now), kind="hero", year=2018, at=now
        )
