"""The page of an organisation, in Arabic and in English."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.participation import operations
from montada.participation.models import Organisation, Person, Role
from montada.stocktaking.models import Project
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_session

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def make_project(organisation: Organisation) -> Project:
    slug = f"project-{Project.objects.count()}"
    return Project.objects.create(
        slug=slug,
        key=slug,
        organisation=organisation,
        source_url="https://example.org",
    )


def test_an_organisation_shows_names_projects_and_sessions(
    client: Client, now: datetime
) -> None:
    operations.load_known_organisations(at=now)
    itu = Organisation.objects.get(acronym="ITU")
    other = make_session("Not of ITU")
    session = make_session("Facilitation meeting")
    session.organisers.set([itu])
    project = make_project(itu)
    part = make_organisation("ITU Academy")
    operations.set_parent(
        organisation_id=part.pk, parent_id=itu.pk, set_by=None, at=now
    )

    arabic = page(client, f"/ar/organisations/{itu.slug}/")
    english = page(client, f"/en/organisations/{itu.slug}/")

    assert "الاتحاد الدولي للاتصالات" in arabic
    assert "Union internationale des télécommunications" in arabic
    assert "UIT" in arabic
    assert f'href="/en/sessions/{session.slug}/"' in english
    assert f'href="/en/sessions/{other.slug}/"' not in english
    assert f'href="/en/projects/{project.slug}/"' in english
    assert f'href="/en/organisations/{part.slug}/"' in english
    assert "Part of:" in page(client, f"/en/organisations/{part.slug}/")


def test_an_organisation_of_which_nothing_is_known_says_so(client: Client) -> None:
    made = make_organisation("Somebody")

    english = page(client, f"/en/organisations/{made.slug}/")

    assert english.count('<span class="unknown">unknown</span>') == 4
    assert "No project of this organisation is in the register." in english
    assert "No session in the programme names it as an organiser." in english


def test_the_old_address_leads_to_the_record_that_stayed(
    client: Client, now: datetime
) -> None:
    kept, merged = make_organisation("Kept"), make_organisation("Merged")
    operations.merge_organisations(
        kept_id=kept.pk, merged_id=merged.pk, merged_by=None, at=now
    )

    response = client.get(f"/ar/organisations/{merged.slug}/")

    assert response.status_code == 301
    assert response["Location"] == f"/ar/organisations/{kept.slug}/"


def test_only_the_secretariat_is_offered_changes(client: Client, now: datetime) -> None:
    made = make_organisation("Kept")
    address = f"/en/organisations/{made.slug}/"
    assert "/merge/" not in page(client, address)

    amina = Person.objects.create_user("amina@example.org")
    Role.objects.create(person=amina, kind="secretariat", granted_at=now)
    client.force_login(amina, "allauth.account.auth_backends.AuthenticationBackend")

    assert "/merge/" in page(client, address)


def test_the_page_needs_no_more_queries_for_more_rows(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    made = make_organisation("Kept")
    for _ in range(3):
        make_project(made)
        make_session().organisers.set([made])

    with django_assert_max_num_queries(14):
        page(client, f"/en/organisations/{made.slug}/")


def test_an_organisation_that_does_not_exist_is_a_404(client: Client) -> None:
    assert client.get("/ar/organisations/nowhere/").status_code == 404
