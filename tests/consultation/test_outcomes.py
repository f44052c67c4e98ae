"""The outcomes document tells the numbers of the pages, and prints what is public."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from montada.consultation import operations, queries
from montada.consultation.engine.values import MeetingPlan
from montada.consultation.operations.opinion import compute_opinion
from montada.consultation.queries.outcome_blocks import Entries, Section, Table
from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from tests.djangokit.pdf_reading import bookmarks, keeps_the_standard, n_pages
from tests.factories.consultation import (
    accept,
    an_identity,
    an_input,
    an_open_edition,
    call_of,
    decline,
    merge,
    schedule,
)
from tests.factories.statements import many_votes

pytestmark = pytest.mark.django_db

PAGE = "/en/consultation/outcomes/"


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


def asked(client: Client, edition: Edition, address: str = PAGE) -> Any:
    answer = client.get(address, {"edition": edition.slug})
    assert answer.status_code == 200
    return answer


def section(edition: Edition, key: str) -> Section:
    found = queries.sections(queries.outcomes(edition, "en"))
    [one] = [part for part in found if part.key == key]
    return one


def names_in(part: Section) -> list[str]:
    names: list[str] = []
    for block in part.blocks:
        if isinstance(block, Entries):
            names += [str(getattr(one.name, "text", one.name)) for one in block.entries]
        if isinstance(block, Table):
            names += [str(getattr(row.name, "text", row.name)) for row in block.rows]
    return names


class TestNumbers:
    def test_they_are_those_of_totals_and_participation(
        self,
        client: Client,
        edition: Edition,
        nadia: Person,
        salma: Person,
        now: datetime,
    ) -> None:
        placed = an_input(nadia, edition, at=now, region_id="itu-africa")
        schedule(accept(placed, salma, now), salma, now)
        merge(an_input(nadia, edition, at=now), placed, salma, now)
        decline(an_input(nadia, edition, at=now, country_id="CHE"), salma, now)
        an_input(nadia, edition, at=now, may_publish=False, gender="woman")

        answer = asked(client, edition, "/en/consultation/outcomes.json").json()
        figures, totals = answer["figures"], queries.totals(edition, "en")
        part = queries.participation(edition, "en")

        assert {
            name: [(row["value"], row["n"], row["percent"]) for row in rows]
            for name, rows in figures["breakdowns"].items()
        } == {
            one.name: [(share.value, share.n, share.percent) for share in one.rows]
            for one in totals.breakdowns
        }
        counts = ("contributions", "in_programme", "waiting", "declined", "not_printed")
        assert [figures[name] for name in counts] == [4, 2, 1, 1, 1]
        assert (totals.n, totals.n_in_programme, part.n) == (4, 2, 4)
        assert [(m["axis"], m["value"]) for m in figures["missing"]] == [
            (m.axis, m.value) for m in part.missing
        ]
        by_group = {
            side.share.value: side.share.n
            for axis in part.axes
            if axis.name == "group"
            for side in axis.sides
            if side.share.n
        }
        rows = figures["breakdowns"]["group"]
        assert {row["value"]: row["n"] for row in rows} == by_group
        tables = {
            part["key"]: [row["cells"][0] for row in block["rows"]]
            for part in answer["sections"]
            for block in part["blocks"]
            if block["kind"] == "table"
        }
        assert {one.name: tables[one.name] for one in totals.breakdowns} == {
            one.name: [str(share.n) for share in one.rows] for one in totals.breakdowns
        }

    def test_the_format_is_counted_by_what_was_chosen(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        for chosen in (["youth", "remote"], ["youth"]):
            an_input(nadia, edition, at=now, answers={"innovations": chosen})
        an_input(nadia, edition, at=now)

        # Two of the three answered: both want youth, one of them remote, too.
        found = queries.outcomes(edition, "en").innovations
        assert [(one.value, one.n, one.percent) for one in found] == [
            ("youth", 2, 100.0),
            ("remote", 1, 50.0),
        ]
        assert names_in(section(edition, "format")) == [one.name for one in found]

    def test_of_votes_it_says_what_their_page_publishes(
        self, client: Client, edition: Edition, now: datetime
    ) -> None:
        many_votes(edition, [[1, -1, 1]] * 20, at=now)
        compute_opinion(edition=edition, at=now)

        page = queries.opinion_page(edition)
        assert page is not None
        assert names_in(section(edition, "unites")) == [
            str(row.statement.text) for row in page.unites
        ]
        assert names_in(section(edition, "divides")) == [
            str(row.statement.text) for row in page.divides
        ]
        html = asked(client, edition).content.decode()
        assert "Too few took part to speak for anybody" in html
        assert "20 people cast 60 votes" in html


class TestAnnexes:
    def test_a_contribution_stands_where_it_belongs_if_it_is_public(
        self, client: Client, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        lines = {"action_lines": ["C2", "C5"]}
        prize = {"title": "A prize", "offer": "money"}
        an_input(nadia, edition, at=now, answers=lines | {"title": "Oases"})
        an_input(
            nadia,
            edition,
            at=now,
            kind="partnership",
            answers=prize,
        )
        hidden = an_input(
            nadia, edition, at=now, may_publish=False, answers={"title": "Hidden one"}
        )

        assert names_in(section(edition, "annex-1")) == ["Oases"]
        assert names_in(section(edition, "line-C2")) == ["Oases"]
        assert names_in(section(edition, "line-C5")) == ["Oases"]
        assert names_in(section(edition, "no-line")) == ["A prize"]
        for address in (PAGE, "/en/consultation/outcomes.json"):
            said = asked(client, edition, address).content.decode()
            assert "Oases" in said
            assert "Hidden one" not in said
            assert hidden.receipt not in said

    def test_what_was_said_in_a_room_stands_under_its_meeting(
        self, edition: Edition, salma: Person, now: datetime
    ) -> None:
        meeting = operations.set_meeting(
            edition=edition,
            plan=MeetingPlan(
                title=LocalizedText.of("en", "First meeting"),
                starts_at=now,
                ends_at=now + timedelta(hours=1),
            ),
            set_by=salma,
            at=now,
        )
        row = operations.enter_contribution(
            call=call_of(edition),
            written_in="en",
            meeting=meeting,
            entered_by=salma,
            at=now,
        )
        operations.save_contribution(
            contribution=row,
            identity=an_identity(author_name="A voice from the floor"),
            answers={"title": "Microphones", "summary": "Let the back row speak too."},
            revision=0,
            saved_by=salma,
            at=now,
        )
        operations.submit_contribution(contribution=row, submitted_by=salma, at=now)

        part = section(edition, f"meeting-{meeting.pk}")
        assert (part.title, names_in(part)) == ("First meeting", ["Microphones"])
        [table] = section(edition, "meetings").blocks
        assert isinstance(table, Table)
        assert [(row.name, row.cells[-1]) for row in table.rows] == [
            ("First meeting", "1")
        ]


class TestDoors:
    @pytest.mark.parametrize("language", ["ar", "en", "fr"])
    def test_the_paper_is_in_the_language_of_its_address(
        self,
        client: Client,
        edition: Edition,
        nadia: Person,
        now: datetime,
        language: str,
    ) -> None:
        an_input(nadia, edition, at=now)

        answer = asked(client, edition, f"/{language}/consultation/outcomes.pdf")

        with translation.override(language):
            expected = {gettext("Executive summary"), gettext("By stakeholder group")}
        assert answer["Content-Type"] == "application/pdf"
        assert expected <= bookmarks(answer.content)
        assert keeps_the_standard(answer.content)
        assert n_pages(answer.content) >= 3

    def test_a_language_without_letters_for_paper_is_not_printed(
        self, client: Client, edition: Edition
    ) -> None:
        assert client.get("/zh/consultation/outcomes.pdf").status_code == 404
        assert client.get(PAGE, {"edition": "none"}).status_code == 404

    def test_markup_in_what_was_sent_is_words(
        self, client: Client, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        said = '#set page(paper: "a8") *x* $y$ `z` #pagebreak() <b>bold</b>'
        said += " \u202eturned"
        an_input(
            nadia,
            edition,
            at=now,
            answers={"title": said, "summary": said * 3},
            author_name=said,
        )

        pdf = asked(client, edition, "/ar/consultation/outcomes.pdf").content
        html = asked(client, edition).content.decode()

        assert keeps_the_standard(pdf)
        assert n_pages(pdf) < 6
        assert "&lt;b&gt;bold" in html
        assert "<b>bold" not in html

    def test_before_anything_came_in_it_says_so(
        self, client: Client, edition: Edition
    ) -> None:
        assert "Nothing was handed in yet." in asked(client, edition).content.decode()
        pdf = asked(client, edition, "/en/consultation/outcomes.pdf").content
        assert "Executive summary" in bookmarks(pdf)
        json = asked(client, edition, "/en/consultation/outcomes.json").json()
        assert json["figures"]["contributions"] == 0
        assert json["figures"]["opinion"] is None

    def test_it_asks_as_often_for_four_as_for_two(
        self, client: Client, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        # A single one has nothing to be compared with.
        for _one in range(2):
            an_input(nadia, edition, at=now)
        asked(client, edition)
        with CaptureQueriesContext(connection) as two:
            asked(client, edition)
        for _one in range(2):
            an_input(nadia, edition, at=now)
        with CaptureQueriesContext(connection) as four:
            asked(client, edition)

        assert len(four) == len(two)
