"""Deciding about many proposals at once: each as if alone, and nothing passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.choices import ProposalState
from montada.programme.models import Proposal, SharesRun
from montada.programme.operations.decisions import accept_proposal, decline_proposal
from montada.programme.operations.permitted import check_secretariat
from montada.programme.queries.choosing_words import REASON_OF, sentences_of

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_AT_ONCE = 2_000


class OnlySimulated(Refusal):
    code = "programme.only_simulated"
    message = _("This choice only says what would be: keep it for the committee first.")


class TooManyAtOnce(Refusal):
    code = "programme.too_many_at_once"
    message = _("Decide about at most %(most)s proposals at once.")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A proposal about which nothing was decided, and why."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class Together:
    """What came of deciding about many: numbers of those decided, and the others."""

    decided: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def decide_together(
    *,
    proposals: Sequence[Proposal],
    outcome: str,
    reason: str,
    words: str,
    decided_by: Person | None,
    at: datetime,
) -> Together:
    """
    Accept or decline several, each as if alone; who cannot be is named, with why.

    Raises
    ------
    TooManyAtOnce
    """
    wishes = [(row, outcome, reason, words) for row in proposals]
    return _together(wishes, decided_by, at)


def accept_chosen(
    *, run: SharesRun, decided_by: Person | None, at: datetime
) -> Together:
    """
    Accept all that a choice chose, each with its own reason in the decider's language.

    What cannot be accepted any more is named, with why: nothing is passed over.

    Raises
    ------
    NotTheSecretariat, OnlySimulated, TooManyAtOnce
    """
    check_secretariat(decided_by, run.edition)
    if run.is_simulation:
        raise OnlySimulated
    reader = decided_by.language if decided_by else "en"
    said = sentences_of(run.result, reader)
    told = run.result["told"]
    chosen = [name for name, one in told.items() if one["kind"] in REASON_OF]
    rows = Proposal.objects.filter(edition=run.edition, reference__in=chosen)
    wishes = [
        (row, "accepted", REASON_OF[told[row.reference]["kind"]], said[row.reference])
        for row in rows
    ]
    done = _together(wishes, decided_by, at)
    gone = sorted(set(chosen) - {row.reference for row, *_rest in wishes})
    why = str(_("It is not there any more."))
    missed = tuple(LeftOut(reference, why) for reference in gone)
    return Together(done.decided, (*done.left_out, *missed))


def _together(
    wishes: Sequence[tuple[Proposal, str, str, str]],
    decided_by: Person | None,
    at: datetime,
) -> Together:
    if len(wishes) > MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE)
    decided, left_out = [], []
    for row, outcome, reason, words in wishes:
        act = accept_proposal if outcome == ProposalState.ACCEPTED else decline_proposal
        try:
            act(proposal=row, reason=reason, words=words, decided_by=decided_by, at=at)
        except Refusal as refusal:
            left_out.append(LeftOut(row.reference, str(refusal)))
        else:
            decided.append(row.reference)
    return Together(tuple(decided), tuple(left_out))
