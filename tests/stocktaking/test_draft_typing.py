"""Saving as one types, and two who write at once."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.models import ProjectVersion
from tests.factories.labels import suggest
from tests.factories.participation import make_administrator, make_person
from tests.stocktaking.drafting import (
    address,
    beside,
    filled_in,
    kept,
    post,
    shown,
)

pytestmark = pytest.mark.django_db


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


class TestAnotherTab:
    @pytest.mark.parametrize("action", ["save", "send", "add:evidence"])
    def test_what_was_typed_is_shown_again_when_the_draft_was_sent_meanwhile(
        self, omar: Client, draft: ProjectVersion, action: str
    ) -> None:
        assert post(omar, draft, action="send").status_code == 302

        answer = post(omar, draft, title="An hour of typing", action=action)

        said = answer.content.decode()
        assert answer.status_code == 409
        assert 'value="An hour of typing"' in said
        assert "This version was sent: it changes no more" in said
        assert str(kept(draft).title) == "Wells by telephone"

    def test_who_types_on_learns_that_it_was_sent(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        post(omar, draft, action="send")

        answer = post(omar, draft, title="More", headers={"HX-Request": "true"})

        said = answer.content.decode()
        assert said.lstrip().startswith('<aside id="beside"')
        assert "This version was sent: it changes no more" in said


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


TYPING = {"HX-Request": "true"}


class TestALabelThatAnEditorDecidesMeanwhile:
    """The page was loaded before: it shows what it showed then."""

    @pytest.fixture
    def page(self, omar: Client, draft: ProjectVersion) -> dict[str, Any]:
        return filled_in(omar.get(address(draft)))

    @pytest.fixture
    def decide(self, draft: ProjectVersion, now: datetime) -> Any:
        suggest(draft.project, "6", at=now)
        editor = make_administrator()
        label: Any = {"axis": "goal", "code": "6", "decided_by": editor}
        return lambda how: how(project=draft.project, at=now, **label)

    def goals(self, draft: ProjectVersion) -> list[str]:
        draft.refresh_from_db()
        return queries.chosen_labels(draft)["goals"]

    @pytest.mark.parametrize("headers", [{}, TYPING], ids=["pressed", "typed"])
    def test_one_that_was_confirmed_stays(
        self,
        omar: Client,
        draft: ProjectVersion,
        page: dict[str, Any],
        decide: Any,
        headers: dict[str, str],
    ) -> None:
        decide(operations.confirm_label)

        answer = omar.post(address(draft), page, headers=headers)

        assert answer.status_code == (200 if headers else 302)
        assert self.goals(draft) == ["6"]
        assert draft.labels[-1].source == "editor"
        # On the page that shows it, it can be taken away.
        newer = filled_in(omar.get(address(draft)))
        assert newer.pop("goals") == ["6"]
        omar.post(address(draft), newer)
        assert self.goals(draft) == []

    def test_one_that_was_taken_back_does_not_come_back(
        self, omar: Client, draft: ProjectVersion, decide: Any
    ) -> None:
        decide(operations.confirm_label)
        page = filled_in(omar.get(address(draft)))
        decide(operations.decline_label)

        omar.post(address(draft), page)

        assert (page["goals"], self.goals(draft)) == (["6"], [])

    def test_what_one_ticks_and_unticks_on_the_same_page_is_followed(
        self, omar: Client, draft: ProjectVersion, page: dict[str, Any], decide: Any
    ) -> None:
        decide(operations.confirm_label)

        found = []
        for ticked in (["9", "4"], ["9"], [], ["9"]):
            answer = omar.post(address(draft), page | {"goals": ticked}, headers=TYPING)
            page |= beside(answer)
            found.append(self.goals(draft))

        assert found == [["6", "9", "4"], ["6", "9"], ["6"], ["6", "9"]]

    def test_a_form_that_comes_back_to_be_mended_goes_on_from_there(
        self, omar: Client, draft: ProjectVersion, page: dict[str, Any], decide: Any
    ) -> None:
        decide(operations.confirm_label)

        for slip in ({"budget": "x"}, {"targets": "0.0"}, {"action": "add:places"}):
            told = page | {"goals": ["9"]} | slip
            page |= filled_in(omar.post(address(draft), told))
            assert self.goals(draft) == ["6", "9"]
            page.pop("goals")
            page |= beside(omar.post(address(draft), page, headers=TYPING))
            assert self.goals(draft) == ["6"]

    def test_words_in_the_place_of_labels_are_no_labels(
        self, omar: Client, draft: ProjectVersion
    ) -> None:
        for n, told in enumerate(("goal", "/", "🌴/\x00 goal/99", "x" * 100_000)):
            answer = post(omar, draft, labels_shown=told, revision=f"{n}")
            assert answer.status_code == 302

        draft.refresh_from_db()
        assert [label.code for label in draft.labels] == ["C2"]


class TestASessionThatEnded:
    def test_what_stands_beside_says_so_and_the_form_can_go_on(
        self, client: Client, draft: ProjectVersion, owner: Person
    ) -> None:
        told = {"labels_shown": "goal/6"}

        answer = post(client, draft, title="Mine", headers=TYPING, **told)

        said = answer.content.decode()
        assert answer.status_code == 401
        assert said.lstrip().startswith('<aside id="beside"')
        assert "sign in again in another tab" in said
        assert 'href="/en/account/login/?next=/en/projects/mine/"' in said
        assert beside(answer) == {"revision": "0", "labels_shown": "goal/6"}
        assert str(kept(draft).title) == "Wells by telephone"
        client.force_login(owner)
        assert post(client, draft, title="Mine", headers=TYPING).status_code == 200
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
            *(client, draft),
            revision='"><script>',
            labels_shown='"><script>',
            headers={"HX-Request": "true"},
        )

        assert "<script>" not in answer.content.decode()
