"""A project's page shows all of its record, and every version stays to be cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.engine.record import (
    Evidence,
    Money,
    Partner,
    Place,
    Replication,
)
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.models import Project
from tests.factories.entries import a_published, a_record
from tests.factories.participation import make_administrator, make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

PARTS: dict[str, Any] = {
    "results": LocalizedText.of("en", "Wells are read daily.", ar="تُقرأ الآبار يوميا."),
    "evidence": (
        Evidence(
            "Wells read",
            Decimal(5),
            Decimal("1234.5"),
            "wells",
            date(2026, 5, 1),
            "https://example.org/wells",
        ),
        Evidence("Huge", value=Decimal("1E+40"), source="<i>said</i>"),
    ),
    "money": Money(Decimal(900_000), "USD", Decimal(400_000), donors=("World Bank",)),
    "replication": Replication(connectivity="2G is enough"),
    "partners": (Partner("UNICEF", "trains", "FRA"),),
    "places": (Place("Siwa", "EGY", 29.2, 25.5), Place(country_id="TUN")),
    "status": "ongoing",
    "beneficiaries": ("rural", "women"),
    "website": "javascript:alert(1)",
}


@pytest.fixture
def owner() -> Person:
    return make_person("Omar")


@pytest.fixture
def project(owner: Person, now: datetime) -> Project:
    # What a form would refuse (the address of the website) an import may bring.
    project = a_published(owner, make_administrator(), at=now)
    version = project.versions.get()
    version.record = replace(version.record, **PARTS)
    version.save()
    return project


def page_of(client: Client, project: Project, end: str = "", tag: str = "en") -> str:
    response = client.get(f"/{tag}/projects/{project.slug}/{end}")
    assert response.status_code == 200
    return response.content.decode()


def test_everything_that_the_record_says_is_there(
    client: Client, project: Project
) -> None:
    page = page_of(client, project)

    for said in (
        "Wells are read daily.",
        "1,234.5",
        "1 May 2026",
        'href="https://example.org/wells"',
        "&lt;i&gt;said&lt;/i&gt;",
        "1E+40",
        # 900,000 of budget less 400,000 of funds.
        "500,000\N{NO-BREAK SPACE}USD",
        "World Bank",
        "2G is enough",
        "UNICEF",
        "Siwa",
        "Rural and remote communities",
        "Ongoing",
        "stated by the source",
        f"/en/projects/{project.slug}/versions/1/",
        f"/en/projects/{project.slug}/history/",
    ):
        assert said in page
    assert "javascript:" not in page
    assert "<i>said" not in page


def test_what_is_in_another_language_is_marked(
    client: Client, project: Project
) -> None:
    page = page_of(client, project, tag="ar")

    assert '<bdi lang="ar" dir="rtl">تُقرأ الآبار يوميا.</bdi>' in page
    assert '<bdi lang="en" dir="ltr">Fifty villages of the oases' in page
    assert "الإنكليزية</small>" in page


def test_who_says_a_line_is_said_with_the_words_that_led_to_it(
    client: Client, owner: Person, now: datetime
) -> None:
    version = operations.begin_project(
        record=a_record(),
        organisation_name="Ministry",
        country_id="EGY",
        stakeholder_group_id="civil",
        begun_by=owner,
        at=now,
    )
    labels = [LabelOf("action_line", "C2", "engine", 0.8, ("wells", "telephones"))]
    operations.set_labels(version=version, labels=labels, set_by=owner)
    sent = operations.submit_version(version=version, submitted_by=owner, at=now)
    published = operations.publish_entry(
        version=sent, published_by=make_administrator(), at=now
    )

    page = page_of(client, published.project)

    assert "suggested by the engine, accepted by the author, 80% likely" in page
    assert "“<bdi>telephones</bdi>”" in page


def test_an_older_version_stays_and_says_that_there_is_a_newer_one(
    client: Client, project: Project, owner: Person, now: datetime
) -> None:
    later = now + timedelta(days=30)
    draft = operations.begin_version(project=project, begun_by=owner, at=later)
    draft = operations.save_draft(
        version=draft,
        record=a_record("Wells by radio"),
        organisation_name="Ministry of Water",
        country_id="EGY",
        stakeholder_group_id="civil",
        revision=draft.revision,
        saved_by=owner,
        at=later,
    )
    assert "Wells by radio" not in page_of(client, project)
    assert client.get(f"/en/projects/{project.slug}/versions/2/").status_code == 404
    sent = operations.submit_version(version=draft, submitted_by=owner, at=later)
    secretary = Person.objects.get(name="Salma")
    operations.publish_entry(version=sent, published_by=secretary, at=later)
    project.refresh_from_db()

    old, new = (page_of(client, project, f"versions/{n}/") for n in (1, 2))

    assert "which is kept to be cited. The newest is version 2." in old
    assert "Wells by telephone" in old
    assert "You are reading version 2, the newest." in new
    assert "Wells by radio" in page_of(client, project)


def test_twins_lead_to_each_other(
    client: Client, project: Project, now: datetime
) -> None:
    other = a_project("The same wells", at=now)
    Project.objects.filter(pk=other.pk).update(same_as=project)

    assert f'href="/en/projects/{other.slug}/"' in page_of(client, project)
    assert f'href="/en/projects/{project.slug}/"' in page_of(client, other)


def test_only_those_who_may_are_led_to_the_form(
    client: Client, project: Project, owner: Person
) -> None:
    address = f"/en/projects/{project.slug}/edit/"
    assert address not in page_of(client, project)

    client.force_login(owner)
    assert address in page_of(client, project)


@pytest.mark.parametrize("end", ["versions/0/", "versions/99/", f"versions/{10**30}/"])
def test_a_version_that_is_not_there_says_so(
    client: Client, project: Project, end: str
) -> None:
    response = client.get(f"/en/projects/{project.slug}/{end}")

    assert response.status_code == 404
