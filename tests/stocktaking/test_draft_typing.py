"""Saving as one types, and two who write at once."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client

from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.models import ProjectVersion
from tests.factories.entries import a_draft
from tests.factories.labels import suggest
from tests.factories.participation import make_person
from tests.stocktaking.drafting import address, kept, post, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Person:
    return make_person("Omar")


@pytest.fixture
def draft(owner: Person, now: datetime) -> ProjectVersion:
    return a_draft(owner, at=now)


@pytest.fixture
def omar(client: Client, owner: Person) -> Client:
    client.force_login(owner)
    return client


class TestTwoEditors:
    @pytest.fixture
    def mona(self, draft: ProjectVersion, owner: Person, now: datetime) -> Client:
        person = make_person("Mona")
        operations.add_editor(
            project=draft.project, email=person.email, added_by=owner, at=now
        )
        other = Client()
        other.force_login(person)
        return other

    def test_the_second_sees_both_and_chooses(
        self, omar: Client, mona: Client, draft: ProjectVersion
    ) -> None:
        post(mona, draft, title="Hers", website="https://hers.example/")

        answer = post(omar, draft, title="Mine")

        said = answer.content.decode()
        assert answer.status_code == 409
        assert "Mona saved this draft while you were writing." in said
        assert 'value="Mine"' in said
        assert re.findall(r"<dt>([^<]*)</dt><dd dir=\"auto\">([^<]*)</dd>", said) == [
            ("Title", "Hers"),
            ("Website", "https://hers.example/"),
        ]
        assert 'name="revision" form="draft" value="1"' in said
        assert str(kept(draft).title) == "Hers"
        assert post(omar, draft, title="Mine", revision="1").status_code == 302
        assert str(kept(draft).title) == "Mine"

    def test_who_types_on_overwrites_nobody_unseen(
        self, omar: Client, mona: Client, draft: ProjectVersion
    ) -> None:
        post(mona, draft, title="Hers")

        for _stroke in range(2):
            answer = post(omar, draft, title="Mine", headers={"HX-Request": "true"})

            said = answer.content.decode()
            assert "Mona saved this draft" in said
            assert said.lstrip().startswith('<aside id="beside"')
            assert 'name="revision" form="draft" value="0"' in said
            assert str(kept(draft).title) == "Hers"


class TestTyping:
    def test_only_what_stands_beside_is_answered(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        answer = post(omar, draft, title="", headers={"HX-Request": "true"})

        said = answer.content.decode()
        assert answer.status_code == 200
        assert said.lstrip().startswith('<aside id="beside"')
        assert "<form" not in said
        assert 'value="1"' in said
        assert "<b>Title</b>: This is needed before you can send the entry." in said
        assert not kept(draft).title

    def test_half_a_date_is_no_reason_to_stop(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        answer = post(
            omar,
            draft,
            starts_on="2026-0",
            status="ongoing",
            headers={"HX-Request": "true"},
        )

        assert answer.status_code == 200
        assert (kept(draft).status, draft.record.starts_on) == ("ongoing", None)

    def test_suggestions_come_with_their_words(
        self, omar: Client, draft: ProjectVersion, now: datetime
    ) -> None:
        suggest(draft, "6", at=now, words="Wells", score=0.7)

        said = shown(omar, draft)

        assert "<mark>Wells</mark> by telephone" in said
        assert 'value="accept:goal/6"' in said

    def test_words_are_read_on_demand(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        said = omar.post(address(draft) + "read/").content.decode()

        assert said.lstrip().startswith('<div id="suggestions"')
        assert omar.get(address(draft) + "read/").status_code == 405

    def test_each_is_accepted_or_refused(
        self, omar: Client, draft: ProjectVersion, now: datetime
    ) -> None:
        suggest(draft, "6", "9", at=now)

        post(omar, draft, action="accept:goal/6")
        post(omar, draft, action="refuse:goal/9", revision="1", goals=["6"])

        draft.refresh_from_db()
        assert draft.labels[-1].key == ("goal", "6")
        assert draft.labels[-1].source == "engine"
        said = shown(omar, draft)
        assert "accept:goal" not in said
        assert re.search(r'name="goals" value="6"[^>]* checked', said)


class TestASessionThatEnded:
    def test_what_stands_beside_says_so_and_the_form_can_go_on(
        self, client: Client, draft: ProjectVersion, owner: Person
    ) -> None:
        typing = {"HX-Request": "true"}

        answer = post(client, draft, title="Mine", headers=typing)

        said = answer.content.decode()
        assert answer.status_code == 401
        assert said.lstrip().startswith('<aside id="beside"')
        assert "sign in again in another tab" in said
        assert 'href="/en/account/login/?next=/en/projects/mine/"' in said
        assert 'name="revision" form="draft" value="0"' in said
        assert str(kept(draft).title) == "Wells by telephone"
        client.force_login(owner)
        assert post(client, draft, title="Mine", headers=typing).status_code == 200
        assert str(kept(draft).title) == "Mine"

    def test_suggestions_wait_and_a_pressed_button_leads_to_the_sign_in_page(
        self, client: Client, draft: ProjectVersion
    ) -> None:
        read = client.post(address(draft) + "read/", headers={"HX-Request": "true"})
        pressed = post(client, draft, title="Mine")

        assert read.status_code == 401
        assert read.content.decode().lstrip().startswith('<div id="suggestions"')
        assert pressed.status_code == 302
        assert "next=" in pressed.headers["Location"]

    def test_what_was_sent_as_a_revision_is_words(
        self, client: Client, draft: ProjectVersion
    ) -> None:
        answer = post(
            client, draft, revision='"><script>', headers={"HX-Request": "true"}
        )

        assert "<script>" not in answer.content.decode()
