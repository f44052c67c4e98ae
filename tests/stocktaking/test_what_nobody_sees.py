"""A draft, and a project taken from the register, are nowhere for who only reads."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from montada.discovery import operations as discovery
from montada.site.figures import figures
from montada.stocktaking import operations, queries
from montada.stocktaking.models import Project
from tests.factories.entries import a_draft, a_published
from tests.factories.labels import suggest
from tests.factories.participation import make_administrator, make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

TITLE = "Zirconium wells"
ADDRESSES = (
    "/en/",
    "/en/projects/",
    "/en/projects/?q=zirconium",
    "/en/projects/?view=map",
    "/en/projects/gaps/",
    "/en/projects/statistics/",
    "/en/projects/statistics/?format=csv",
    "/en/projects/statistics/?format=json",
    "/en/countries/EGY/",
    "/en/action-lines/C2/",
    "/en/goals/4/",
    "/en/matrix/C2/4/",
    "/en/search/?q=zirconium",
    "/api/v1/search?q=zirconium",
)


@pytest.fixture
def draft(now: datetime) -> Project:
    project = a_draft(make_person("Omar"), at=now, title=TITLE).project
    suggest(project, "4", at=now)
    return project


@pytest.fixture
def taken_out(now: datetime) -> Project:
    secretary = make_administrator()
    project = a_published(make_person("Omar"), secretary, at=now, title=TITLE)
    suggest(project, "4", at=now)
    operations.unpublish(
        project=project, reason="Asked by its owner.", unpublished_by=secretary, at=now
    )
    project.refresh_from_db()
    return project


@pytest.mark.parametrize("hidden", ["draft", "taken_out"])
def test_it_is_on_no_page_and_in_no_count(
    client: Client, now: datetime, hidden: str, request: pytest.FixtureRequest
) -> None:
    project = request.getfixturevalue(hidden)
    discovery.publish_everything()
    shown = {
        address: client.get(address).content.decode().lower().count("zirconium wells")
        for address in ADDRESSES
    }

    assert shown == dict.fromkeys(ADDRESSES, 0)
    assert queries.counts() == (0, 0)
    assert figures().n_projects == 0
    counted = queries.tallies()
    assert (counted.of_line("C2").n_all, counted.of_cell("C2", 4).n_all) == (0, 0)
    assert queries.similar_to(TITLE, "en") == ()
    assert list(queries.projects_of(country="EGY")) == []
    for address in (
        f"/en/projects/{project.slug}/",
        f"/en/projects/{project.slug}/versions/1/",
    ):
        assert client.get(address).status_code == 404
    compared = client.get(f"/en/projects/compare/?p={project.slug}").content.decode()
    assert TITLE not in compared
    assert f"The register holds no project “{project.slug}”." in compared


def test_it_is_neither_beside_others_nor_its_twins_page(
    client: Client, now: datetime, draft: Project
) -> None:
    other = a_project("A neighbour", at=now)
    Project.objects.filter(pk=other.pk).update(same_as=draft)

    assert TITLE not in client.get(f"/en/projects/{other.slug}/").content.decode()
