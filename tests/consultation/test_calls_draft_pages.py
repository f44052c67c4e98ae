"""The pages on which a contribution is written and sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import html

from montada.consultation import queries
from montada.consultation.models import Contribution
from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.consultation import (
    WORDS,
    a_draft_input,
    an_input,
    an_open_edition,
    call_of,
)
from tests.factories.labels import suggest
from tests.factories.participation import make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(today: datetime) -> Edition:
    return an_open_edition(today)


@pytest.fixture
def hers(client: Client, nadia: Person) -> Client:
    client.force_login(nadia)
    return client


def page_of(row: Contribution, *parts: str, language: str = "en") -> str:
    return "/".join([f"/{language}/consultation/drafts/{row.pk}", *parts, ""])


def sent(**values: Any) -> dict[str, Any]:
    """Return what a browser sends of views that are ready."""
    usual = {
        "language": "en",
        "q-title": "Networks of oases",
        "q-summary": WORDS,
        "signed_as": "person",
        "stakeholder_group_id": "civil",
        "country_id": "EGY",
        "may_publish": "on",
        "revision": "1",
        "action": "save",
    }
    return usual | values


def said(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


class TestWriting:
    def test_a_press_begins_a_draft_in_the_readers_language(
        self, hers: Client, edition: Edition
    ) -> None:
        answer = hers.post(f"/ar/consultation/calls/{call_of(edition).pk}/")

        row = Contribution.objects.get()
        assert answer.headers["Location"] == page_of(row, language="ar")
        assert row.language == "ar"
        assert "Nadia" in said(hers.get(page_of(row)))

    def test_a_closed_call_begins_nothing_and_says_so(
        self, hers: Client, edition: Edition, today: datetime
    ) -> None:
        call = call_of(edition)
        call.closes_at = today - timedelta(days=1)
        call.save()

        answer = hers.post(f"/en/consultation/calls/{call.pk}/")

        assert "This call is closed." in said(answer, 409)
        assert Contribution.objects.count() == 0

    def test_typing_is_saved_and_answered_with_what_is_left_to_do(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today)

        answer = hers.post(
            page_of(draft),
            sent(**{"q-title": "Wells", "stakeholder_group_id": ""}),
            headers={"HX-Request": "true"},
        )

        shown = said(answer)
        assert 'id="revision" name="revision" form="draft" value="2"' in shown
        assert "1 thing before you can send" in shown
        draft.refresh_from_db()
        assert str(draft.title) == "Wells"

    def test_an_old_window_loses_nothing(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today)

        answer = hers.post(page_of(draft), sent(revision="0", **{"q-title": "Mine"}))

        shown = said(answer, 409)
        assert 'value="Mine"' in shown
        draft.refresh_from_db()
        assert str(draft.title) == "Networks of oases"

    def test_what_is_missing_is_said_beside_its_question(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today, kind="session")

        answer = hers.post(page_of(draft), sent(action="send"))

        page: Any = html.fromstring(said(answer, 422))
        wrong = page.xpath(
            "//*[contains(@class, 'field') and contains(@class,'wrong')]"
        )
        labels = [
            " ".join(one.xpath(".//label//text() | .//legend//text()")).split("\n")[0]
            for one in wrong
        ]
        assert "Expected outcomes" in labels
        assert "Type of session" in labels
        assert Contribution.objects.get().state == "draft"

    def test_a_question_says_in_words_when_it_is_asked(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today, kind="session")

        page: Any = html.fromstring(said(hers.get(page_of(draft))))

        [part] = page.xpath("//*[@data-shown-if='q-session_type'][.//select]")
        assert part.get("data-shown-values") == "country_workshop"
        assert part.xpath("string(p)") == (
            "Only if “Type of session” is: Country workshop"
        )

    def test_people_are_added_row_by_row_without_javascript(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today, kind="speakers")
        rows = {
            "q-people-TOTAL_FORMS": "1",
            "q-people-INITIAL_FORMS": "0",
            "q-people-0-name": "Lina",
            "q-people-0-gender": "woman",
            "q-people-0-confirmed": "yes",
        }

        shown = said(hers.post(page_of(draft), sent(action="add:people", **rows)))

        assert 'name="q-people-1-name"' in shown
        [person] = queries.answers_of(draft)["people"]
        assert (person["name"], person["gender"]) == ("Lina", "woman")

    def test_sending_leads_to_a_receipt_with_both_clocks(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        nadia.timezone = "Asia/Tokyo"
        nadia.save()
        draft = a_draft_input(nadia, edition, at=today)

        answer = hers.post(page_of(draft), sent(action="send"))

        assert answer.headers["Location"] == page_of(draft, "receipt")
        draft.refresh_from_db()
        shown = said(hers.get(answer.headers["Location"]))
        assert draft.receipt in shown
        assert "Geneva time" in shown
        assert "by your own clock" in shown
        assert hers.get(page_of(draft)).status_code == 302

    def test_a_suggested_label_is_accepted_with_its_words_shown(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today)
        suggest(draft, "C2", at=today, words="oases")
        assert "<mark>oases</mark>" in said(hers.get(page_of(draft)))

        hers.post(page_of(draft), sent(action="accept:action_line/C2"))

        assert queries.answers_of(draft)["action_lines"] == ["C2"]
        assert (
            hers.post(
                page_of(draft), sent(action="accept:sausage/C2", revision="2")
            ).status_code
            == 404
        )

    @pytest.mark.parametrize(
        "words",
        ["\x00", "\ud800", "\u202eabc", "🙂" * 50, "<script>x</script>", "x" * 100_000],
    )
    def test_bad_words_are_never_a_fault_of_the_forum(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime, words: str
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today)
        words = words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

        answer = hers.post(
            page_of(draft),
            sent(**{"q-title": words, "q-summary": words, "position": words}),
            headers={"HX-Request": "true"},
        )

        assert answer.status_code == 200
        assert "<script>x" not in said(hers.get(page_of(draft)))

    def test_the_state_is_offered_to_its_focal_point_alone(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today)
        assert "In the name of the State" not in said(hers.get(page_of(draft)))

        make_role(nadia, "focal_point", country_id="EGY")

        assert "In the name of the State" in said(hers.get(page_of(draft)))

    def test_my_contributions_lead_on(
        self, hers: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today)
        row = an_input(nadia, edition, at=today)

        shown = said(hers.get("/en/consultation/mine/"))

        assert f'<a href="{page_of(draft)}">Go on writing</a>' in shown
        assert f'<a href="{page_of(row, "receipt")}">Receipt</a>' in shown


def test_a_session_that_ended_is_told_beside_the_words_one_types(
    client: Client, edition: Edition, nadia: Person, today: datetime
) -> None:
    row = a_draft_input(nadia, edition, at=today)

    answer = client.post(page_of(row), sent(), headers={"HX-Request": "true"})

    shown = said(answer, 401)
    assert shown.lstrip().startswith('<aside id="beside"')
    assert 'href="/en/account/login/?next=/en/consultation/mine/"' in shown
    assert 'name="revision" form="draft" value="1"' in shown
