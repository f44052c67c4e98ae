"""
The ledger: every round of a choice, so that anybody can count again.

It is made of plain values (JSON), and kept as the audit record of a choice: what each
group owned, then round by round what was bought at which price, who could pay, what
each group paid and has left, and which proposals were as cheap.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from montada.programme.engine.shares.ballots import FloatArray
from montada.programme.engine.shares.completion import Selection
from montada.programme.engine.shares.floors import Floored
from montada.programme.engine.shares.reasons import parts_of

VERSION = 1
"""Of this method; it changes whenever a choice could."""

DIGITS = 12
"""Decimals of money: below are roundings."""


def as_json(choice: Selection, endowment: str) -> dict[str, Any]:
    """
    Return the answer that `montada shares --json` prints.

    `rho` is null and `paid_by` empty where support, not money, gave the place.
    """
    names = choice.election.ballots.proposals
    bought = [
        {
            "proposal": names[purchase.proposal],
            "round": number,
            "rho": _rounded(purchase.rho),
            "paid_by": {
                part.group: _rounded(part.share) for part in parts_of(choice, purchase)
            },
        }
        for number, purchase in enumerate(choice.run.purchases, start=1)
    ]
    taken: list[dict[str, Any]] = [
        {"proposal": names[proposal], "round": number, "rho": None, "paid_by": {}}
        for number, proposal in enumerate(choice.by_support, start=len(bought) + 1)
    ]
    return {
        "chosen": [*bought, *taken],
        "unspent": _rounded(choice.unspent),
        "factor": _rounded(choice.factor),
        "endowment": endowment,
        "seed": choice.election.seed,
    }


def ledger(choice: Selection) -> dict[str, Any]:
    """Return the rules, what each group owned, every round, and what support gave."""
    election = choice.election
    names = election.ballots.proposals
    owned = choice.run.money * election.shares
    return {
        "version": VERSION,
        "seed": election.seed,
        "money": _rounded(election.money),
        "factor": _rounded(choice.factor),
        "owned": _by_group(choice, owned),
        "rounds": list(_rounds(choice, owned)),
        "by_support": [names[proposal] for proposal in choice.by_support],
        "unspent": _rounded(choice.unspent),
    }


def ledger_of_floors(floored: Floored) -> dict[str, Any]:
    """Return the ledger of a choice with floors, and what they changed."""
    names = floored.without.election.ballots.proposals
    return {
        **ledger(floored.choice),
        "reserved": [
            {"proposal": names[one.proposal], "floor": one.floor}
            for one in floored.reserved
        ],
        "gained": [names[proposal] for proposal in floored.gained],
        "lost": [names[proposal] for proposal in floored.lost],
        "unmet": {one.floor: one.missing for one in floored.unmet},
    }


def _rounds(choice: Selection, owned: FloatArray) -> list[dict[str, Any]]:
    ballots, left = choice.election.ballots, owned.copy()
    rounds = []
    for number, purchase in enumerate(choice.run.purchases, start=1):
        had = left[purchase.voters]
        left[purchase.voters] = had - purchase.paid
        paid = np.zeros(len(left))
        paid[purchase.voters] = purchase.paid
        equals = [p for p in purchase.tied if p != purchase.proposal]
        rounds.append(
            {
                "round": number,
                "proposal": ballots.proposals[purchase.proposal],
                "cost": _rounded(float(choice.election.costs[purchase.proposal])),
                "rho": _rounded(purchase.rho),
                "could_pay": len(purchase.voters),
                "they_had": _rounded(float(had.sum())),
                "paid": _by_group(choice, paid),
                "left": _by_group(choice, left),
                "as_cheap": [ballots.proposals[proposal] for proposal in equals],
            }
        )
    return rounds


def _by_group(choice: Selection, of_voter: FloatArray) -> dict[str, float]:
    ballots = choice.election.ballots
    sums = ballots.by_group(of_voter)
    return {
        group: _rounded(float(amount))
        for group, amount in zip(ballots.groups, sums, strict=True)
    }


def _rounded(number: float) -> float:
    return round(number, DIGITS) + 0.0
