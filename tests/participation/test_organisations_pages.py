"""The register of organisations and its forms, in Arabic and in English."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.participation import operations, queries
from montada.participation.models import Organisation, Person, Role
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(now: datetime) -> Person:
    person = Person.objects.create_user("amina@example.org", name="Amina")
    Role.objects.create(person=person, kind="secretariat", granted_at=now)
    return person


@pytest.fixture
def office(client: Client, amina: Person) -> Client:
    client.force_login(amina, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["country=EGY", "group=government", "text=شئون", "text=NTRA", "text=الشؤون"],
)
def test_each_filter_keeps_what_has_it_alone(
    client: Client, now: datetime, query: str
) -> None:
    made = make_organisation(
        "هيئة شؤون الاتصالات",
        language="ar",
        country_id="EGY",
        stakeholder_group_id="government",
    )
    operations.add_alias(
        organisation_id=made.pk,
        alias="NTRA",
        added_by=None,
        at=datetime.now().astimezone(),
    )
    make_organisation("مكتبة", language="ar", country_id="SAU")

    arabic = page(client, f"/ar/participation/organisations/?{query}")

    assert "هيئة شؤون الاتصالات" in arabic
    assert "مكتبة" not in arabic


@pytest.mark.parametrize("query", ["country=XXX", "group=wizards", "country=%00"])
def test_a_value_that_does_not_exist_gives_words(client: Client, query: str) -> None:
    make_organisation("Bibliotheca")

    english = page(client, f"/en/participation/organisations/?{query}")

    assert "There is no country and no group" in english
    assert "Bibliotheca" not in english


@pytest.mark.parametrize("number", ["2", "x", "1" + "0" * 30])
def test_a_page_that_is_not_there_is_a_clear_404(client: Client, number: str) -> None:
    address = f"/ar/participation/organisations/?page={number}"

    assert client.get(address).status_code == 404


def test_the_list_needs_no_more_queries_for_more_rows(
    client: Client, django_assert_num_queries: Any
) -> None:
    make_organisation("One", country_id="EGY")
    address = "/en/participation/organisations/"
    with django_assert_num_queries(8):
        page(client, address)

    make_organisation("Two", country_id="SAU", stakeholder_group_id="civil")
    make_organisation("Three", country_id="OMN")
    with django_assert_num_queries(8):
        page(client, address)


def test_merged_records_are_left_out(client: Client, now: datetime) -> None:
    kept, merged = make_organisation("Kept one"), make_organisation("Merged one")
    operations.merge_organisations(
        kept_id=kept.pk, merged_id=merged.pk, merged_by=None, at=now
    )

    english = page(client, "/en/participation/organisations/")

    assert "Kept one" in english
    assert "Merged one" not in english


def test_the_secretariat_describes_an_organisation(office: Client) -> None:
    made = make_organisation("NTRA Egypt", language="und")
    address = f"/en/participation/organisations/{made.slug}/describe/"

    assert "nobody has said in which language" in page(office, address)
    response = office.post(
        address,
        {
            "name_ar": "الجهاز القومي لتنظيم الاتصالات",
            "name_en": "National Telecom Regulatory Authority",
            "acronym": "NTRA",
            "stakeholder_group_id": "government",
            "country_id": "EGY",
            "regions": ["las"],
        },
    )

    made.refresh_from_db()
    assert response.status_code == 302
    assert made.name.by_language == {
        "ar": "الجهاز القومي لتنظيم الاتصالات",
        "en": "National Telecom Regulatory Authority",
    }
    assert (made.country_id, made.stakeholder_group_id) == ("EGY", "government")
    assert [group.pk for group in made.regions.all()] == ["las"]
    assert queries.organisation_by_name(name="NTRA Egypt", country_id="EGY") == made


def test_an_old_page_does_not_undo_what_a_colleague_said(office: Client) -> None:
    made = make_organisation("NTRA")
    address = f"/en/participation/organisations/{made.slug}/describe/"
    (old,) = re.findall(r'name="seen" value="(\d+)"', page(office, address))
    facts = {"country_id": "EGY", "seen": old}
    assert office.post(address, facts | {"name_en": "New"}).status_code == 302

    response = office.post(address, facts | {"name_en": "NTRA", "acronym": "N"})

    made.refresh_from_db()
    assert (response.status_code, str(made.name)) == (409, "New")


def test_the_secretariat_merges_by_name(office: Client) -> None:
    kept, merged = make_organisation("Kept"), make_organisation("Merged")

    response = office.post(
        f"/en/participation/organisations/{merged.slug}/merge/",
        {"kept": " KEPT ", "is_sure": "on"},
    )

    merged.refresh_from_db()
    assert response.status_code == 302
    assert merged.merged_into == kept


def test_a_refusal_comes_back_on_the_form(office: Client) -> None:
    only = make_organisation("Only")

    response = office.post(
        f"/en/participation/organisations/{only.slug}/merge/",
        {"kept": "only", "is_sure": "on"},
    )

    assert response.status_code == 409
    assert "These are not two records but one." in response.content.decode()


def test_a_name_of_several_asks_for_an_address(office: Client) -> None:
    merged = make_organisation("Merged")
    for country_id in ("SAU", "OMN"):
        make_organisation("Ministry of Education", country_id=country_id)

    response = office.post(
        f"/en/participation/organisations/{merged.slug}/merge/",
        {"kept": "ministry of education", "is_sure": "on"},
    )

    assert "ministry-of-education, ministry-of-education-2" in response.content.decode()


def test_a_name_of_nobody_is_said_to_be_so(office: Client) -> None:
    merged = make_organisation("Merged")

    response = office.post(
        f"/en/participation/organisations/{merged.slug}/parent/", {"parent": "Nobody"}
    )

    assert "The register knows nobody under “Nobody”." in response.content.decode()


def test_the_secretariat_sets_a_parent_and_an_alias(office: Client) -> None:
    whole, part = make_organisation("Whole"), make_organisation("Part")
    start = f"/en/participation/organisations/{part.slug}"

    office.post(f"{start}/parent/", {"parent": "whole"})
    office.post(f"{start}/aliases/", {"alias": "Teil"})

    part.refresh_from_db()
    assert part.parent == whole
    assert queries.organisations_called("Teil") == [part]
    office.post(f"{start}/parent/", {"parent": ""})
    assert Organisation.objects.get(pk=part.pk).parent is None


@pytest.mark.parametrize("what", ["describe", "parent", "aliases", "merge"])
def test_others_decide_nothing(client: Client, what: str) -> None:
    made = make_organisation("Kept")
    address = f"/en/participation/organisations/{made.slug}/{what}/"
    eve = Person.objects.create_user("eve@example.org")

    assert client.get(address).status_code == 302
    client.force_login(eve, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address).status_code == 403
    assert client.post(address, {"alias": "Mine"}).status_code == 403


def test_what_does_not_exist_is_a_404(office: Client) -> None:
    address = "/en/participation/organisations/nowhere/merge/"

    assert office.get(address).status_code == 404
