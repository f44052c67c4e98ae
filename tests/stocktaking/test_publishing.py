"""Versions in the register: the first, the next, and what stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from montada.audit.queries import entries_about
from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import (
    Place,
)
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.operations.showing import publish_version
from tests.factories.entries import a_record, an_entry
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db


def save(
    version: ProjectVersion, by: Person, now: datetime, revision: int = 0, **more: Any
) -> ProjectVersion:
    usual: dict[str, Any] = {
        "record": a_record("Wells by radio"),
        "organisation_name": "Ministry of Water",
        "country_id": "EGY",
        "stakeholder_group_id": "government",
    }
    return operations.save_draft(
        version=version, revision=revision, saved_by=by, at=now, **usual | more
    )


def actions(project: Project) -> list[str]:
    found = [one.action for one in entries_about(project)]
    return [action.removeprefix("stocktaking.") for action in found[::-1]]


class TestPublishing:
    @pytest.fixture
    def published(self, owner: Person, now: datetime) -> Project:
        entry = an_entry(
            owner, at=now, group="civil", status="ongoing", places=(Place("", "TUN"),)
        )
        publish_version(version=entry, published_by=None, at=now)
        return Project.objects.get()

    def test_readers_find_it_at_an_address_that_says_what_it_is(
        self, published: Project, client: Client
    ) -> None:
        assert (published.slug, published.visibility) == (
            "wells-by-telephone-egy",
            "published",
        )
        html = client.get("/en/projects/wells-by-telephone-egy/").content.decode()
        assert "Wells by telephone" in html

    def test_its_address_stays_whatever_its_first_title_began_with(
        self, owner: Person, now: datetime
    ) -> None:
        entry = an_entry(owner, at=now, group="civil", title="Draft law on data")
        project = publish_version(version=entry, published_by=None, at=now).project
        assert project.slug == "draft-law-on-data-egy"

        new = operations.begin_version(project=project, begun_by=owner, at=now)
        save(new, owner, now, record=a_record("Law on data"))
        sent = operations.submit_version(version=new, submitted_by=owner, at=now)
        shown = publish_version(version=sent, published_by=None, at=now).project

        assert (str(shown.title), shown.slug) == (
            "Law on data",
            "draft-law-on-data-egy",
        )

    def test_its_row_says_what_the_version_says(self, published: Project) -> None:
        assert str(published.title) == "Wells by telephone"
        assert (published.status, published.entry_type) == ("ongoing", "project")
        assert (published.first_year, published.last_year) == (2027, 2027)
        assert published.current_on == date(2027, 3, 1)
        assert [c.pk for c in published.countries_of_work.all()] == ["TUN"]
        assert published.organisation is not None
        assert str(published.organisation.name) == "Ministry of Water"
        assert actions(published)[-1] == "version_published"

    def test_a_draft_is_not_published(
        self, draft: ProjectVersion, now: datetime
    ) -> None:
        with pytest.raises(operations.NotInCheck):
            publish_version(version=draft, published_by=None, at=now)

    def test_nothing_is_published_twice(
        self, published: Project, now: datetime
    ) -> None:
        with pytest.raises(operations.NotInCheck):
            publish_version(version=published.versions.get(), published_by=None, at=now)

    def test_a_second_version_begins_with_what_readers_see(
        self, published: Project, owner: Person, now: datetime
    ) -> None:
        second = operations.begin_version(project=published, begun_by=owner, at=now)

        assert (second.number, second.state) == (2, "draft")
        assert second.record == queries.published_record(published)
        assert second.organisation_name == "Ministry of Water"
        with pytest.raises(operations.VersionOpenAlready):
            operations.begin_version(project=published, begun_by=owner, at=now)

    def test_readers_see_the_first_until_the_second_is_published(
        self, published: Project, owner: Person, now: datetime
    ) -> None:
        later = now + timedelta(days=400)
        second = operations.begin_version(project=published, begun_by=owner, at=later)
        save(
            second,
            owner,
            later,
            record=a_record("Wells by radio", status="completed"),
            country_id="TUN",
            stakeholder_group_id="private",
        )
        published.refresh_from_db()
        assert (str(published.title), published.status) == (
            "Wells by telephone",
            "ongoing",
        )

        operations.submit_version(version=second, submitted_by=owner, at=later)
        publish_version(version=second, published_by=None, at=later)

        published.refresh_from_db()
        assert (str(published.title), published.status) == (
            "Wells by radio",
            "completed",
        )
        # What readers know it by stays: the address, the country, the group.
        assert published.slug == "wells-by-telephone-egy"
        assert published.country_id == "EGY"
        assert published.stakeholder_group_id == "civil"
        assert (published.first_year, published.last_year) == (2027, 2028)
        assert published.countries_of_work.count() == 0
        told = [(one.number, one.state) for one in published.versions.all()]
        assert told == [(2, "published"), (1, "published")]

    def test_two_of_one_title_have_two_addresses(
        self, published: Project, now: datetime
    ) -> None:
        other = an_entry(make_person("Zoe"), at=now, group="civil")
        publish_version(version=other, published_by=None, at=now)

        other.project.refresh_from_db()
        assert other.project.slug == (
            f"wells-by-telephone-egy-{other.project.key[:10]}"
        )
