"""Pages of what follows: history, who looks after it, what the secretariat decides."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.models import Project, ProjectVersion
from tests.factories.entries import (
    a_published,
    a_record,
)
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


def sign_in(client: Client, person: Person) -> Client:
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return words(answer.content.decode())


def a_second_version(project: Project, owner: Person, at: datetime) -> ProjectVersion:
    version = operations.begin_version(project=project, begun_by=owner, at=at)
    version = operations.save_draft(
        version=version,
        record=a_record(
            "Wells by radio",
            aims=LocalizedText.of("en", "Water for all"),
            status="ongoing",
        ),
        revision=version.revision,
        organisation_name="Ministry of Water",
        saved_by=owner,
        at=at,
    )
    return operations.submit_version(version=version, submitted_by=owner, at=at)


def test_history_shows_versions_with_their_differences(
    client: Client,
    owner: Person,
    focal_point: Person,
    secretary: Person,
    now: datetime,
) -> None:
    project = a_published(owner, secretary, at=now)
    second = a_second_version(project, owner, now + timedelta(days=1))
    operations.comment(version=second, text="Which radio?", made_by=focal_point, at=now)
    operations.endorse(version=second, endorsed_by=focal_point, at=now)
    operations.publish_entry(version=second, published_by=secretary, at=now)
    address = f"/en/projects/{project.slug}/history/"

    html = client.get(address).content.decode()
    shown = words(html)

    assert "<del>telephone</del><ins>radio</ins>" in html
    assert "3 parts changed" in shown
    assert "<ins>Ongoing</ins>" in html
    assert "Endorsed by Egypt on 1 March 2027" in shown
    # Comments and names are for those inside.
    assert ["Which radio?" in shown, "Salma" in shown] == [False, False]
    inside = page(sign_in(client, owner), address)
    assert ["Which radio?" in inside, "Salma" in inside] == [True, True]


def test_an_owner_confirms_on_the_history_page(
    client: Client, owner: Person, secretary: Person, now: datetime
) -> None:
    project = a_published(owner, secretary, at=now)
    sign_in(client, owner)

    answer = client.post(f"/en/projects/{project.slug}/confirm/", follow=True)

    assert "all is still true" in words(answer.content.decode())


def test_history_of_what_is_not_public_is_for_those_inside(
    client: Client, owner: Person, secretary: Person, now: datetime
) -> None:
    project = a_published(owner, secretary, at=now)
    operations.unpublish(
        project=project, reason="Withdrawn.", unpublished_by=secretary, at=now
    )
    address = f"/en/projects/{project.slug}/history/"

    assert client.get(address).status_code == 404
    assert "Withdrawn." in page(sign_in(client, owner), address)


def test_people_are_added_handed_over_and_removed_on_one_page(
    client: Client, owner: Person, secretary: Person, now: datetime
) -> None:
    project = a_published(owner, secretary, at=now)
    address = f"/en/projects/{project.slug}/people/"
    sign_in(client, owner)

    def send(**values: Any) -> int:
        return client.post(address, values).status_code

    assert send(decision="add", email="zeinab@example.org") == 302
    assert send(decision="add", email="zeinab@example.org") == 409
    assert send(decision="add", email="not an address") == 200
    assert send(decision="add") == 200
    assert send(decision="remove", person=str(owner.pk)) == 409
    assert send(decision="remove", person="9" * 30) == 200
    assert (
        send(decision="hand_over", email="zeinab@example.org", keeps_editing="on")
        == 302
    )
    # A co-editor by now: leaves, and sees the page no longer.
    assert send(decision="remove", person=str(owner.pk)) == 302
    assert client.get(address).status_code == 403


def test_the_secretariat_takes_out_and_joins_on_one_page(
    client: Client, owner: Person, secretary: Person, now: datetime
) -> None:
    project = a_published(owner, secretary, at=now)
    twin = a_project("The same from a source", at=now)
    address = f"/en/projects/{project.slug}/keeping/"
    sign_in(client, secretary)

    def send(**values: str) -> int:
        return client.post(address, values).status_code

    assert send(decision="link", twin="no-such-project") == 200
    assert send(decision="link", twin="://") == 200
    assert (
        send(decision="link", twin=f"https://x.example/ar/projects/{twin.slug}/") == 302
    )
    assert send(decision="link", twin=twin.slug) == 409
    assert "The same from a source" in page(client, address)
    assert send(decision="unlink") == 302
    assert send(decision="unpublish") == 409
    assert send(decision="unpublish", reason="Withdrawn.") == 302
    assert send(decision="republish") == 302
    assert send(decision="republish") == 409
    assert sign_in(client, owner).get(address).status_code == 403


def test_somebody_erased_stands_nowhere_with_an_address(
    client: Client, owner: Person, secretary: Person, now: datetime
) -> None:
    project = a_published(owner, secretary, at=now)
    participation.erase_person(person=owner, erased_by=owner, at=now)
    client.force_login(secretary)

    for page in ("history", "people"):
        html = client.get(f"/en/projects/{project.slug}/{page}/").content.decode()
        assert "<bdi>somebody who was erased</bdi>" in html
        assert "erased.invalid" not in html
