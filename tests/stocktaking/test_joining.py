"""Asking to join a project that is here already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from montada.audit.queries import entries_about
from montada.participation import operations as participation
from montada.participation.models import Message, Person
from montada.stocktaking import operations
from montada.stocktaking.models import Project
from tests.factories.entries import a_draft, a_published
from tests.factories.participation import make_administrator, make_person
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

WORDS = "I measure the wells of Siwa."


@pytest.fixture
def project(now: datetime) -> Project:
    """A published project that Omar looks after."""
    found = a_published(make_person("Omar"), make_administrator(), at=now)
    Message.objects.all().delete()
    return found


def ask(project: Project, by: Person, now: datetime, words: str = WORDS) -> None:
    operations.ask_to_join(project=project, words=words, asked_by=by, at=now)


def test_the_owners_read_who_asks_and_where_to_agree(
    project: Project, mona: Person, now: datetime
) -> None:
    ask(project, mona, now)

    (letter,) = Message.objects.all()
    assert letter.to_email == "omar@example.org"
    assert letter.subject == "Somebody asks to join “Wells by telephone”"
    assert "Mona" in letter.body
    assert "mona@example.org" in letter.body
    assert WORDS in letter.body
    assert f"/en/projects/{project.slug}/people/" in letter.body
    assert entries_about(project)[0].action == "stocktaking.join_asked"


def test_nobody_is_asked_again_and_again(
    project: Project, mona: Person, now: datetime
) -> None:
    ask(project, mona, now)
    with pytest.raises(operations.AskedToJoinAlready):
        ask(project, mona, now + timedelta(days=6))
    ask(project, mona, now + timedelta(days=8))

    others = [a_project(f"Wells {n}", at=now) for n in range(20)]
    for other in others[:19]:
        ask(other, mona, now + timedelta(days=9))
    with pytest.raises(operations.AskedToJoinTooOften):
        ask(others[19], mona, now + timedelta(days=9))


def test_a_project_without_owners_is_the_secretariats(
    mona: Person, now: datetime
) -> None:
    make_administrator()

    ask(a_project(at=now), mona, now)

    assert [letter.to_email for letter in Message.objects.all()] == [
        "salma@example.org"
    ]


def test_a_project_whose_owner_left_the_forum_is_the_secretariats(
    project: Project, mona: Person, now: datetime
) -> None:
    omar = Person.objects.get(name="Omar")
    participation.erase_person(person=omar, erased_by=omar, at=now)

    ask(project, mona, now)

    assert [letter.to_email for letter in Message.objects.all()] == [
        "salma@example.org"
    ]


def test_the_letter_is_in_its_readers_language(
    project: Project, mona: Person, now: datetime
) -> None:
    omar = Person.objects.get(name="Omar")
    omar.language = "ar"
    omar.save()

    ask(project, mona, now)

    letter = Message.objects.get()
    assert (letter.language, "/ar/projects/" in letter.body) == ("ar", True)


def test_who_looks_after_it_need_not_ask(project: Project, now: datetime) -> None:
    with pytest.raises(operations.MemberOfItAlready):
        ask(project, Person.objects.get(name="Omar"), now)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", operations.WordsMissing),
        (" \u202e\x00 ", operations.WordsMissing),
        ("x" * 5001, operations.WordsTooMany),
    ],
)
def test_words_are_needed_and_not_a_book(
    project: Project, mona: Person, now: datetime, words: str, refusal: Any
) -> None:
    with pytest.raises(refusal):
        ask(project, mona, now, words)

    assert Message.objects.count() == 0


class TestPage:
    def test_who_signed_in_asks_and_comes_back(
        self, client: Client, project: Project, mona: Person
    ) -> None:
        client.force_login(mona)
        address = f"/en/projects/{project.slug}/join/"

        html = client.get(address).content.decode()
        answer = client.post(address, {"words": WORDS})

        assert "Wells by telephone" in html
        assert answer.headers["Location"] == f"/en/projects/{project.slug}/"
        assert Message.objects.count() == 1

    def test_a_refusal_keeps_the_words(self, client: Client, project: Project) -> None:
        client.force_login(Person.objects.get(name="Omar"))

        answer = client.post(f"/en/projects/{project.slug}/join/", {"words": WORDS})

        html = answer.content.decode()
        assert answer.status_code == 409
        assert "You look after this project already." in html
        assert WORDS in html

    @pytest.mark.parametrize("words", ["", "\x00", "x" * 5001])
    def test_broken_words_are_told(
        self, client: Client, project: Project, mona: Person, words: str
    ) -> None:
        client.force_login(mona)

        answer = client.post(f"/en/projects/{project.slug}/join/", {"words": words})

        assert answer.context["form"].errors.keys() == {"words"}
        assert Message.objects.count() == 0

    def test_a_visitor_signs_in_first(self, client: Client, project: Project) -> None:
        answer = client.post(f"/en/projects/{project.slug}/join/", {"words": WORDS})

        assert "/account/login/" in answer.headers["Location"]
        assert Message.objects.count() == 0

    def test_drafts_are_not_there_to_be_joined(
        self, client: Client, mona: Person, now: datetime
    ) -> None:
        draft = a_draft(make_person("Omar"), at=now)
        client.force_login(mona)

        for slug in (draft.project.slug, "nobody-knows"):
            address = f"/en/projects/{slug}/join/"
            assert client.get(address).status_code == 404
            assert client.post(address, {"words": WORDS}).status_code == 404
