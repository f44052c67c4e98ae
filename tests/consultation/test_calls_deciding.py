"""What the secretariat decides, how it is told, counted and traced."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from montada.audit.queries import entries_about
from montada.consultation import operations, queries
from montada.consultation.models import Contribution
from montada.edition.models import Edition
from montada.participation.models import Message, Person
from tests.factories.consultation import (
    WORDS,
    accept,
    an_input,
    an_open_edition,
    decline,
    merge,
    schedule,
)
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(now: datetime) -> Edition:
    return an_open_edition(now)


def states(row: Contribution) -> list[str]:
    return [step.state for step in queries.trace(row)]


class TestSteps:
    def test_a_contribution_goes_its_whole_way(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        row = an_input(nadia, edition, at=now)
        late = now + timedelta(days=60)
        told: dict[str, Any] = {"contribution": row, "at": late}

        operations.ask_contribution_change(
            **told, words="Name the speakers.", asked_by=salma
        )
        # The call is over by now: who was asked for a change may send it all the same.
        operations.submit_contribution(**told, submitted_by=nadia)
        accept(row, salma, late)
        schedule(row, salma, late)
        operations.confirm_contribution(**told, confirmed_by=nadia)
        operations.note_held(**told, noted_by=salma)
        operations.note_outcome(**told, words="A fund is founded.", noted_by=salma)

        assert states(row) == [
            "submitted",
            "change_asked",
            "resubmitted",
            "accepted",
            "scheduled",
            "confirmed",
            "held",
            "outcome",
        ]
        row.refresh_from_db()
        assert (row.state, row.submitted_at) == ("outcome", now)
        assert [
            letter.template.removeprefix("consultation_")
            for letter in Message.objects.filter(person=nadia).order_by("pk")
        ] == [
            "received",
            "change_asked",
            "received",
            "accepted",
            "scheduled",
            "confirmed",
            "held",
            "outcome",
        ]
        # Begun, sent, and the seven steps after it.
        assert entries_about(row).count() == 9

    def test_a_decline_needs_a_reason_from_the_list_and_words(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        row = an_input(nadia, edition, at=now)

        for reason, words in (("", "No."), ("because", "No."), ("no_place", " \x00")):
            with pytest.raises(operations.ReasonMissing):
                operations.decline_contribution(
                    contribution=row,
                    reason=reason,
                    words=words,
                    declined_by=salma,
                    at=now,
                )
        assert states(row) == ["submitted"]
        decline(row, salma, now)
        step = queries.trace(row)[-1]
        assert (step.reason, step.words) == (
            "More requests than places",
            "There were five requests for each place.",
        )
        body = Message.objects.get(template="consultation_declined").body
        assert "More requests than places" in body
        assert "There were five requests" in body
        # An appeal brings it back.
        operations.appeal(contribution=row, words="Look.", appealed_by=nadia, at=now)
        assert accept(row, salma, now).state == "accepted"

    def test_who_is_late_with_a_step_changes_nothing(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        row = an_input(nadia, edition, at=now)
        decline(row, salma, now)

        with pytest.raises(operations.ContributionMovedOn):
            decline(row, salma, now)
        with pytest.raises(operations.ContributionMovedOn):
            schedule(row, salma, now)
        with pytest.raises(operations.ContributionMovedOn):
            operations.confirm_contribution(
                contribution=row, confirmed_by=nadia, at=now
            )
        assert states(row) == ["submitted", "declined"]

    def test_only_the_secretariat_decides_and_only_the_author_confirms(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        row, eve = an_input(nadia, edition, at=now), make_person("Eve")

        for person in (nadia, eve):
            with pytest.raises(operations.NotTheSecretariat):
                accept(row, person, now)
        schedule(accept(row, salma, now), salma, now)
        with pytest.raises(operations.NotYourContribution):
            operations.confirm_contribution(contribution=row, confirmed_by=eve, at=now)

    def test_a_place_in_the_programme_has_a_time_or_an_address(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        row = accept(an_input(nadia, edition, at=now), salma, now)

        with pytest.raises(operations.SessionMissing):
            operations.schedule_contribution(
                contribution=row, session_at=None, scheduled_by=salma, at=now
            )


class TestMerging:
    def test_both_stay_as_they_were_and_their_authors_hear_what_follows(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        omar = make_person("Omar", language="fr")
        first = an_input(nadia, edition, at=now)
        second = an_input(omar, edition, at=now, author_name="Omar")

        merge(second, first, salma, now)
        schedule(accept(first, salma, now), salma, now)

        second.refresh_from_db()
        assert (second.state, second.merged_into) == ("merged", first)
        assert (second.author, second.receipt) == (omar, f"2027-C{second.pk:05d}")
        assert queries.answers_of(second)["summary"] == WORDS
        assert queries.merged_root(second) == first
        assert queries.merged_below(first) == [second]
        assert list(
            Message.objects.filter(person=omar)
            .order_by("pk")
            .values_list("template", flat=True)
        ) == [
            "consultation_received",
            "consultation_merged",
            "consultation_accepted",
            "consultation_scheduled",
        ]
        totals = queries.totals(edition, "en")
        assert (totals.n, totals.n_in_programme) == (2, 2)
        assert totals.n_merged_in_programme == 1

    def test_what_is_not_published_is_not_told_to_those_merged_into_it(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        omar = make_person("Omar")
        hidden = an_input(
            omar, edition, at=now, may_publish=False, answers={"title": "In confidence"}
        )
        row = an_input(nadia, edition, at=now)
        Message.objects.all().delete()

        merge(row, hidden, salma, now)
        decline(hidden, salma, now)

        merged, declined = Message.objects.filter(person=nadia).order_by("pk")
        assert "part of another that is not published" in merged.body
        assert declined.subject == "Declined: Networks of oases"
        assert row.receipt in declined.body
        for letter in (merged, declined):
            assert "In confidence" not in letter.subject + letter.body
            assert "five requests" not in letter.body
        (own,) = Message.objects.filter(person=omar)
        assert "In confidence" in own.subject
        assert "five requests" in own.body

    def test_its_page_names_no_other_that_is_not_published(
        self,
        client: Client,
        edition: Edition,
        nadia: Person,
        salma: Person,
        now: datetime,
    ) -> None:
        told: dict[str, Any] = {"may_publish": False}
        hidden = an_input(
            make_person("Omar"), edition, at=now, answers={"title": "Hidden"}, **told
        )
        row = an_input(nadia, edition, at=now)
        merge(row, hidden, salma, now)

        pages = []
        for reader in (nadia, salma):
            client.force_login(reader)
            page = client.get(f"/en/consultation/inputs/{row.receipt}/")
            pages.append(page.content.decode())
        assert "Hidden" not in pages[0]
        assert hidden.receipt not in pages[0]
        assert "Hidden" in pages[1]

    def test_what_was_merged_goes_on_with_that_into_which_it_was_merged(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        a, b, c = (an_input(nadia, edition, at=now) for _n in range(3))

        merge(a, b, salma, now)
        merge(b, c, salma, now)

        a.refresh_from_db()
        assert (a.merged_into, queries.merged_root(a)) == (b, c)
        assert {row.pk for row in queries.merged_below(c)} == {a.pk, b.pk}

    def test_nothing_is_merged_into_itself_its_part_or_what_is_no_more_on_its_way(
        self, edition: Edition, nadia: Person, salma: Person, now: datetime
    ) -> None:
        a, b, gone = (an_input(nadia, edition, at=now) for _n in range(3))
        merge(a, b, salma, now)
        decline(gone, salma, now)

        for target in (b, a):
            with pytest.raises(operations.MergedIntoItself):
                merge(b, target, salma, now)
        with pytest.raises(operations.MergedElsewhere):
            merge(b, gone, salma, now)
        other = an_open_edition(now, slug="2028", year=2028)
        elsewhere = an_input(nadia, other, at=now)
        with pytest.raises(operations.MergedElsewhere):
            merge(b, elsewhere, salma, now)
        b.refresh_from_db()
        assert (b.state, b.merged_into) == ("submitted", None)
