"""Views of the register: kept under a name, opened by anybody, one person's own."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from montada.audit import queries as trail
from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.models import SavedView
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db

MINE = "/en/projects/views/"
FILTERS = "line=C2&country=EGY&q=wells&view=map"


@pytest.fixture
def view(owner: Person, now: datetime) -> SavedView:
    return operations.save_view(name="Wells", query=FILTERS, saved_by=owner, at=now)


def test_a_view_keeps_filters_and_nothing_else(owner: Person, now: datetime) -> None:
    view = operations.save_view(
        name="  My \x00 view ",
        query=f"{FILTERS}&page=3&next=//evil.example&country=%00",
        saved_by=owner,
        at=now,
    )

    assert view.query == FILTERS
    assert view.name == "My view"
    assert trail.entries_about(view).get().action == "stocktaking.view_saved"


def test_anybody_may_open_it(client: Client, view: SavedView) -> None:
    response = client.get(f"{MINE}{view.key}/")

    assert response.status_code == 302
    assert response.headers["Location"] == f"/en/projects/?{FILTERS}"


def test_it_is_saved_from_the_list(client: Client, owner: Person) -> None:
    client.force_login(owner)
    listed = client.get("/en/projects/?line=C2").content.decode()
    assert f'href="{MINE}?line=C2"' in listed

    form = client.get(f"{MINE}?line=C2").content.decode()
    assert 'name="query" value="line=C2"' in form

    page = client.post(
        MINE, {"name": "الخط الثاني", "query": "line=C2"}, follow=True
    ).content.decode()
    (view,) = queries.saved_views_of(owner)
    assert "الخط الثاني" in page
    assert f"http://testserver{MINE}{view.key}/" in page


def test_its_owner_renames_and_deletes_it(
    client: Client, owner: Person, view: SavedView
) -> None:
    client.force_login(owner)

    client.post(f"{MINE}{view.key}/name/", {"name": "Better"})
    assert [one.name for one in queries.saved_views_of(owner)] == ["Better"]

    client.post(f"{MINE}{view.key}/delete/")
    assert queries.saved_views_of(owner) == []
    response = client.get(f"{MINE}{view.key}/")
    assert response.status_code == 404
    assert "There is no such view" in response.content.decode()


def test_nobody_else_changes_it(client: Client, view: SavedView, now: datetime) -> None:
    other = make_person("Olga")
    with pytest.raises(operations.NotYourView):
        operations.delete_view(view=view, deleted_by=other, at=now)
    with pytest.raises(operations.NotYourView):
        operations.rename_view(view=view, name="Mine", renamed_by=other, at=now)

    client.force_login(other)
    page = client.post(f"{MINE}{view.key}/delete/", follow=True).content.decode()
    assert "Only who saved a view may change it." in page
    assert queries.saved_view(view.key) == view


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    response = client.get(f"{MINE}?line=C2")

    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]
    assert "line%3DC2" in response.headers["Location"]


@pytest.mark.parametrize("name", ["", "   ", "\x00", "x" * 121])
def test_a_view_needs_a_name(owner: Person, now: datetime, name: str) -> None:
    with pytest.raises(operations.ViewNameMissing):
        operations.save_view(name=name, query="", saved_by=owner, at=now)

    assert queries.saved_views_of(owner) == []


def test_too_many_filters_and_too_many_views_are_refused(
    owner: Person, now: datetime
) -> None:
    many = "&".join(f"country=C{n}" for n in range(400))
    with pytest.raises(operations.ViewTooLong):
        operations.save_view(name="All", query=many, saved_by=owner, at=now)
    for n in range(100):
        operations.save_view(name=f"{n}", query="", saved_by=owner, at=now)
    with pytest.raises(operations.TooManyViews):
        operations.save_view(name="One more", query="", saved_by=owner, at=now)


@pytest.mark.parametrize("name", ["🙂", "\u202eevil", "<script>alert(1)</script>"])
def test_any_name_is_shown_harmless(client: Client, owner: Person, name: str) -> None:
    client.force_login(owner)

    page = client.post(MINE, {"name": name, "query": ""}, follow=True).content.decode()

    assert "<script>alert(1)" not in page
    assert [view.name for view in queries.saved_views_of(owner)] == [name]
