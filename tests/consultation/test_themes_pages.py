"""Themes on pages: what everybody reads, and what the secretariat makes of them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.audit.queries import entries_about
from montada.consultation import operations, queries
from montada.consultation.models import Contribution, OpinionRun
from montada.edition.models import Edition
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.participation.models import Message, Person
from tests.factories.consultation import a_draft_input, an_input, an_open_edition
from tests.factories.participation import make_administrator, make_person
from tests.factories.statements import a_seed

pytestmark = pytest.mark.django_db

OASES = "Oases and villages run broadband networks where they share spectrum licences. "
CHILDREN = "Children are protected from harmful content where schools teach safety. "


@pytest.fixture
def edition(today: datetime) -> Edition:
    return an_open_edition(today)


def about(
    edition: Edition, at: datetime, topic: str, title: str, name: str, **told: Any
) -> Contribution:
    """A contribution on a topic, of somebody of this name."""
    answers = {"title": title, "summary": topic * 3, **told.pop("answers", {})}
    author = make_person(name)
    return an_input(author, edition, at=at, answers=answers, **told)


def three(edition: Edition, at: datetime) -> list[Contribution]:
    """Two contributions about one thing, and one about another."""
    return [
        about(edition, at, OASES, "Village broadband networks", "Nadia"),
        about(
            edition,
            at,
            OASES,
            "Broadband networks for oases",
            "Omar",
            stakeholder_group_id="private",
        ),
        about(edition, at, CHILDREN, "Safe schools", "Sara"),
    ]


def address(edition: Edition, *parts: str) -> str:
    return "/".join([f"/en/consultation/{edition.slug}/themes", *parts, ""])


def said(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


class TestThemes:
    def test_what_is_about_the_same_is_one_theme_with_its_words_and_counts(
        self, edition: Edition, today: datetime
    ) -> None:
        oases, omar, _sara = three(edition, today)
        seed = a_seed(
            edition, "Villages share spectrum licences for broadband networks"
        )

        theme, alone = queries.themes_of(edition, "en")

        assert {one.key for one in theme.members} == {
            oases.receipt,
            omar.receipt,
            f"S{seed.pk}",
        }
        assert (theme.key, theme.n_contributions, theme.n_statements) == (
            oases.receipt,
            2,
            1,
        )
        assert {one.code: one.n for one in theme.by_group} == {"civil": 2, "private": 1}
        assert theme.language == "en"
        assert "broadband networks" in theme.title.casefold()
        assert alone.is_alone
        assert alone.title == "Safe schools"
        said_there = {row.key: str(row.words) for row in theme.members}
        assert theme.lines
        for line in theme.lines:
            assert line.text in said_there[line.said.key]
            assert [one.n for one in line.by_group] == [1]

    def test_names_are_of_the_readers_language_or_say_of_which_they_are(
        self, edition: Edition, today: datetime
    ) -> None:
        for name in ("Nadia", "Omar"):
            about(edition, today, OASES, "Broadband networks for oases", name)
        lines = {"action_lines": ["C2"]}
        for name in ("Ali", "Mona"):
            about(edition, today, CHILDREN, "Safe children", name, answers=lines)

        found = queries.themes_of(edition, "ar")
        children, oases = sorted(found, key=lambda one: one.line is None)

        assert "networks" in oases.title
        assert oases.language == "en"
        assert children.line is not None
        assert children.title == children.line.title.by_language["ar"]
        assert children.phrases.language == "en"

    def test_votes_are_told_as_published_and_move_what_is_cited(
        self, edition: Edition, today: datetime
    ) -> None:
        liked = a_seed(edition, "Villages may share spectrum licences and towers")
        OpinionRun.objects.create(
            edition=edition,
            is_done=True,
            engine="test",
            votes_until=today,
            begun_at=today,
            done_at=today,
            result={
                "types": [{"code": "civil", "size": 9}, {"code": "private", "size": 5}],
                "statements": {
                    str(liked.pk): {"counts": [9, 1, 0], "types": [[6, 0, 0], None]}
                },
            },
        )
        other = a_seed(edition, "Villages may share spectrum licences and masts")

        (theme,) = queries.themes_of(edition, "en")
        lines = {line.said.pk: line for line in theme.lines}

        counts = lines[liked.pk].counts
        assert counts is not None
        assert (counts.agree, counts.seen) == (9, 10)
        assert [(one.code, one.counts.agree) for one in lines[liked.pk].votes] == [
            ("civil", 6)
        ]
        assert other.pk not in lines or lines[other.pk].counts is None

    def test_what_is_not_public_is_in_no_theme(
        self, edition: Edition, today: datetime
    ) -> None:
        kept = about(
            edition, today, OASES, "Village networks", "Nadia", may_publish=False
        )
        a_draft_input(make_person("Omar"), edition, at=today)
        taken_back = about(edition, today, OASES, "Village networks", "Sara")
        operations.decline_contribution(
            contribution=taken_back,
            reason="withdrawn",
            words="By its author.",
            declined_by=make_administrator(),
            at=today,
        )

        assert queries.themes_of(edition, "en") == ()
        assert queries.theme_of(kept, "en") is None


class TestPages:
    def test_everybody_reads_themes_and_what_is_on_its_own(
        self, client: Client, edition: Edition, today: datetime
    ) -> None:
        oases, omar, _sara = three(edition, today)

        page = said(client.get(address(edition)))
        alone = said(client.get(address(edition) + "?alone=yes"))
        theme = said(client.get(address(edition, omar.receipt)))

        assert "1 theme On their own: 1" in page
        assert "Found by words alone so far" in page
        assert "Private sector 1 Civil society 1" in page
        assert "Safe schools" in alone
        assert "Safe schools" not in page
        assert oases.receipt in theme
        assert "Adopt it as a theme" not in theme
        assert "Themes of the consultation" in said(client.get("/en/consultation/"))
        assert "Themes of the consultation" in said(
            client.get("/en/consultation/totals/")
        )

    def test_a_contribution_says_with_what_it_is_read(
        self, client: Client, edition: Edition, today: datetime
    ) -> None:
        oases, _omar, sara = three(edition, today)

        page = client.get(f"/en/consultation/inputs/{oases.receipt}/")

        assert "Read together with 1 other" in said(page)
        assert address(edition, oases.receipt) in page.content.decode()
        assert "Read together with" not in said(
            client.get(f"/en/consultation/inputs/{sara.receipt}/")
        )

    def test_filters_and_addresses_that_lead_nowhere(
        self, client: Client, edition: Edition, today: datetime
    ) -> None:
        lines = {"action_lines": ["C2"]}
        for name in ("Ali", "Mona"):
            about(edition, today, CHILDREN, "Safe children", name, answers=lines)

        assert "2 contributions" in said(client.get(address(edition) + "?line=C2"))
        assert "No two texts" in said(client.get(address(edition) + "?line=none"))
        for wrong in ("?line=C99", "?line=%00", "?page=9", "?page=x"):
            said(client.get(address(edition) + wrong), 404)
        said(client.get(address(edition, "2027-C99999")), 404)
        said(client.get("/en/consultation/nowhere/themes/"), 404)

    @pytest.mark.parametrize("n", [1, 3])
    def test_questions_to_the_database_do_not_grow(
        self, client: Client, edition: Edition, today: datetime, n: int
    ) -> None:
        for row in range(n):
            about(edition, today, OASES, f"Village networks {row}", f"Nadia {row}")
            a_seed(edition, f"Villages share spectrum licences {row}")

        with CaptureQueriesContext(connection) as asked:
            said(client.get(address(edition)))

        assert len(asked) <= 18, [one["sql"][:90] for one in asked]


def send(client: Client, edition: Edition, key: str, **values: Any) -> Any:
    return client.post(address(edition, key), values)


class TestAdopting:
    def test_the_secretariat_adopts_a_theme_and_each_author_is_told_once(
        self, client: Client, edition: Edition, today: datetime, salma: Person
    ) -> None:
        oases, omar, sara = three(edition, today)
        client.force_login(salma)
        chosen = {"name": "Networks of villages", "take": [oases.receipt, omar.receipt]}

        form = client.get(address(edition, oases.receipt)).content.decode()
        first = send(client, edition, oases.receipt, **chosen)
        again = send(client, edition, oases.receipt, **chosen)

        assert form.count('name="take"') == 2
        assert (first.status_code, again.status_code) == (302, 302)
        assert Message.objects.filter(template="consultation_grouped").count() == 2
        letter = Message.objects.get(
            person=omar.author, template="consultation_grouped"
        )
        assert "“Networks of villages”" in letter.body
        assert [
            entry.action for entry in entries_about(omar) if "grouped" in entry.action
        ] == ["consultation.contribution_grouped"]
        theme = queries.themes_of(edition, "en")[0]
        assert (theme.title, bool(theme.decided)) == ("Networks of villages", True)
        page = said(client.get(f"/en/consultation/inputs/{oases.receipt}/"))
        assert "Grouped under Networks of villages" in page
        sara.refresh_from_db()
        assert not sara.grouped_under

    def test_what_is_left_out_stays_out_and_new_ones_join_under_the_same_name(
        self, client: Client, edition: Edition, today: datetime, salma: Person
    ) -> None:
        oases, omar, _sara = three(edition, today)
        name = LocalizedText.of("ar", "شبكات القرى", en="Networks of villages")
        operations.group_under(
            contributions=[oases], theme=name, grouped_by=salma, at=today
        )
        client.force_login(salma)

        theme = queries.themes_of(edition, "en")[0]
        send(client, edition, theme.key, name=theme.title, take=[omar.receipt])

        omar.refresh_from_db()
        assert omar.grouped_under == name

    def test_refusals_keep_what_was_chosen(
        self, client: Client, edition: Edition, today: datetime, salma: Person
    ) -> None:
        oases, omar, sara = three(edition, today)
        client.force_login(salma)
        take = [omar.receipt]

        for name in ("", "  ", "\u202e"):
            answer = send(client, edition, oases.receipt, name=name, take=take)
            assert "Give the theme a name." in said(answer, 409)
        long = send(client, edition, oases.receipt, name="x" * 300, take=take)
        none = send(client, edition, oases.receipt, name="Water")
        others = send(client, edition, oases.receipt, name="Water", take=[sara.receipt])

        assert "at most 200 characters" in said(long, 409)
        assert long.content.decode().count(" checked") == 1
        assert "Choose at least one contribution." in said(none, 409)
        null = send(client, edition, oases.receipt, name="\x00", take=take)
        assert "Null characters are not allowed" in said(null)
        assert "not one of the available choices" in said(others)
        assert Contribution.objects.exclude(grouped_under=NO_TEXT).count() == 0

    def test_nobody_else_adopts(
        self, client: Client, edition: Edition, today: datetime
    ) -> None:
        oases, omar, _sara = three(edition, today)
        sent = {"name": "Water", "take": [oases.receipt]}

        assert omar.author is not None
        stranger = send(client, edition, oases.receipt, **sent)
        client.force_login(omar.author)
        author = send(client, edition, oases.receipt, **sent)

        assert "/account/login/" in stranger.headers["Location"]
        assert author.status_code == 403
        with pytest.raises(operations.NotTheSecretariat):
            operations.group_under(
                contributions=[oases],
                theme=LocalizedText.of("en", "Water"),
                grouped_by=omar.author,
                at=today,
            )
        oases.refresh_from_db()
        assert not oases.grouped_under
