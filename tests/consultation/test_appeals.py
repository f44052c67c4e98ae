"""An author appeals, once and in time; the secretariat sees it and answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from montada.audit.queries import entries_about
from montada.consultation import operations, queries
from montada.consultation.models import Contribution
from montada.consultation.operations.publishing import publish_contribution
from montada.consultation.operations.words import WordsTooMany
from montada.edition.models import Edition
from montada.language.models import IndexedText
from montada.participation.models import Message, Person
from tests.factories.consultation import (
    accept,
    an_input,
    an_open_edition,
    decline,
    merge,
)
from tests.factories.participation import make_person

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def edition(today: datetime) -> Edition:
    return an_open_edition(today)


@pytest.fixture
def declined(
    edition: Edition, nadia: Person, salma: Person, today: datetime
) -> Contribution:
    return decline(an_input(nadia, edition, at=today), salma, today)


def appeal(row: Contribution, by: Person, at: datetime, words: str = "Look.") -> Any:
    return operations.appeal(contribution=row, words=words, appealed_by=by, at=at)


def waiting(edition: Edition) -> list[Contribution]:
    return list(queries.waiting(edition))


def test_the_letter_says_until_when(declined: Contribution, nadia: Person) -> None:
    window = queries.appeal_window(declined)
    assert window is not None

    until = window.until.astimezone(declined.call.edition.zone)
    letter = Message.objects.filter(person=nadia).latest("pk")
    assert queries.moment_in_words(until) in letter.body
    assert "You may appeal until" in letter.body


def test_an_appeal_waits_for_the_secretariat_and_is_told_to_it(
    declined: Contribution,
    edition: Edition,
    nadia: Person,
    salma: Person,
    today: datetime,
) -> None:
    assert waiting(edition) == []

    appeal(declined, nadia, today, "Two of the five withdrew.")

    assert waiting(edition) == [declined]
    letter = Message.objects.filter(person=salma).latest("pk")
    assert letter.subject == "Appeal: Networks of oases"
    assert "Two of the five withdrew." in letter.body
    names = [step.name for step in queries.trace(declined)]
    assert names == ["Received", "Declined", "Appeal of its author"]
    assert entries_about(declined)[0].action == "consultation.contribution_appealed"


@pytest.mark.parametrize("is_accepted", [True, False])
def test_its_answer_ends_it(
    declined: Contribution,
    edition: Edition,
    nadia: Person,
    salma: Person,
    today: datetime,
    is_accepted: bool,
) -> None:
    appeal(declined, nadia, today)
    later = today + timedelta(hours=1)

    answered = (accept if is_accepted else decline)(declined, salma, later)

    assert answered.state == ("accepted" if is_accepted else "declined")
    assert waiting(edition) == []
    with pytest.raises(operations.NothingToAppeal):
        appeal(declined, nadia, later)
    (row,) = queries.public_rows(edition, "en")
    assert row["reason"] == ("" if is_accepted else "no_place")


@pytest.mark.parametrize("reason", ["no_place", "withdrawn"])
def test_what_was_declined_is_not_accepted_unless_its_author_appeals(
    edition: Edition, nadia: Person, salma: Person, today: datetime, reason: str
) -> None:
    row = operations.decline_contribution(
        contribution=an_input(nadia, edition, at=today),
        reason=reason,
        words="See the letter.",
        declined_by=salma,
        at=today,
    )

    with pytest.raises(operations.ContributionMovedOn):
        accept(row, salma, today + timedelta(days=60))

    row.refresh_from_db()
    assert row.state == "declined"
    assert [step for step, _said in queries.steps_open(row)] == ["group"]


def test_an_ordinary_decline_is_found_by_searches_whatever_came_before(
    declined: Contribution, nadia: Person, salma: Person, today: datetime
) -> None:
    # As it stands where what its author took back was accepted all the same.
    declined.steps.filter(state="declined").update(reason="withdrawn")
    publish_contribution(contribution=declined)
    assert not _is_found(declined)
    declined.steps.create(state="accepted", happened_at=today + timedelta(hours=1))
    Contribution.objects.filter(pk=declined.pk).update(state="accepted")
    row = decline(declined, salma, today + timedelta(hours=2))
    assert _is_found(row)

    appeal(row, nadia, today + timedelta(hours=3))
    publish_contribution(contribution=row)
    assert _is_found(row)


def _is_found(row: Contribution) -> bool:
    return IndexedText.objects.filter(kind="contribution", key=row.receipt).exists()


def test_declined_anew_after_it_was_accepted_it_may_be_appealed_again(
    declined: Contribution, nadia: Person, salma: Person, today: datetime
) -> None:
    appeal(declined, nadia, today)
    accept(declined, salma, today + timedelta(hours=1))
    decline(declined, salma, today + timedelta(hours=2))

    appeal(declined, nadia, today + timedelta(hours=3))


@pytest.mark.parametrize(("n", "status"), [(2000, 302), (2001, 409)])
def test_a_reason_is_as_long_for_its_form_as_for_what_is_kept(
    client: Client, edition: Edition, nadia: Person, salma: Person, n: int, status: int
) -> None:
    row = an_input(nadia, edition, at=timezone.now())
    address = f"/en/consultation/inputs/{row.receipt}/"
    client.force_login(salma)
    page = client.get(address).content.decode()
    # As browsers send an end of a line: one sign where it was typed.
    words = "Full.\r\n" + "x" * (n - 6)

    sent = client.post(
        f"{address}decide/", {"step": "decline", "reason": "no_place", "words": words}
    )

    assert 'maxlength="2000"' in page
    assert sent.status_code == status
    row.refresh_from_db()
    assert row.state == ("declined" if status == 302 else "submitted")
    if status == 302:
        with pytest.raises(WordsTooMany):
            appeal(row, nadia, timezone.now(), "x" * 2001)
        appeal(row, nadia, timezone.now(), "x" * 2000)


def test_who_when_and_what_is_refused(
    declined: Contribution,
    edition: Edition,
    nadia: Person,
    salma: Person,
    today: datetime,
) -> None:
    with pytest.raises(operations.NotYourContribution):
        appeal(declined, make_person("Omar"), today)
    with pytest.raises(operations.AppealTooLate):
        appeal(declined, nadia, today + WEEK)
    for empty in ("", " \n", "\x00\u202e"):
        with pytest.raises(operations.WordsNeeded):
            appeal(declined, nadia, today, empty)
    other = an_input(nadia, edition, at=today)
    with pytest.raises(operations.NothingToAppeal):
        appeal(other, nadia, today)
    with pytest.raises(operations.ContributionMovedOn):
        decline(declined, salma, today)
    appeal(declined, nadia, today + WEEK - timedelta(seconds=1))


def test_what_its_author_took_back_is_not_appealed(
    edition: Edition, nadia: Person, salma: Person, today: datetime
) -> None:
    row = operations.decline_contribution(
        contribution=an_input(nadia, edition, at=today),
        reason="withdrawn",
        words="As asked.",
        declined_by=salma,
        at=today,
    )
    assert queries.appeal_window(row) is None


def test_the_author_appeals_on_its_page_and_the_worklist_shows_it(
    client: Client, declined: Contribution, nadia: Person, salma: Person
) -> None:
    client.force_login(nadia)
    page = f"/en/consultation/inputs/{declined.receipt}/"
    assert "Its author may appeal until" in client.get(page).content.decode()
    assert "Send" in client.get(f"{page}appeal/").content.decode()

    assert client.post(f"{page}appeal/", {"words": "Look again."}).status_code == 302
    shown = client.get(page).content.decode()
    assert "the secretariat has not answered yet" in shown
    assert f"{page}appeal/" not in shown
    again = client.post(f"{page}appeal/", {"words": "And again."})
    assert again.status_code == 409

    client.force_login(salma)
    assert (
        "Its author appeals" in client.get("/en/consultation/waiting/").content.decode()
    )
    assert 'value="decline"' in client.get(page).content.decode()
    client.force_login(make_person("Omar"))
    assert client.get(f"{page}appeal/").status_code == 404


class TestMerged:
    """The author of what was merged into another appeals."""

    @pytest.fixture
    def whole(self, edition: Edition, today: datetime) -> Contribution:
        return an_input(make_person("Omar"), edition, at=today)

    @pytest.fixture
    def merged(
        self,
        edition: Edition,
        whole: Contribution,
        nadia: Person,
        salma: Person,
        today: datetime,
    ) -> Contribution:
        row = an_input(nadia, edition, at=today)
        return merge(row, whole, salma, today)

    def answer(
        self, row: Contribution, by: Person, at: datetime, *, is_upheld: bool
    ) -> Contribution:
        return operations.answer_merge_appeal(
            contribution=row, is_upheld=is_upheld, words="Read.", answered_by=by, at=at
        )

    def test_the_letter_says_until_when_and_the_worklist_shows_the_appeal(
        self, merged: Contribution, edition: Edition, nadia: Person, today: datetime
    ) -> None:
        letter = Message.objects.filter(person=nadia).latest("pk")
        assert "You may appeal until" in letter.body
        before = waiting(edition)

        appeal(merged, nadia, today, "Ours is about schools.")

        assert (merged in before, merged in waiting(edition)) == (False, True)
        names = [step.name for step in queries.trace(merged)]
        assert names == ["Received", "Merged into another", "Appeal of its author"]

    def test_upheld_it_is_taken_apart_and_waits_on_its_own(
        self,
        merged: Contribution,
        whole: Contribution,
        edition: Edition,
        nadia: Person,
        salma: Person,
        today: datetime,
    ) -> None:
        appeal(merged, nadia, today)

        row = self.answer(merged, salma, today + timedelta(hours=1), is_upheld=True)

        assert (row.state, row.merged_into, queries.merged_below(whole)) == (
            "resubmitted",
            None,
            [],
        )
        assert row in waiting(edition)
        letter = Message.objects.filter(person=nadia).latest("pk")
        assert letter.subject == "Taken apart again: Networks of oases"
        assert accept(row, salma, today + timedelta(hours=2)).state == "accepted"

    def test_refused_it_stays_merged_for_good(
        self,
        merged: Contribution,
        whole: Contribution,
        edition: Edition,
        nadia: Person,
        salma: Person,
        today: datetime,
    ) -> None:
        appeal(merged, nadia, today)
        later = today + timedelta(hours=1)

        row = self.answer(merged, salma, later, is_upheld=False)

        assert (row.state, row.merged_into) == ("merged", whole)
        assert merged not in waiting(edition)
        with pytest.raises(operations.NothingToAppeal):
            appeal(merged, nadia, later)
        with pytest.raises(operations.ContributionMovedOn):
            self.answer(merged, salma, later, is_upheld=True)

    def test_who_and_when_is_refused(
        self, merged: Contribution, nadia: Person, salma: Person, today: datetime
    ) -> None:
        with pytest.raises(operations.ContributionMovedOn):
            self.answer(merged, salma, today, is_upheld=True)
        with pytest.raises(operations.NotYourContribution):
            appeal(merged, make_person("Eve"), today)
        with pytest.raises(operations.AppealTooLate):
            appeal(merged, nadia, today + WEEK)
        appeal(merged, nadia, today)
        with pytest.raises(operations.NotTheSecretariat):
            self.answer(merged, nadia, today, is_upheld=True)
        with pytest.raises(operations.WordsNeeded):
            operations.answer_merge_appeal(
                contribution=merged,
                is_upheld=True,
                words=" \x00",
                answered_by=salma,
                at=today,
            )

    def test_the_page_offers_both_answers_and_takes_one(
        self, client: Client, merged: Contribution, nadia: Person, salma: Person
    ) -> None:
        page = f"/en/consultation/inputs/{merged.receipt}/"
        client.force_login(salma)
        assert 'value="apart"' not in client.get(page).content.decode()
        client.force_login(nadia)
        client.post(f"{page}appeal/", {"words": "Ours is about schools."})

        client.force_login(salma)
        listed = client.get("/en/consultation/waiting/").content.decode()
        assert listed.count("Its author appeals") == 1
        shown = client.get(page).content.decode()
        assert 'value="apart"' in shown
        assert 'value="stay"' in shown
        sent = {"step": "apart", "words": "You are right."}
        assert client.post(f"{page}decide/", sent).status_code == 302
        assert "Received again" in client.get(page).content.decode()
