"""Equal shares over a file of ballots: what is chosen, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from montada.djangokit.refusals import Refusal
from montada.programme.adapters.ballot_files import ballot_rows
from montada.programme.engine.shares.ballot_rows import BallotProblem, ballots_of_rows
from montada.programme.engine.shares.completion import Selection, selection
from montada.programme.engine.shares.election import election
from montada.programme.engine.shares.endowments import HALF, Endowment, groupings
from montada.programme.engine.shares.ledger import as_json, ledger
from montada.programme.engine.shares.reasons import reasons
from montada.programme.queries.shares_sentences import (
    sentence_of_problem,
    why_most_supported,
    why_not_chosen,
    why_paid_for,
)

MOST_SEATS = 100_000


class BallotRefused(Refusal):
    code = "programme.ballot_refused"
    message = _("Row %(row)s: %(why)s")


class SeatsOutOfRange(Refusal):
    code = "programme.seats_out_of_range"
    message = _("Ask for 0 to %(most)s places.")


class MixOutOfRange(Refusal):
    code = "programme.mix_out_of_range"
    message = _("The mix is a number from 0 (per group) to 1 (per voter).")


@dataclass(frozen=True, slots=True)
class Shares:
    """A choice, and what is said of it."""

    choice: Selection
    endowment: Endowment

    def as_json(self) -> dict[str, Any]:
        """Return the answer as commands print it for programs."""
        return as_json(self.choice, self.endowment)

    def ledger(self) -> dict[str, Any]:
        """Return the whole record: rules, every round, why others have no place."""
        return {
            "endowment": self.endowment,
            **ledger(self.choice),
            "not_chosen": [
                asdict(reason) for reason in reasons(self.choice).not_chosen
            ],
        }

    def lines(self) -> Iterator[str]:
        """Yield the answer as lines for a terminal."""
        told = reasons(self.choice)
        yield self._summary()
        for paid in told.paid_for:
            yield f"{paid.round:>4}  {paid.proposal}: {why_paid_for(paid)}"
        for taken in told.most_supported:
            yield f"{taken.round:>4}  {taken.proposal}: {why_most_supported(taken)}"
        for refused in told.not_chosen:
            yield f"   –  {refused.proposal}: {why_not_chosen(refused)}"

    def _summary(self) -> str:
        n_chosen = len(self.choice.chosen)
        return ngettext(
            "%(n)s of %(proposals)s proposals is chosen for %(places)s places; "
            "the endowments were multiplied by %(factor)s.",
            "%(n)s of %(proposals)s proposals are chosen for %(places)s places; "
            "the endowments were multiplied by %(factor)s.",
            n_chosen,
        ) % {
            "n": n_chosen,
            "proposals": len(self.choice.election.ballots.proposals),
            "places": f"{self.choice.election.money:.0f}",
            "factor": f"{self.choice.factor:.3f}",
        }


def shares_of(
    path: Path, *, seats: int, endowment: Endowment, mix: float = HALF, seed: int = 1
) -> Shares:
    """
    Return the choice that the ballots in a CSV file make.

    Raises
    ------
    SeatsOutOfRange, MixOutOfRange, BallotRefused
    montada.djangokit.tables and table_files: what a file is refused for
    """
    if not 0 <= seats <= MOST_SEATS:
        raise SeatsOutOfRange(most=f"{MOST_SEATS:,}")
    if not 0 <= mix <= 1:
        raise MixOutOfRange
    try:
        ballots = ballots_of_rows(ballot_rows(path))
    except BallotProblem as problem:
        raise BallotRefused(
            row=problem.row, why=sentence_of_problem(problem)
        ) from problem
    money = groupings(ballots, endowment, mix)
    choice = selection(election(ballots, seats, money, seed=seed))
    return Shares(choice, endowment)
