"""Taking in what files tell: one project for one name, and nobody's words lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from montada.language.engine.text import LocalizedText
from montada.language.models import IndexedText
from montada.participation.models import Organisation
from montada.participation.operations import OrganisationsOfAList
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import Place, ProjectRecord
from montada.stocktaking.engine.tables.values import ReadRow
from montada.stocktaking.engine.values import IncomingProject, LabelOf
from montada.stocktaking.models import Project, ProjectSource, ProjectVersion
from montada.stocktaking.operations import Recorded
from montada.stocktaking.operations.filing import BATCH
from montada.stocktaking.operations.importing import take as take_rows
from tests.factories.participation import make_administrator, make_person

pytestmark = pytest.mark.django_db

URL = "https://example.org/projects"


def incoming(
    identifier: str = "EG-1",
    title: str = "Wells by telephone",
    *,
    system: str = "iati",
    parts: dict[str, Any] | None = None,
    **facts: Any,
) -> IncomingProject:
    """An Egyptian project as a system tells of it; `parts` are of its record."""
    usual: dict[str, Any] = {
        "record": ProjectRecord(title=LocalizedText.of("en", title), **(parts or {})),
        "organisation_name": "Ministry of Water",
        "country_id": "EGY",
        "source_url": URL,
    }
    return IncomingProject(system, identifier=identifier, **usual | facts)


def take(rows: Sequence[IncomingProject], now: datetime) -> list[Recorded]:
    return operations.take_in(
        incoming=rows, organisations=OrganisationsOfAList(now), at=now
    )


def outcomes(rows: Sequence[IncomingProject], now: datetime) -> list[str]:
    return [one.outcome for one in take(rows, now)]


def test_a_project_comes_with_its_record_its_source_and_an_address(
    now: datetime,
) -> None:
    (recorded,) = take([incoming(parts={"status": "ongoing"}, year=2026)], now)

    project = Project.objects.get()
    assert (recorded.project, recorded.outcome) == (project, "created")
    assert (project.slug, project.status) == ("wells-by-telephone-egy", "ongoing")
    assert (project.first_year, project.last_year) == (2026, 2026)
    assert project.organisation is not None
    assert str(project.organisation.name) == "Ministry of Water"
    (source,) = ProjectSource.objects.all()
    assert (source.system, source.identifier, source.url) == ("iati", "EG-1", URL)
    version = queries.published_version(project)
    assert version is not None
    assert (version.number, version.written_by, version.record.status) == (
        1,
        None,
        "ongoing",
    )


def test_the_same_word_again_changes_nothing(now: datetime) -> None:
    rows = [incoming(labels=(LabelOf("goal", "6"),), year=2026)]

    assert outcomes(rows, now) == ["created"]
    assert outcomes(rows, now) == ["unchanged"]
    assert [ProjectVersion.objects.count(), ProjectSource.objects.count()] == [1, 1]


def test_a_changed_word_of_its_source_is_a_new_version(now: datetime) -> None:
    take([incoming(parts={"status": "planned"})], now)
    (recorded,) = take([incoming(title="Wells", parts={"status": "ongoing"})], now)

    project = Project.objects.get()
    assert (recorded.outcome, recorded.project.pk) == ("changed", project.pk)
    assert (str(project.title), project.status) == ("Wells", "ongoing")
    # An address that readers know stays what it was.
    assert project.slug == "wells-by-telephone-egy"
    told = [(v.number, str(v.record.title)) for v in project.versions.all()]
    assert told == [(2, "Wells"), (1, "Wells by telephone")]
    assert outcomes([incoming(title="Wells", parts={"status": "ongoing"})], now) == [
        "unchanged"
    ]


def test_a_project_that_people_look_after_keeps_their_words(now: datetime) -> None:
    (recorded,) = take([incoming()], now)
    operations.add_editor(
        project=recorded.project,
        email=make_person("Omar").email,
        added_by=make_administrator(),
        at=now,
    )

    changed = incoming(
        title="Other words", stakeholder_group_id="civil", parts={"status": "ongoing"}
    )
    again = take([changed], now)
    once_more = take([changed], now)

    project = Project.objects.get()
    assert (str(project.title), project.status) == ("Wells by telephone", "")
    assert project.versions.count() == 1
    # It gains what it lacks of what is nobody's words.
    assert project.stakeholder_group_id == "civil"
    assert [again[0].outcome, once_more[0].outcome] == ["changed", "unchanged"]
    assert outcomes([incoming(title="Third words")], now) == ["kept"]


def test_what_differs_and_was_kept_is_named(now: datetime) -> None:
    take([incoming(stakeholder_group_id="government")], now)

    (recorded,) = take(
        [
            incoming(
                stakeholder_group_id="civil",
                organisation_name="Oasis Union",
            )
        ],
        now,
    )

    assert recorded.kept == ("organisation", "stakeholder_group")
    assert Project.objects.get().stakeholder_group_id == "government"


def test_two_numbers_of_one_system_are_two_projects(now: datetime) -> None:
    rows = [incoming("EG-1"), incoming("EG-2")]

    assert outcomes(rows, now) == ["created", "created"]
    assert outcomes(rows, now) == ["unchanged", "unchanged"]
    # A third comes later, when both are in the tables.
    assert outcomes([incoming("EG-3")], now) == ["created"]
    slugs = set(Project.objects.values_list("slug", flat=True))
    assert (len(slugs), "wells-by-telephone-egy" in slugs) == (3, True)


def test_another_systems_word_on_the_same_title_and_country_joins(
    now: datetime,
) -> None:
    take([incoming(parts={"status": "planned"})], now)
    told = incoming(
        "P7",
        "WELLS by Telephone",
        system="bank",
        parts={"status": "ongoing", "coverage": "national"},
    )

    assert outcomes([told], now) == ["changed"]
    project = Project.objects.get()
    # What is there stays, what is missing comes.
    assert (project.status, project.coverage) == ("planned", "national")
    assert str(project.title) == "Wells by telephone"
    assert sorted(project.sources.values_list("system", "identifier")) == [
        ("bank", "P7"),
        ("iati", "EG-1"),
    ]


def test_another_country_is_another_project(now: datetime) -> None:
    rows = [incoming(), incoming("TN-1", system="bank", country_id="TUN")]

    assert outcomes(rows, now) == ["created", "created"]


def test_a_row_without_a_number_is_known_by_title_and_country(now: datetime) -> None:
    rows = [incoming("", title="Nameless")]

    assert outcomes(rows, now) == ["created"]
    assert outcomes(rows, now) == ["unchanged"]
    assert ProjectSource.objects.count() == 0


def test_labels_keep_who_said_them_first(now: datetime) -> None:
    derived = LabelOf("action_line", "C3", "derived", words=("22040",))
    take([incoming(labels=(derived, LabelOf("goal", "6")))], now)
    stated = incoming(
        "P7",
        system="bank",
        labels=(LabelOf("action_line", "C3"), LabelOf("goal", "9", confidence=0.4)),
    )

    assert outcomes([stated], now) == ["changed"]
    project = Project.objects.get()
    lines = project.line_links.values_list("actionline", "source", "words")
    assert list(lines) == [("C3", "derived", ["22040"])]
    goals = project.goal_links.order_by("goal").values_list("goal", "confidence")
    assert list(goals) == [(6, None), (9, 0.4)]


def test_targets_and_objectives_are_filed_too(now: datetime) -> None:
    labels = (LabelOf("target", "9.c"), LabelOf("objective", "2"))
    take([incoming(labels=labels)], now)

    chosen = queries.chosen_labels(ProjectVersion.objects.get())
    assert chosen == {
        "action_lines": [],
        "goals": [],
        "targets": ["9.c"],
        "objectives": ["2"],
    }


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"year": 1815}, None),
        ({"year": 2003}, 2003),
        ({"year": 2101}, None),
        ({"parts": {"starts_on": date(2010, 5, 1)}}, 2010),
        ({"year": 2012, "parts": {"starts_on": date(2010, 5, 1)}}, 2012),
        ({"parts": {"starts_on": date(1999, 5, 1)}}, None),
    ],
)
def test_years_that_a_register_cannot_hold_are_not_kept(
    now: datetime, told: dict[str, Any], kept: int | None
) -> None:
    (recorded,) = take([incoming(**told)], now)

    project = recorded.project
    assert (project.first_year, project.last_year) == (kept, kept)
    record = queries.published_record(project)
    assert record.starts_on == told.get("parts", {}).get("starts_on")


def test_one_number_twice_in_a_batch_is_one_project(now: datetime) -> None:
    rows = [
        incoming(labels=(LabelOf("goal", "6"),)),
        incoming(),
        incoming(title="Wells", labels=(LabelOf("goal", "9"),)),
        incoming(title="Wells", labels=(LabelOf("goal", "9"),)),
    ]

    assert outcomes(rows, now) == ["created", "unchanged", "changed", "unchanged"]
    project = Project.objects.get()
    assert (str(project.title), project.versions.count()) == ("Wells", 1)
    assert queries.chosen_labels(project.versions.get())["goals"] == ["6", "9"]
    assert outcomes([rows[-1]], now) == ["unchanged"]


def test_two_batches_know_of_each_other(now: datetime) -> None:
    rows = [incoming(f"EG-{n}", f"Wells {n}") for n in range(BATCH)]
    rows.append(incoming("EG-0", "Wells 0, renamed"))

    told = outcomes(rows, now)

    assert (told.count("created"), told[-1]) == (BATCH, "changed")
    assert Project.objects.count() == BATCH


def test_countries_of_work_follow_the_record(now: datetime) -> None:
    def countries() -> list[str]:
        found = Project.objects.get().countries_of_work.order_by("pk")
        return list(found.values_list("pk", flat=True))

    places = (Place("Siwa", "EGY"), Place("Gafsa", "TUN"), Place("Tozeur", "TUN"))
    take([incoming(parts={"places": (*places, Place("Somewhere"))})], now)
    assert countries() == ["EGY", "TUN"]

    take([incoming(parts={"places": (Place("", "SDN"),)})], now)
    assert countries() == ["SDN"]


def test_freshness_is_what_the_source_last_said(now: datetime) -> None:
    old, new = date(2025, 1, 1), date(2026, 1, 1)
    take([incoming(current_on=new)], now)
    take([incoming("P7", system="bank", current_on=old)], now)

    assert Project.objects.get().current_on == new


def test_a_project_taken_from_the_register_is_not_found_again(now: datetime) -> None:
    (recorded,) = take([incoming()], now)
    operations.unpublish(
        project=recorded.project,
        reason="Not true",
        unpublished_by=make_administrator(),
        at=now,
    )

    take([incoming(title="Wells, said anew")], now)

    assert Project.objects.get().visibility == "unpublished"
    found = IndexedText.objects.filter(key=recorded.project.slug)
    assert found.count() == 0


@pytest.mark.parametrize("address", ["javascript:alert(1)", "example.org"])
def test_an_address_that_is_none_is_refused_and_nothing_is_half_done(
    now: datetime, address: str
) -> None:
    with pytest.raises(operations.SourceNotNamed):
        take([incoming("1", "One"), incoming("2", "Two", source_url=address)], now)

    assert Project.objects.count() == 0


def test_a_number_names_its_source_without_an_address(now: datetime) -> None:
    assert outcomes([incoming(source_url="")], now) == ["created"]
    with pytest.raises(operations.SourceNotNamed):
        take([incoming("", source_url="")], now)


def test_statements_grow_with_batches_not_with_rows(now: datetime) -> None:
    def n_statements(n_rows: int, first: int) -> int:
        rows = [
            incoming(
                f"EG-{n}",
                f"Wells {n}",
                labels=(LabelOf("action_line", "C2"), LabelOf("goal", "6")),
                parts={"places": (Place("Siwa", "EGY"),)},
            )
            for n in range(first, first + n_rows)
        ]
        with CaptureQueriesContext(connection) as captured:
            take(rows, now)
        return len(captured)

    take([incoming("EG-0")], now)
    one, many = n_statements(1, 1), n_statements(400, 1000)
    again = n_statements(400, 1000)

    # A statement holds 999 values: 400 rows of some twenty columns need nine.
    assert many < one + 400 / 10
    assert again <= one


def test_what_a_refused_batch_named_is_not_taken_for_known(now: datetime) -> None:
    organisations = OrganisationsOfAList(now)
    nobodys: Any = {"source_url": "", "organisation_name": "Ministry of Nothing"}
    rows = [
        ReadRow(2, "", incoming("", "No source", **nobodys)),
        ReadRow(3, "1", incoming("1", "Wells")),
    ]
    assert take_rows(rows, organisations, now).counts == {"accepted": 1, "refused": 1}

    again = [ReadRow(4, "4", incoming("4", "Ferries"))]
    assert take_rows(again, organisations, now).counts == {"accepted": 1}
    connection.check_constraints()
    assert {p.organisation_id for p in Project.objects.all()} == {
        Organisation.objects.get().pk
    }
