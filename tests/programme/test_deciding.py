"""Deciding: about all that was chosen, about many, places by right, appeals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from montada.consultation import operations as consultation
from montada.edition.models import Edition
from montada.framework.models import ActionLine
from montada.participation.models import Message, Person
from montada.programme import operations, queries
from montada.programme.models import (
    PlaceByRight,
    ProgrammeRules,
    Proposal,
    ProposalOrganiser,
    SharesRun,
)
from montada.programme.operations.appeals import AppealOnRequest
from montada.programme.operations.places import (
    NotARight,
    RightOfOthers,
    RightTooLate,
    RightUsedUp,
)
from montada.programme.operations.requests import DecidedInProgramme
from montada.programme.operations.together import OnlySimulated
from montada.programme.queries import (
    choosing,
    choosing_words,
)
from tests.factories.consultation import accept, an_open_edition, decline, merge
from tests.factories.edition import make_edition, make_outsider, make_secretary, text
from tests.factories.organisations import make_organisation
from tests.factories.participation import make_person
from tests.factories.programme import make_kind, make_proposal
from tests.programme.choosing_asked import NOW, choose, chosen, two_sides
from tests.programme.test_proposals import a_request

pytestmark = pytest.mark.django_db


def test_all_that_was_chosen_is_accepted_and_what_cannot_be_is_named(
    edition: Edition, salma: Person
) -> None:
    first, second, third = two_sides(edition)
    run = choose(edition, n_places=3, endowment="group")
    assert set(chosen(run)) == {one.reference for one in (first, second, third)}
    operations.withdraw_proposal(proposal=second, withdrawn_by=salma, at=NOW)

    done = operations.accept_chosen(run=run, decided_by=salma, at=NOW)

    assert set(done.decided) == {first.reference, third.reference}
    assert [one.reference for one in done.left_out] == [second.reference]
    assert done.left_out[0].why.startswith("This does not follow")
    (decision,) = queries.decisions_of(third)
    assert (decision.reason, decision.words) == (
        "shares",
        choosing_words.shares_reason(third, "en", run),
    )
    again = operations.accept_chosen(run=run, decided_by=salma, at=NOW)
    assert (len(again.decided), len(again.left_out)) == (0, 3)


def test_the_most_support_is_not_called_paid_for(
    edition: Edition, salma: Person
) -> None:
    rows = two_sides(edition)
    run = choose(edition, endowment="voter")
    operations.accept_chosen(run=run, decided_by=salma, at=NOW)
    reasons = {
        run.result["told"][row.reference]["kind"]: queries.decisions_of(row)[0].reason
        for row in rows[:2]
    }
    assert reasons == {"paid": "shares", "support": "support"}


def test_more_support_that_was_not_paid_for_is_a_reason_of_its_own(
    edition: Edition, salma: Person
) -> None:
    rows = two_sides(edition)
    run = choose(edition, endowment="group")
    (unpaid,) = (row for row in rows if row.reference not in chosen(run))
    # Per group each side owns one place, which the twelve spend on the other one.
    assert choosing_words.unpaid_in(run.result) == [unpaid.reference]
    assert choosing_words.reason_of(unpaid.reference, run) == "unpaid"
    said = choosing_words.shares_reason(unpaid, "en", run)
    assert said.endswith(
        f"12 supporters have 0 left of 1 (0.0%), having spent most on {chosen(run)[0]} "
        "(1); for its cost of 1 their endowment would have to be 100% larger."
    )
    operations.decline_proposal(
        proposal=unpaid, reason="unpaid", words=said, decided_by=salma, at=NOW
    )
    (shown,) = queries.decisions_shown(unpaid, "en")
    assert (shown.decision.reason, shown.shares, shown.run) == ("unpaid", said, run.pk)
    assert choosing.is_told(run)


def test_a_choice_that_was_kept_before_it_told_of_more_support_is_read_still(
    edition: Edition,
) -> None:
    row = two_sides(edition)[0]
    told = choose(edition, endowment="group", n_places=1).result["told"]
    (of_row,) = (told[one] for one in told if one == row.reference)
    before = {n: v for n, v in of_row.items() if n not in ("owned", "is_above")}

    assert choosing_words.why_chosen(before | {"kind": "not"}, {}).startswith("Its 12")


def test_a_simulation_accepts_nothing(edition: Edition, salma: Person) -> None:
    two_sides(edition)
    run = choose(edition, is_simulation=True)
    with pytest.raises(OnlySimulated):
        operations.accept_chosen(run=run, decided_by=salma, at=NOW)
    assert choosing.run_of_committee(edition) is None


def test_everybody_reads_a_choice_once_decisions_follow_it(
    edition: Edition, salma: Person
) -> None:
    two_sides(edition)
    run = choose(edition)
    assert not choosing.is_told(run)
    operations.accept_chosen(run=run, decided_by=salma, at=NOW)
    assert choosing.is_told(run)


def test_a_choice_that_was_replaced_before_it_was_decided_is_not_told(
    edition: Edition, salma: Person
) -> None:
    two_sides(edition)
    replaced = choose(edition, endowment="group")
    SharesRun.objects.filter(pk=replaced.pk).update(made_at=NOW - timedelta(hours=1))
    run = choose(edition)
    operations.accept_chosen(run=run, decided_by=salma, at=NOW)
    replaced.refresh_from_db()
    assert (choosing.is_told(replaced), choosing.is_told(run)) == (False, True)


def test_a_decision_tells_what_equal_shares_said_in_the_readers_language(
    edition: Edition, salma: Person
) -> None:
    _first, _second, third = two_sides(edition)
    run = choose(edition, endowment="group")
    operations.accept_chosen(run=run, decided_by=salma, at=NOW)
    choose(edition, endowment="group").delete()
    (shown,) = queries.decisions_shown(third, "en")
    # The same words twice would be noise.
    assert (shown.shares[:22], shown.words) == ("Paid for by 6 supporte", "")


def test_several_are_declined_together_with_one_reason(
    edition: Edition, salma: Person
) -> None:
    rows = two_sides(edition)
    Proposal.objects.filter(pk=rows[0].pk).update(state="withdrawn")
    done = operations.decide_together(
        proposals=rows,
        outcome="declined",
        reason="no_place",
        words="Three asked for each place.",
        decided_by=salma,
        at=NOW,
    )
    assert (len(done.decided), [one.reference for one in done.left_out]) == (
        2,
        [rows[0].reference],
    )


def test_a_place_by_right_is_given_taken_back_and_never_twice(
    edition: Edition, salma: Person
) -> None:
    right = PlaceByRight.objects.create(
        edition=edition, holder="host", name=text("Host"), n_places=1
    )
    first, second = make_proposal(edition), make_proposal(edition)

    def give(row: Proposal, right: PlaceByRight | None) -> None:
        operations.give_place(proposal=row, right=right, given_by=salma, at=NOW)

    give(first, right)
    with pytest.raises(RightUsedUp):
        give(second, right)
    give(first, None)
    give(second, right)
    other = PlaceByRight.objects.create(
        edition=make_edition("2028"), holder="host", name=text("Host")
    )
    with pytest.raises(NotARight):
        give(first, other)
    Proposal.objects.update(state="accepted")
    with pytest.raises(RightTooLate):
        give(first, None)
    with pytest.raises(operations.NotTheSecretariat):
        operations.give_place(
            proposal=first, right=None, given_by=make_outsider(), at=NOW
        )


def test_places_of_a_line_or_an_organisation_are_for_nobody_else(
    edition: Edition,
) -> None:
    net = make_organisation("Net")
    of_net = PlaceByRight.objects.create(
        edition=edition, holder="co_organiser", name=text("Net"), organisation=net
    )
    of_line = PlaceByRight.objects.create(
        edition=edition, holder="facilitator", name=text("C2"), action_line_id="C2"
    )
    row = make_proposal(edition)
    for right in (of_net, of_line):
        with pytest.raises(RightOfOthers):
            operations.give_place(proposal=row, right=right, given_by=None, at=NOW)
    row.action_lines.set(ActionLine.objects.filter(code="C2"))
    operations.give_place(proposal=row, right=of_line, given_by=None, at=NOW)
    ProposalOrganiser.objects.create(
        proposal=row, organisation=net, asked_at=NOW, accepted_at=NOW
    )
    operations.give_place(proposal=row, right=of_net, given_by=None, at=NOW)
    row.refresh_from_db()
    assert row.by_right == of_net


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_request_is_not_decided_about_beside_its_proposal(
    client: Client, now: datetime, is_accepted: bool
) -> None:
    edition = an_open_edition(now)
    make_kind(edition, lengths=[45, 60])
    salma = make_secretary()
    request = a_request(make_person("Nadia"), edition, now, signed_as="person")
    (row,) = operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    if is_accepted:
        operations.accept_proposal(
            proposal=row, reason="merit", decided_by=salma, at=now
        )
    request.refresh_from_db()
    before = request.state

    with pytest.raises(DecidedInProgramme):
        decline(request, salma, now)
    client.force_login(salma)
    page = client.post(
        f"/en/consultation/inputs/{request.receipt}/decide/",
        {"step": "decline", "reason": "no_place", "words": "Full."},
    )

    assert page.status_code == 409
    assert f"proposal {row.reference} of the programme" in page.content.decode()
    request.refresh_from_db()
    assert request.state == before


def test_a_request_goes_the_way_of_its_proposal(now: datetime) -> None:
    edition = an_open_edition(now)
    make_kind(edition, lengths=[45, 60])
    nadia, salma = make_person("Nadia"), make_secretary()
    request = a_request(nadia, edition, now, signed_as="person")
    other = a_request(nadia, edition, now, signed_as="person")
    (row, _other) = operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    # Before the committee decides, what says the same is merged where it came in.
    merge(other, request, salma, now)
    operations.decline_proposal(
        proposal=row, reason="no_place", words="Full.", decided_by=salma, at=now
    )
    consultation.appeal(contribution=request, words="Look.", appealed_by=nadia, at=now)

    with pytest.raises(DecidedInProgramme):
        accept(request, salma, now)
    operations.accept_proposal(
        proposal=row, reason="merit", decided_by=salma, at=now + timedelta(days=1)
    )

    request.refresh_from_db()
    assert request.state == "accepted"
    with pytest.raises(DecidedInProgramme):
        merge(request, other, salma, now)


@pytest.mark.parametrize(("days", "is_heard"), [(21, True), (14, False), (0, False)])
def test_an_appeal_on_the_request_has_the_time_that_the_rules_give(
    now: datetime, days: int, is_heard: bool
) -> None:
    edition = an_open_edition(now)
    make_kind(edition, lengths=[45, 60])
    ProgrammeRules.objects.create(edition=edition, appeal_days=days)
    nadia, salma = make_person("Nadia"), make_secretary()
    request = a_request(nadia, edition, now, signed_as="person")
    (row,) = operations.take_in_requests(edition=edition, taken_by=salma, at=now)
    operations.decline_proposal(
        proposal=row, reason="no_place", words="x" * 2000, decided_by=salma, at=now
    )
    row.refresh_from_db()
    request.refresh_from_db()

    letter = Message.objects.filter(template="consultation_declined").get()
    assert ("You may appeal until" in letter.body) == (days > 0)
    shown = queries.appeal_shown(row, nadia, now)
    until = now + timedelta(days=days)
    assert (shown.until if shown else None) == (until if days else None)
    appeal: dict[str, Any] = {
        "words": "Look.",
        "appealed_by": nadia,
        "at": now + timedelta(days=14),
    }
    if not is_heard:
        refused = consultation.AppealTooLate if days else consultation.NothingToAppeal
        with pytest.raises(refused):
            consultation.appeal(contribution=request, **appeal)
        return
    with pytest.raises(AppealOnRequest):
        operations.appeal_decision(proposal=row, **appeal)
    consultation.appeal(contribution=request, **appeal)
    (waits,) = queries.all_appeals(edition)
    assert waits.proposal == row


def test_an_appeal_on_the_request_waits_for_the_committee_and_is_answered(
    now: datetime,
) -> None:
    edition = an_open_edition(now)
    make_kind(edition, lengths=[45, 60])
    nadia, salma = make_person("Nadia"), make_secretary()
    a_request(nadia, edition, now, signed_as="person")
    (row,) = operations.take_in_requests(edition=edition, taken_by=salma, at=now)

    def decline(at: datetime) -> None:
        operations.decline_proposal(
            proposal=row, reason="unpaid", words="Full.", decided_by=salma, at=at
        )

    decline(now)
    # To the consultation it is one of many reasons why there is no place.
    request = row.contribution
    assert request is not None
    assert [one.reason for one in request.steps.all()][-1] == "no_place"
    row.refresh_from_db()
    shown = queries.appeal_shown(row, nadia, now)
    assert shown is not None
    assert (bool(shown.receipt), shown.may_be_made) == (True, True)
    assert row.contribution is not None
    consultation.appeal(
        contribution=row.contribution,
        words="Ours is the only one from the Sahel.",
        appealed_by=nadia,
        at=now + timedelta(days=1),
    )
    (appeal,) = queries.all_appeals(edition)
    assert (appeal.proposal, appeal.words[:8]) == (row, "Ours is ")
    decline(now + timedelta(days=2))
    assert queries.all_appeals(edition) == []
