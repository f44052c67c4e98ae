"""Contributions are counted, given away and said in rooms; who is missing is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from montada.consultation import operations, queries
from montada.consultation.engine.values import MeetingPlan
from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.participation.models import Message, Person
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
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


class TestCounting:
    def test_totals_say_what_became_of_all_by_both_regions(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        schedule(
            accept(
                an_input(
                    nadia, edition, at=now, country_id="CHE", region_id="itu-africa"
                ),
                salma,
                now,
            ),
            salma,
            now,
        )
        decline(an_input(nadia, edition, at=now, language="fr"), salma, now)
        an_input(nadia, edition, at=now, country_id=None, may_publish=False)

        it = queries.totals(edition, "en")

        assert (it.n, it.n_in_programme, it.n_declined, it.n_waiting) == (3, 1, 1, 1)
        rows = {
            b.name: [(row.value, row.n, row.n_in_programme) for row in b.rows]
            for b in it.breakdowns
        }
        assert rows["seat"] == [("itu-arab", 1, 0), ("itu-europe", 1, 1), ("", 1, 0)]
        assert rows["region"] == [("itu-africa", 1, 1), ("world", 2, 0)]
        assert rows["language"] == [("en", 2, 1), ("fr", 1, 0)]
        # Each breakdown counts every contribution once.
        assert {name: sum(n for _v, n, _p in r) for name, r in rows.items()} == (
            dict.fromkeys(rows, 3)
        )

    def test_drafts_are_not_counted(
        self, edition: Edition, nadia: Person, now: datetime
    ) -> None:
        operations.begin_contribution(
            call=call_of(edition), written_in="ar", begun_by=nadia, at=now
        )

        it = queries.totals(edition, "ar")

        assert (it.n, it.n_in_programme) == (0, 0)

    def test_voices_are_missing_where_nobody_spoke_or_too_few(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        for gender, group in (("woman", "civil"), ("man", "private"), ("", "io")):
            an_input(nadia, edition, at=now, gender=gender, stakeholder_group_id=group)
        operations.set_targets(
            edition=edition,
            targets=[
                ("gender", "woman", 50),
                ("group", "civil", 30),
                ("language", "fr", 10),
            ],
            set_by=salma,
            at=now,
        )

        missing = queries.participation(edition, "en").missing

        found = {(m.axis, m.value): m.least_percent for m in missing}
        assert found == {
            ("group", "government"): None,
            ("group", "academia"): None,
            ("group", "technical"): None,
            ("seat", "itu-africa"): None,
            ("seat", "itu-americas"): None,
            ("seat", "itu-asp"): None,
            ("seat", "itu-cis"): None,
            ("seat", "itu-europe"): None,
            # One of three is 33 %, less than half.
            ("gender", "woman"): 50,
            ("language", "fr"): 10,
        }

    def test_a_missing_voice_is_invited_in_its_language(
        self, edition: Edition, salma: Person, now: datetime
    ) -> None:
        operations.invite_missing_voice(
            edition=edition,
            email=" Voix@Example.org ",
            language="fr",
            axis="group",
            value="technical",
            words="Venez !",
            invited_by=salma,
            at=now,
        )

        letter = Message.objects.get()
        assert (letter.to_email, letter.language) == ("voix@example.org", "fr")
        assert "Communauté technique" in letter.body
        assert "Venez !" in letter.body
        assert "/fr/consultation/" in letter.body


class TestMeetings:
    def test_what_is_said_in_the_room_becomes_a_contribution(
        self, edition: Edition, salma: Person, now: datetime
    ) -> None:
        plan = MeetingPlan(
            title=LocalizedText.of("en", "First meeting"),
            starts_at=now,
            ends_at=now + timedelta(hours=1),
            documents=({"title": "Brief", "url": "https://example.org/brief"},),
        )
        with pytest.raises(operations.MeetingEndsFirst):
            operations.set_meeting(
                edition=edition,
                plan=MeetingPlan(title=plan.title, starts_at=now, ends_at=now),
                set_by=salma,
                at=now,
            )
        with pytest.raises(operations.NotTheSecretariat):
            operations.set_meeting(
                edition=edition, plan=plan, set_by=make_person("Eve"), at=now
            )
        meeting = operations.set_meeting(
            edition=edition, plan=plan, set_by=salma, at=now
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
        sent = operations.submit_contribution(
            contribution=row, submitted_by=salma, at=now
        )

        assert queries.said_in_room(meeting) == [sent]
        assert (sent.author, sent.is_late) == (None, False)
        assert queries.signed_in_words(sent, "en") == "A voice from the floor"


class TestOpenRows:
    def test_only_what_its_author_lets_be_read_is_given_away(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        hidden = an_input(nadia, edition, at=now, may_publish=False)
        open_one = an_input(nadia, edition, at=now, gender="woman")
        merge(open_one, hidden, salma, now)

        [row] = queries.public_rows(edition, "en")

        assert row["number"] == open_one.receipt
        assert (row["state"], row["merged_into"]) == ("merged", "")
        assert set(row) == set(queries.COLUMNS)
        assert "woman" not in row.values()
        assert nadia.email not in row.values()
