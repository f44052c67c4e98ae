"""The pages of calls and contributions: who comes in, what is shown, what is sent."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.consultation import operations, queries
from montada.consultation.models import Contribution, Question
from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.consultation import (
    WORDS,
    a_draft_input,
    an_input,
    an_open_edition,
    call_of,
)
from tests.factories.edition import make_edition
from tests.factories.participation import make_administrator, make_person

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


class TestDoors:
    def test_what_everybody_reads(
        self, client: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        row = an_input(nadia, edition, at=today)
        for language in ("ar", "en"):
            for page in (
                "",
                f"calls/{call_of(edition).pk}/",
                "inputs/",
                f"inputs/{row.receipt}/",
                "inputs.csv",
                "inputs.json",
                "totals/",
                "participation/",
                "meetings/",
            ):
                answer = client.get(f"/{language}/consultation/{page}")
                assert (page, answer.status_code) == (page, 200)

    def test_visitors_sign_in_before_they_write(
        self, client: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today)
        call = f"/en/consultation/calls/{call_of(edition).pk}/"
        for answer in (
            client.post(call),
            client.get(page_of(draft)),
            client.post(page_of(draft), sent()),
            client.get("/en/consultation/mine/"),
            client.get("/en/consultation/waiting/"),
            client.get(f"{call}set/"),
        ):
            assert answer.status_code == 302
            assert "/account/login/" in answer.headers["Location"]

    def test_others_do_not_learn_which_drafts_and_hidden_ones_there_are(
        self, client: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=today)
        hidden = an_input(nadia, edition, at=today, may_publish=False)
        client.force_login(make_person("Eve"))

        for page in ("", "read", "discard", "receipt"):
            parts = [page] if page else []
            assert client.get(page_of(draft, *parts)).status_code == 404
        for number in (hidden.receipt, "2027-C99999", "x"):
            address = f"/en/consultation/inputs/{number}/"
            assert client.get(address).status_code == 404
            assert client.post(f"{address}decide/").status_code == 404
        assert hidden.receipt not in said(client.get("/en/consultation/inputs/"))
        client.force_login(make_administrator())
        assert (
            client.get(f"/en/consultation/inputs/{hidden.receipt}/").status_code == 200
        )

    def test_the_secretariats_pages_are_closed_to_others(
        self, hers: Client, edition: Edition
    ) -> None:
        call = call_of(edition).pk
        question = queries.questions_of(call_of(edition))[0].pk
        for page in (
            "waiting/",
            f"calls/{call}/set/",
            f"calls/{call}/enter/",
            f"questions/{question}/",
            "meetings/new/",
            "participation/group/technical/invite/",
        ):
            answer = hers.get(f"/en/consultation/{page}")
            assert (page, answer.status_code) == (page, 403)


class TestDeciding:
    @pytest.fixture
    def desk(self, client: Client) -> Client:
        client.force_login(make_administrator())
        return client

    def test_the_worklist_leads_to_what_waits(
        self, desk: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        row = an_input(nadia, edition, at=today)

        shown = said(desk.get("/en/consultation/waiting/"))

        assert f"/en/consultation/inputs/{row.receipt}/" in shown

    def test_a_decision_without_its_reason_comes_back_with_the_words_kept(
        self, desk: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        row = an_input(nadia, edition, at=today)
        address = f"/en/consultation/inputs/{row.receipt}/decide/"

        answer = desk.post(address, {"step": "decline", "words": "Too many"})

        shown = said(answer, 409)
        assert "Give a reason from the list" in shown
        assert "Too many</textarea>" in shown
        told = {"step": "decline", "words": "Too many", "reason": "no_place"}
        assert desk.post(address, told).status_code == 302
        shown = said(desk.get(f"/en/consultation/inputs/{row.receipt}/"))
        assert "Reason: More requests than places" in shown

    def test_merging_and_scheduling_are_told_on_both_pages(
        self, desk: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        first = an_input(nadia, edition, at=today)
        second = an_input(nadia, edition, at=today)

        def decide(row: Contribution, **told: str) -> int:
            address = f"/en/consultation/inputs/{row.receipt}/decide/"
            return int(desk.post(address, told).status_code)

        assert decide(second, step="merge", into="2027-C99999") == 409
        assert decide(second, step="merge", into=f" {first.receipt} ") == 302
        assert decide(first, step="group", theme="Rural networks") == 302
        assert decide(first, step="accept") == 302
        place = {"session_at": "2027-07-06T10:00"}
        assert decide(first, step="schedule", session_url="javascript:x") == 409
        assert decide(first, step="schedule", **place) == 302
        assert decide(first, step="sing") == 409

        part = said(desk.get(f"/en/consultation/inputs/{second.receipt}/"))
        whole = said(desk.get(f"/en/consultation/inputs/{first.receipt}/"))
        assert f"/en/consultation/inputs/{first.receipt}/" in part
        assert f"/en/consultation/inputs/{second.receipt}/" in whole
        assert "Rural networks" in whole
        assert "10:00, Geneva time" in whole
        totals = said(desk.get("/en/consultation/totals/"))
        assert "Of 2 contributions, 2 are in the programme" in totals

    def test_a_call_a_question_a_meeting_and_a_late_entry_are_set(
        self, desk: Client, edition: Edition, today: datetime
    ) -> None:
        call = call_of(edition)
        window = {"opens_at": "2026-01-01T00:00", "closes_at": "2026-02-01T00:00"}
        answer = desk.post(f"/en/consultation/calls/{call.pk}/set/", window)
        assert answer.status_code == 302
        call.refresh_from_db()
        # Midnight in Geneva is 23:00 in UTC the day before.
        assert call.closes_at.isoformat() == "2026-01-31T23:00:00+00:00"
        question = Question.objects.get(call=call, key="title")
        address = f"/en/consultation/questions/{question.pk}/"
        # A question without words comes back; with other words it is asked anew.
        assert desk.post(address, {"label_en": " "}).status_code == 200
        assert desk.get(address).status_code == 200
        assert desk.post(address, {"label_en": "A name"}).status_code == 302
        assert queries.questions_of(call)[0].version == 2
        meeting = {
            "title_en": "Meeting",
            "starts_at": "2027-01-10T14:00",
            "ends_at": "2027-01-10T15:00",
            "documents": "https://example.org/brief The brief",
        }
        made = desk.post("/en/consultation/meetings/new/", meeting)
        assert made.status_code == 302
        shown = said(desk.get(made.headers["Location"]))
        assert '<a href="https://example.org/brief" dir="auto">The brief</a>' in shown
        assert desk.get(f"{made.headers['Location']}set/").status_code == 200
        late = desk.post(
            f"/en/consultation/calls/{call.pk}/enter/", {"written_in": "fr"}
        )
        row = Contribution.objects.get()
        assert late.headers["Location"] == page_of(row)
        assert (row.is_late, row.language) == (True, "fr")
        assert "Late entry" in said(desk.get(page_of(row)))

    def test_the_usual_calls_are_opened_by_a_press(self, desk: Client) -> None:
        made = make_edition()

        answer = desk.post(f"/en/consultation/calls/open/?edition={made.slug}")

        assert "no phase of open consultation" in said(answer, 409)


class TestOpenData:
    def test_files_hold_what_the_list_shows_and_no_formulas(
        self, client: Client, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        row = an_input(
            nadia, edition, at=today, answers={"title": '=HYPERLINK("x") of oases'}
        )

        table = said(client.get("/en/consultation/inputs.csv")).removeprefix("\ufeff")
        found = client.get("/en/consultation/inputs.json").json()["contributions"]

        [line] = list(csv.DictReader(io.StringIO(table)))
        assert line["number"] == found[0]["number"] == row.receipt
        assert line["title"] == '\'=HYPERLINK("x") of oases'
        assert found[0]["title"] == '=HYPERLINK("x") of oases'

    def test_filters_that_do_not_exist_are_not_found(
        self, client: Client, edition: Edition
    ) -> None:
        for query in ("call=x", "state=x", "group=x", "page=0", "edition=x"):
            answer = client.get(f"/en/consultation/inputs/?{query}")
            assert (query, answer.status_code) == (query, 404)


@pytest.mark.parametrize("page", ["inputs/", "totals/", "participation/", ""])
def test_statements_do_not_grow_with_contributions(
    client: Client, edition: Edition, nadia: Person, today: datetime, page: str
) -> None:
    counts = []
    for n in (1, 2):
        for _one in range(n):
            an_input(nadia, edition, at=today)
        client.get(f"/en/consultation/{page}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/en/consultation/{page}")
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_trace_of_three_merged_reads_no_more_than_that_of_one(
    client: Client, edition: Edition, nadia: Person, today: datetime
) -> None:
    salma, whole = make_administrator(), an_input(nadia, edition, at=today)

    def n_queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/en/consultation/inputs/{whole.receipt}/")
        return len(captured)

    counts = []
    for n in (1, 2):
        for _one in range(n):
            operations.merge_contributions(
                contribution=an_input(nadia, edition, at=today),
                into=whole,
                merged_by=salma,
                at=today,
            )
        n_queries()
        counts.append(n_queries())
    assert counts[0] == counts[1]
