"""A statement goes where it belongs, and several that say the same become one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from montada.audit.queries import entries_about
from montada.consultation import operations, queries
from montada.consultation.models import (
    Call,
    Contribution,
    Statement,
    StatementRules,
)
from montada.consultation.operations.moderation import (
    DecidedAlready,
    HeldByAnother,
    ReplacementUnknown,
    open_statement,
    take_up,
)
from montada.consultation.operations.moving import (
    AuthorUnknown,
    CallElsewhere,
    NothingToMerge,
    merge_statements,
    move_statement,
)
from montada.consultation.operations.statements import propose_statement
from montada.consultation.operations.voting import cast_vote
from montada.consultation.queries.statements import replaced_by
from montada.edition.models import Edition
from montada.participation.models import Message, Person
from tests.factories.consultation import an_open_edition, call_of
from tests.factories.edition import make_edition, make_phase
from tests.factories.participation import make_person
from tests.factories.statements import a_seed, a_statement

pytestmark = pytest.mark.django_db

WORDS = "Give our village network a stand in the exhibition"


@pytest.fixture
def edition(today: datetime) -> Edition:
    return an_open_edition(today)


@pytest.fixture
def stands(edition: Edition) -> Call:
    return call_of(edition, "exhibition")


@pytest.fixture
def eve() -> Person:
    return make_person("Zaynab", language="ar")


@pytest.fixture
def waiting(edition: Edition, eve: Person, today: datetime) -> Statement:
    return propose_statement(
        edition=edition, text=WORDS, language="en", author=eve, at=today
    )


def move(one: Statement, call: Call, by: Person, at: datetime) -> Contribution:
    return move_statement(
        statement=one, call=call, note="A stand is asked for here.", moved_by=by, at=at
    )


class TestMoving:
    def test_its_author_finds_it_as_a_draft_and_is_told_in_their_language(
        self,
        waiting: Statement,
        stands: Call,
        eve: Person,
        salma: Person,
        today: datetime,
    ) -> None:
        draft = move(waiting, stands, salma, today)

        waiting.refresh_from_db()
        assert (waiting.state, waiting.moved_to) == ("declined", draft)
        assert (draft.state, draft.call, draft.author) == ("draft", stands, eve)
        assert (str(draft.title), draft.language) == (WORDS, "en")
        assert {a.question.key: a.value for a in draft.answers.all()} == {
            "title": WORDS,
            "summary": WORDS,
        }
        letter = Message.objects.get(person=eve)
        with translation.override("ar"):
            assert str(stands.get_kind_display()) in letter.body
        assert letter.language == "ar"
        assert f"/ar/consultation/drafts/{draft.pk}/" in letter.body
        assert "A stand is asked for here." in letter.body

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("word " * 95 + "end", "word " * 78 + "word…"),
            ("词" * 450, "词" * 399 + "…"),
            ("one two " + "x" * 392, "one two " + "x" * 392),
            ("one two " + "x" * 393, "one two " + "x" * 391 + "…"),
        ],
    )
    def test_a_long_one_begins_the_title_and_stays_whole_below_it(
        self,
        edition: Edition,
        stands: Call,
        salma: Person,
        today: datetime,
        text: str,
        title: str,
    ) -> None:
        StatementRules.objects.create(edition=edition, longest=500)
        one = propose_statement(
            edition=edition,
            text=text,
            language="zh",
            author=make_person("Mei"),
            at=today,
        )

        draft = move(one, stands, salma, today)

        assert str(draft.title) == title
        assert queries.answers_of(draft) == {"title": title, "summary": text}

    def test_what_was_open_is_retired_with_its_votes(
        self, edition: Edition, stands: Call, salma: Person, today: datetime
    ) -> None:
        one = a_statement(edition, WORDS, at=today)
        cast_vote(statement=one, person=make_person("Omar"), value=1, at=today)

        move(one, stands, salma, today)

        one.refresh_from_db()
        assert (one.state, one.votes.count()) == ("retired", 1)
        assert [row.reason for row in one.decisions.all()] == ["other_call", ""]

    def test_who_wrote_it_stays_their_own(
        self,
        client: Client,
        edition: Edition,
        stands: Call,
        eve: Person,
        salma: Person,
        today: datetime,
    ) -> None:
        one = a_statement(edition, WORDS, at=today, author=eve)
        draft = move(one, stands, salma, today)

        entries = [*entries_about(one), *entries_about(draft)]
        assert eve not in [entry.actor for entry in entries]
        public = [
            client.get(address).content.decode()
            for address in (
                f"/en/consultation/statements/{one.pk}/",
                "/en/consultation/statements/log/",
            )
        ]
        for shown in public:
            assert "Space in the exhibition" in shown
            assert f"/drafts/{draft.pk}/" not in shown
            assert "Zaynab" not in shown
        client.force_login(eve)
        mine = client.get("/en/consultation/statements/mine/").content.decode()
        assert f"/drafts/{draft.pk}/" in mine
        page = client.get(f"/en/consultation/drafts/{draft.pk}/").content.decode()
        assert "A moderator moved your statement here" in page

    def test_what_cannot_be_moved(
        self,
        waiting: Statement,
        edition: Edition,
        stands: Call,
        salma: Person,
        today: datetime,
    ) -> None:
        with pytest.raises(AuthorUnknown):
            move(a_seed(edition), stands, salma, today)
        other = make_edition(slug="other")
        make_phase(other, today - timedelta(days=1), today + timedelta(days=1))
        operations.open_calls(edition=other, at=today)
        with pytest.raises(CallElsewhere):
            move(waiting, call_of(other), salma, today)
        with pytest.raises(operations.CallClosed):
            move(waiting, stands, salma, today + timedelta(days=40))
        take_up(statement=waiting, taken_by=make_person("Other"), at=today)
        with pytest.raises(HeldByAnother):
            move(waiting, stands, salma, today)
        move(waiting, stands, salma, today + timedelta(hours=1))
        with pytest.raises(DecidedAlready):
            move(waiting, stands, salma, today + timedelta(hours=1))
        assert Contribution.objects.count() == 1

    def test_a_draft_that_is_thrown_away_leaves_the_decision(
        self,
        waiting: Statement,
        stands: Call,
        eve: Person,
        salma: Person,
        today: datetime,
    ) -> None:
        draft = move(waiting, stands, salma, today)
        operations.discard_contribution(contribution=draft, discarded_by=eve, at=today)

        waiting.refresh_from_db()
        assert (waiting.state, waiting.moved_to) == ("declined", None)

    def test_a_moderator_moves_it_from_its_page(
        self, client: Client, waiting: Statement, stands: Call, salma: Person
    ) -> None:
        client.force_login(salma)
        address = f"/en/consultation/statements/{waiting.pk}/decide/"
        assert "Move to another call" in client.get(address).content.decode()

        refused = client.post(address, {"step": "move", "call": ""})
        assert refused.status_code == 409
        client.post(address, {"step": "move", "call": str(stands.pk), "note": ""})

        assert Contribution.objects.get().call == stands


class TestMerging:
    def test_several_become_one_and_stay_as_they_were(
        self, edition: Edition, eve: Person, salma: Person, today: datetime
    ) -> None:
        kept = a_statement(edition, "Pay the travel of speakers", at=today)
        second = a_statement(edition, "Speakers travel for free", at=today, author=eve)
        third = a_seed(edition, "Cover the travel of those who speak")
        fourth = propose_statement(
            edition=edition,
            text="Travel costs should be covered",
            language="en",
            author=eve,
            at=today,
        )

        done = merge_statements(
            statements=[second, third, fourth],
            into=kept,
            note="All ask for the same.",
            merged_by=salma,
            at=today,
        )

        assert [one.step for one in done] == ["retired", "retired", "declined"]
        for one in (second, third, fourth):
            words, author = str(one.text), one.author
            one.refresh_from_db()
            assert (str(one.text), one.author) == (words, author)
            assert one.in_favour_of == kept
        # Words of what was not taken up are its author's alone.
        assert replaced_by(kept) == [second, third]

    def test_the_survivors_page_shows_what_it_takes_the_place_of_at_any_depth(
        self, client: Client, edition: Edition, salma: Person, today: datetime
    ) -> None:
        first = a_statement(edition, "Pay the travel of speakers", at=today)
        second = a_statement(edition, "Speakers travel for free", at=today)
        third = a_statement(edition, "Cover the costs of speaking", at=today)
        for one, into in ((first, second), (second, third)):
            merge_statements(
                statements=[one], into=into, note="", merged_by=salma, at=today
            )

        shown = client.get(f"/en/consultation/statements/{third.pk}/").content.decode()

        for one in (first, second):
            assert f'href="/en/consultation/statements/{one.pk}/"' in shown
            assert str(one.text) in shown

    def test_all_or_none(
        self, edition: Edition, salma: Person, today: datetime
    ) -> None:
        kept = a_statement(edition, "Pay the travel of speakers", at=today)
        second = a_statement(edition, "Speakers travel for free", at=today)
        gone = a_statement(edition, "Cover the costs of speaking", at=today)
        merge_statements(
            statements=[gone], into=kept, note="", merged_by=salma, at=today
        )

        for others, into, refusal in (
            ([second, gone], kept, DecidedAlready),
            ([second, kept], kept, ReplacementUnknown),
            ([second], gone, ReplacementUnknown),
            ([], kept, NothingToMerge),
        ):
            with pytest.raises(refusal):
                merge_statements(
                    statements=others, into=into, note="", merged_by=salma, at=today
                )
        second.refresh_from_db()
        assert second.state == "open"

    def test_what_is_opened_again_stands_for_itself(
        self, edition: Edition, eve: Person, salma: Person, today: datetime
    ) -> None:
        kept = a_statement(edition, "Pay the travel of speakers", at=today)
        other = propose_statement(
            edition=edition, text=WORDS, language="en", author=eve, at=today
        )
        merge_statements(
            statements=[other], into=kept, note="", merged_by=salma, at=today
        )

        open_statement(statement=other, opened_by=salma, at=today)

        other.refresh_from_db()
        assert (other.state, other.in_favour_of) == ("open", None)

    @pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
    def test_a_moderator_merges_by_numbers(
        self,
        client: Client,
        edition: Edition,
        salma: Person,
        today: datetime,
        digits: str,
    ) -> None:
        kept = a_statement(edition, "Pay the travel of speakers", at=today)
        others = [
            a_statement(edition, words, at=today)
            for words in ("Speakers travel for free", "Cover the costs of speaking")
        ]
        client.force_login(salma)
        address = f"/en/consultation/statements/{kept.pk}/decide/"

        for broken in ("", "x", "²", "9" * 300, f"{others[0].pk} 999999"):
            answer = client.post(address, {"step": "merge", "others": broken})
            assert answer.status_code == 409
        numbers = " ".join(str(one.pk) for one in others)
        numbers = numbers.translate(str.maketrans("0123456789", digits))
        client.post(address, {"step": "merge", "others": numbers})

        assert replaced_by(kept) == others
