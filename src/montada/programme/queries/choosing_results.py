"""
What a choice by equal shares leaves behind: its result as plain JSON, without persons.

What fewer than five people of a group paid is told of several groups together, by the
rules that hold for votes in the consultation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from montada.programme.engine.shares.floors import Floored
from montada.programme.engine.shares.ledger import DIGITS, as_json, ledger_of_floors
from montada.programme.engine.shares.measures import gains
from montada.programme.engine.shares.reasons import reasons
from montada.programme.queries.ballots import may_be_told, told_groups, with_others


@dataclass(frozen=True, slots=True)
class Asked:
    """By what rules to choose; `floors` as `ProgrammeRules.floors`, in their order."""

    n_places: int
    mix: float = 0.5
    seed: int = 1
    floors: tuple[tuple[str, str, int], ...] = ()

    @classmethod
    def of(
        cls, n_places: int, mix: float, seed: int, floors: Sequence[Mapping[str, Any]]
    ) -> Asked:
        rows = [(row["axis"], row["value"], row["least"]) for row in floors]
        return cls(n_places, mix, seed, tuple(rows))


@dataclass(frozen=True, slots=True)
class GroupShare:
    """
    What one group has of a choice; small groups are one.

    `places` is what it paid, in places, with one decimal; `mean` how many chosen
    proposals one of its voters supports.
    """

    group: str
    n_voters: int
    places: float
    mean: float
    with_nothing: int


def result_in(floored: Floored, endowment: str, asked: Asked) -> dict[str, Any]:
    """
    Return a choice with all that it was made of.

    `chosen`, `unspent`, `factor`, `endowment` and `seed` are as the command prints
    them; `ledger` has every round; `told` says by reference why it was chosen or not,
    `floors` what the rules' floors changed, `shares` what each group has of it.
    """
    choice = floored.choice
    ballots = choice.election.ballots
    paid = _paid(floored)
    answer = as_json(choice, endowment)
    for bought, shares in zip(answer["chosen"], paid, strict=False):
        bought["paid_by"] = {group: round(s, DIGITS) for group, s in shares.items()}
    record = ledger_of_floors(floored)
    for one, shares in zip(record["rounds"], paid, strict=True):
        cost = one["cost"]
        one["paid"] = {g: round(s * cost, DIGITS) for g, s in shares.items()}
        one["left"] = round(sum(one["left"].values()), DIGITS)
    record["owned"] = _pooled(ballots.groups, told_groups(ballots), record["owned"])
    floors = {
        name: record.pop(name) for name in ("reserved", "gained", "lost", "unmet")
    }
    floors["asked"] = [
        {"axis": axis, "value": value, "least": least}
        for axis, value, least in asked.floors
    ]
    return {
        **answer,
        "ledger": record,
        "told": _told(floored, paid),
        "floors": floors,
        "shares": [asdict(one) for one in _shares(floored)],
        "n_voters": len(ballots.voters),
    }


def _paid(floored: Floored) -> list[dict[str, float]]:
    """Return for each purchase the part that each group paid; few payers are pooled."""
    ballots, run = floored.choice.election.ballots, floored.choice.run
    n_groups = len(ballots.groups)
    of = [ballots.group_of[purchase.voters] for purchase in run.purchases]
    counts = np.zeros((n_groups, len(of)), dtype=np.int64)
    amounts = np.zeros((n_groups, len(of)))
    for number, (groups, purchase) in enumerate(zip(of, run.purchases, strict=True)):
        counts[:, number] = np.bincount(groups, minlength=n_groups)
        paid = np.bincount(groups, purchase.paid, n_groups)
        amounts[:, number] = paid / paid.sum()
    is_told = may_be_told(counts)
    return [
        with_others(ballots.groups, amounts[:, number], is_told[:, number])
        for number in range(len(of))
    ]


def _pooled(
    groups: Sequence[str], told: Sequence[str], amounts: Mapping[str, float]
) -> dict[str, float]:
    pooled: dict[str, float] = {}
    for group, name in zip(groups, told, strict=True):
        pooled[name] = round(pooled.get(name, 0.0) + amounts[group], DIGITS)
    return pooled


def _told(floored: Floored, paid: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """Return by reference why it was chosen or not, as facts for a sentence."""
    found = reasons(floored.choice)
    told: dict[str, Any] = {}
    for bought, shares in zip(found.paid_for, paid, strict=True):
        by_share = sorted(shares.items(), key=lambda part: (-part[1], part[0]))
        facts = {**asdict(bought), "parts": [list(part) for part in by_share]}
        told[bought.proposal] = {"kind": "paid", **facts}
    for taken in found.most_supported:
        told[taken.proposal] = {"kind": "support", **asdict(taken)}
    for refused in found.not_chosen:
        told[refused.proposal] = {"kind": "not", **asdict(refused)}
    names = floored.choice.election.ballots.proposals
    for one in floored.reserved:
        told[names[one.proposal]] = {"kind": "floor", "floor": one.floor}
    return told


def _shares(floored: Floored) -> list[GroupShare]:
    """Return what each group has of a choice, with what floors brought in."""
    ballots = floored.choice.election.ballots
    told = told_groups(ballots)
    rows: dict[str, GroupShare] = {}
    for name, gain in zip(told, gains(floored.choice), strict=True):
        old = rows.get(name, GroupShare(name, 0, 0.0, 0.0, 0))
        n = old.n_voters + gain.n_voters
        supported = old.mean * old.n_voters + gain.mean_supported * gain.n_voters
        rows[name] = GroupShare(
            name,
            n,
            old.places + gain.bought,
            supported / n if n else 0.0,
            old.with_nothing + gain.with_nothing,
        )
    return [
        GroupShare(
            row.group,
            row.n_voters,
            round(row.places, 1),
            round(row.mean, 1),
            row.with_nothing,
        )
        for row in rows.values()
    ]
