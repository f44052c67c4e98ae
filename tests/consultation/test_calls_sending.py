"""Contributions are sent, signed, and entered for others."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from montada.consultation import operations, queries
from montada.consultation.models import Contribution
from montada.edition.models import Edition
from montada.participation import operations as people
from montada.participation.models import Message, Organisation, Person, Role
from tests.factories.consultation import (
    WORDS,
    a_draft_input,
    an_identity,
    an_input,
    an_open_edition,
    call_of,
)
from tests.factories.labels import suggest
from tests.factories.participation import (
    make_administrator,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


class TestSending:
    def test_it_gets_a_number_and_its_author_and_the_secretariat_are_told(
        self, edition: Edition, now: datetime
    ) -> None:
        make_administrator(language="fr")
        nadia = make_person("Nadia", language="ar", timezone="Africa/Cairo")

        row = an_input(nadia, edition, at=now)

        assert row.receipt == f"2027-C{row.pk:05d}"
        assert (row.state, row.submitted_at) == ("submitted", now)
        letters = Message.objects.order_by("pk").values_list("template", "language")
        assert list(letters) == [
            ("consultation_received", "ar"),
            ("consultation_to_decide", "fr"),
        ]
        body = Message.objects.get(language="ar").body
        # Geneva is at 10:00 when it is 09:00 in UTC, and Cairo at 11:00.
        assert row.receipt in body
        assert "10:00" in body
        assert "11:00" in body

    def test_what_is_missing_is_told_answer_by_answer(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        draft = a_draft_input(
            nadia,
            edition,
            at=now,
            kind="session",
            answers={
                "mode": "hybrid",
                "session_type": "other",
                "remote_minutes": "ten",
            },
            signed_as="organisation",
            stakeholder_group_id=None,
        )

        with pytest.raises(operations.ContributionNotReady) as refused:
            operations.submit_contribution(
                contribution=draft, submitted_by=nadia, at=now
            )

        assert {p.key: p.fact for p in refused.value.problems} == {
            "organisation_name": "missing",
            "stakeholder_group_id": "missing",
            "expected_outcomes": "missing",
            "other_format": "missing",
            "remote_minutes": "not_a_number",
            "action_lines": "missing",
            "binding": "missing",
        }
        draft.refresh_from_db()
        assert (draft.state, draft.receipt) == ("draft", "")

    def test_what_was_not_asked_is_let_go_when_it_is_sent(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        row = an_input(
            nadia,
            edition,
            at=now,
            answers={
                "innovations": ["youth"],
                "innovation_words": "Kept while a draft",
            },
        )

        assert queries.answers_of(row) == {
            "title": "Networks of oases",
            "summary": WORDS,
            "innovations": ["youth"],
        }

    def test_the_window_is_the_calls_own(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        call, draft = call_of(edition), a_draft_input(nadia, edition, at=now)
        begin: dict[str, Any] = {"call": call, "written_in": "en", "begun_by": nadia}
        after, before = now + timedelta(days=30), now - timedelta(days=31)

        with pytest.raises(operations.CallClosed):
            operations.begin_contribution(**begin, at=after)
        with pytest.raises(operations.CallNotOpen):
            operations.begin_contribution(**begin, at=before)
        with pytest.raises(operations.CallClosed):
            operations.submit_contribution(
                contribution=draft, submitted_by=nadia, at=after
            )
        last = after - timedelta(seconds=1)
        sent = operations.submit_contribution(
            contribution=draft, submitted_by=nadia, at=last
        )
        assert sent.state == "submitted"

    def test_sent_words_change_no_more(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        row = an_input(nadia, edition, at=now)

        with pytest.raises(operations.ContributionSent):
            operations.submit_contribution(contribution=row, submitted_by=nadia, at=now)
        with pytest.raises(operations.ContributionSent):
            operations.discard_contribution(
                contribution=row, discarded_by=nadia, at=now
            )


class TestSigning:
    def test_an_organisation_is_found_or_named_and_its_author_remembered(
        self, edition: Edition, now: datetime
    ) -> None:
        author = make_person("", email="new@example.org")

        row = an_input(
            author,
            edition,
            at=now,
            signed_as="organisation",
            organisation_name="Oasis Union",
        )

        named = Organisation.objects.get()
        author.refresh_from_db()
        assert (str(named.name), named.country_id) == ("Oasis Union", "EGY")
        assert named.stakeholder_group_id == "civil"
        assert (row.organisation, author.organisation) == (named, named)
        assert author.name == "Nadia"
        again = operations.begin_contribution(
            call=call_of(edition, "review"), written_in="en", begun_by=author, at=now
        )
        assert (again.organisation_name, again.signed_as) == (
            "Oasis Union",
            "organisation",
        )
        assert (again.author_name, again.stakeholder_group_id) == ("Nadia", "civil")

    def test_only_its_focal_point_speaks_for_a_state(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        amina = make_person("Amina")
        make_role(amina, "focal_point", country_id="EGY")
        state: dict[str, Any] = {"at": now, "signed_as": "state"}

        for author, country in ((nadia, "EGY"), (amina, "TUN")):
            with pytest.raises(operations.NotTheFocalPoint):
                an_input(author, edition, country_id=country, **state)
        row = an_input(amina, edition, country_id="EGY", **state)

        assert row.stakeholder_group_id == "government"
        [counted] = queries.counted(edition.pk)
        assert (counted.signed_as, counted.seat) == ("state", "itu-arab")

    def test_the_technical_community_is_a_group_of_its_own(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        an_input(nadia, edition, at=now, stakeholder_group_id="technical")

        found = {b.name: b.rows for b in queries.totals(edition, "en").breakdowns}
        assert [(row.value, row.n) for row in found["group"]] == [("technical", 1)]


def test_answers_to_what_is_no_longer_asked_stay_when_it_is_sent_again(
    edition: Edition, nadia: Person, now: datetime
) -> None:
    salma = make_administrator()
    row = an_input(nadia, edition, at=now, answers={"goals": ["4"]})
    goals = next(q for q in queries.questions_of(row.call) if q.key == "goals")
    operations.remove_question(question=goals, removed_by=salma, at=now)
    operations.ask_contribution_change(
        contribution=row, words="Name the speakers.", asked_by=salma, at=now
    )

    operations.submit_contribution(contribution=row, submitted_by=nadia, at=now)

    assert queries.answers_of(row)["goals"] == ["4"]


def _entered(
    edition: Edition, at: datetime, author: Person | None = None
) -> Contribution:
    """What somebody of the secretariat begins to write down for somebody else."""
    return operations.enter_contribution(
        call=call_of(edition),
        written_in="en",
        author=author,
        entered_by=make_administrator("Layla"),
        at=at,
    )


class TestEntering:
    def test_after_the_deadline_only_the_secretariat_enters_with_a_note(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        salma, late = make_administrator(), now + timedelta(days=31)
        enter: dict[str, Any] = {
            "call": call_of(edition),
            "written_in": "en",
            "author": nadia,
            "at": late,
        }
        with pytest.raises(operations.NotTheSecretariat):
            operations.enter_contribution(**enter, entered_by=nadia)
        row = operations.enter_contribution(**enter, entered_by=salma)
        save: dict[str, Any] = {
            "contribution": row,
            "answers": {"title": "By post", "summary": WORDS},
            "saved_by": salma,
            "at": late,
        }
        operations.save_contribution(**save, identity=an_identity(), revision=0)
        with pytest.raises(operations.ContributionNotReady) as refused:
            operations.submit_contribution(
                contribution=row, submitted_by=salma, at=late
            )
        assert [p.key for p in refused.value.problems] == ["entry_note"]

        told = an_identity(entry_note="The letter was late.")
        operations.save_contribution(**save, identity=told, revision=1)
        sent = operations.submit_contribution(
            contribution=row, submitted_by=salma, at=late
        )

        assert (sent.is_late, sent.entry_note) == (True, "The letter was late.")
        # The author hears of it; the account of the secretariat is not changed.
        assert Message.objects.filter(person=nadia).count() == 1
        salma.refresh_from_db()
        assert salma.name == "Salma"

    def test_what_was_begun_in_time_and_is_sent_after_the_deadline_is_late(
        self, edition: Edition, now: datetime
    ) -> None:
        row, salma = _entered(edition, now), make_administrator()
        late = now + timedelta(days=31)
        save: dict[str, Any] = {
            "contribution": row,
            "answers": {"title": "By post", "summary": WORDS},
            "saved_by": row.entered_by,
        }
        send: dict[str, Any] = {"contribution": row, "submitted_by": row.entered_by}
        save["contribution"] = operations.save_contribution(
            **save, identity=an_identity(), revision=0, at=now
        )
        assert not save["contribution"].is_late
        with pytest.raises(operations.ContributionNotReady) as refused:
            operations.submit_contribution(**send, at=late)
        assert [p.key for p in refused.value.problems] == ["entry_note"]

        told = an_identity(entry_note="It lay in the post.")
        saved = operations.save_contribution(**save, identity=told, revision=1, at=late)
        assert saved.is_late
        sent = operations.submit_contribution(**send, at=late)
        assert sent.is_late
        assert queries.totals(edition, "en").n_late == 1

        # What came late stays late when it is changed and sent again.
        operations.ask_contribution_change(
            contribution=sent, words="Name the speakers.", asked_by=salma, at=late
        )
        assert operations.submit_contribution(**send, at=now).is_late

    def test_after_the_deadline_its_author_and_who_left_the_secretariat_do_not_send_it(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        row, late = _entered(edition, now, author=nadia), now + timedelta(days=31)
        layla = row.entered_by
        assert layla is not None
        operations.save_contribution(
            contribution=row,
            identity=an_identity(entry_note="By post."),
            answers={"title": "By post", "summary": WORDS},
            revision=0,
            saved_by=layla,
            at=late,
        )
        Role.objects.all().delete()
        gone = Person.objects.get(pk=layla.pk)

        for sender in (nadia, gone):
            with pytest.raises(operations.CallClosed):
                operations.submit_contribution(
                    contribution=row, submitted_by=sender, at=late
                )

    def test_labels_are_confirmed_into_answers(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        draft = a_draft_input(nadia, edition, at=now)
        suggest(draft, "C2", "9", at=now, words="oases")

        decide: dict[str, Any] = {"contribution": draft, "decided_by": nadia, "at": now}
        operations.decide_suggestion(
            **decide, axis="action_line", code="C2", is_confirmed=True
        )
        operations.decide_suggestion(
            **decide, axis="goal", code="9", is_confirmed=False
        )

        assert queries.answers_of(draft)["action_lines"] == ["C2"]
        understood = queries.understood(draft)
        assert [(one.code, one.is_stated) for one in understood] == [("C2", True)]


def test_who_leaves_the_forum_leaves_words_without_a_name(
    edition: Edition, nadia: Person, now: datetime
) -> None:
    row = an_input(nadia, edition, at=now, position="Engineer", gender="woman")
    a_draft_input(nadia, edition, at=now)

    people.erase_person(person=nadia, erased_by=nadia, at=now)

    [left] = queries.contributions_of(edition)
    assert (left.pk, left.author_name, left.position, left.gender) == (
        row.pk,
        "",
        "",
        "",
    )
    assert queries.answers_of(left)["summary"] == WORDS
    assert Contribution.objects.count() == 1
