"""What was decided about proposals, and which appeals wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from montada.consultation.engine.life import may_follow
from montada.consultation.queries.appeals import (
    appeal_waits,
    appeal_window,
    window_of,
)
from montada.programme.choices import OF_CHOICE, ProposalState
from montada.programme.models import Proposal, ProposalDecision, SharesRun
from montada.programme.queries.choosing_words import shares_reason
from montada.programme.queries.proposals import organises

if TYPE_CHECKING:
    from montada.participation.models import Person

OF_SHARES = frozenset({*OF_CHOICE, "balance", "other", "no_place"})
"""Reasons beside which is told what the choice by equal shares says."""


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """
    A decision as its reader sees it.

    `shares` is what equal shares said then, "" where they were not the reason; `words`
    are the committee's, "" where they say the same. `run` is the number of the choice,
    where everybody may read it: see `is_told`.
    """

    decision: ProposalDecision
    shares: str
    words: str
    run: int | None = None


@dataclass(frozen=True, slots=True)
class AppealShown:
    """
    How an appeal against the newest decision stands.

    `until` is a moment by the clock of the edition. It is made on the page of the
    request that has this `receipt`, or where there is none, on the proposal's.
    """

    until: datetime
    receipt: str
    is_waiting: bool
    may_be_made: bool
    """By the reader, now."""
    is_readers: bool
    """To make it is for the reader, now or ever: of a request, for its author alone."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal that nobody has answered."""

    proposal: Proposal
    words: str
    language: str
    made_at: datetime


def decisions_of(proposal: Proposal) -> list[ProposalDecision]:
    """Return the decisions about a proposal, the newest first."""
    return list(proposal.decisions.all())


def decisions_shown(proposal: Proposal, reader: str) -> list[DecisionShown]:
    """Return the decisions about a proposal in the reader's words. Two queries each."""
    return [_shown(one, proposal, reader) for one in decisions_of(proposal)]


def _shown(
    decision: ProposalDecision, proposal: Proposal, reader: str
) -> DecisionShown:
    run = _run_before(decision, proposal) if decision.reason in OF_SHARES else None
    said = shares_reason(proposal, reader, run)
    if not said:
        return DecisionShown(decision, "", decision.words)
    is_same = decision.words == shares_reason(
        proposal, decision.language or reader, run
    )
    words = "" if is_same else decision.words
    is_theirs = decision.reason in OF_CHOICE
    return DecisionShown(decision, said, words, run.pk if run and is_theirs else None)


def _run_before(decision: ProposalDecision, proposal: Proposal) -> SharesRun | None:
    rows = SharesRun.objects.filter(edition=proposal.edition_id, is_simulation=False)
    return rows.filter(made_at__lte=decision.decided_at).first()


def appeal_shown(
    proposal: Proposal, person: Person | Any, at: datetime
) -> AppealShown | None:
    """Return how an appeal stands, None where there is nothing to appeal."""
    if proposal.state != ProposalState.DECLINED:
        return None
    zone, request = proposal.edition.zone, proposal.contribution
    if request is not None and request.receipt:
        window = appeal_window(request)
        if window is None:
            return None
        is_readers = person.is_authenticated and person.pk == request.author_id
        may = is_readers and window.is_open_at(at)
        until = window.until.astimezone(zone)
        return AppealShown(until, request.receipt, window.is_waiting, may, is_readers)
    newest = proposal.decisions.first()
    if newest is None or newest.appeal_until is None:
        return None
    is_made = newest.appealed_at is not None
    is_readers = organises(person, proposal)
    may = is_readers and not is_made and at < newest.appeal_until
    until = newest.appeal_until.astimezone(zone)
    return AppealShown(until, "", is_made, may, is_readers)


def has_appealed(proposal: Proposal) -> bool:
    """Return whether an appeal against the newest decision waits for an answer."""
    newest = proposal.decisions.first()
    if newest is not None and newest.appealed_at is not None:
        return True
    return proposal.contribution is not None and appeal_waits(proposal.contribution)


def request_may_be(outcome: str, request: Any) -> bool:
    """
    Return whether a request can follow its proposal, which is accepted or declined.

    One that was declined can only if its author appealed.
    """
    if request.state == ProposalState.DECLINED:
        return appeal_waits(request)
    return may_follow(request.state, outcome)


def appeals_waiting(edition: Any) -> list[ProposalDecision]:
    """
    Return the appeals that nobody has answered, the oldest first. One query.

    Those that were made on the page of a request are not among them: see
    `all_appeals`.
    """
    newest = ProposalDecision.objects.filter(proposal=OuterRef("proposal"))
    return list(
        ProposalDecision.objects.filter(
            proposal__edition=edition,
            proposal__state=ProposalState.DECLINED,
            appealed_at__isnull=False,
            pk=Subquery(newest.values("pk")[:1]),
        )
        .select_related("proposal")
        .order_by("appealed_at", "pk")
    )


def all_appeals(edition: Any) -> list[Appeal]:
    """Return the appeals that wait, wherever made, the oldest first. Three queries."""
    found = [
        Appeal(row.proposal, row.appeal, "", row.appealed_at)
        for row in appeals_waiting(edition)
        if row.appealed_at is not None
    ]
    declined = Proposal.objects.filter(
        edition=edition,
        state=ProposalState.DECLINED,
        contribution__state=ProposalState.DECLINED,
    )
    rows = declined.select_related("contribution")
    for row in rows.prefetch_related("contribution__steps"):
        steps = list(row.contribution.steps.all()) if row.contribution else []
        window = window_of(steps)
        if window is not None and window.is_waiting:
            last = steps[-1]
            found.append(Appeal(row, last.words, last.language, last.happened_at))
    return sorted(found, key=lambda one: one.made_at)
