"""
The rules once more, slowly and exactly: fractions, no sparse arrays, no lazy prices.

Written from the definitions, to check the engine against. Ballots are tables of whole
numbers, one row a voter; `order` is the place of each proposal among equals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Table = Sequence[Sequence[int]]
_NONE = Fraction(0)


@dataclass
class Bought:
    chosen: list[int] = field(default_factory=list)
    rhos: list[Fraction] = field(default_factory=list)
    left: list[Fraction] = field(default_factory=list)


@dataclass(frozen=True)
class Exact:
    """An election in fractions."""

    table: Table
    costs: Sequence[int]
    shares: Sequence[Fraction]
    order: Sequence[int]

    def equal_shares(self, money: Fraction) -> Bought:
        result = Bought(left=[money * share for share in self.shares])
        while True:
            prices = {
                p: rho
                for p in range(len(self.costs))
                if p not in result.chosen
                and (rho := self._rho(p, result.left)) is not None
            }
            if not prices:
                return result
            best = min(prices, key=lambda p: (prices[p], self.order[p]))
            result.chosen.append(best)
            result.rhos.append(prices[best])
            result.left = [
                money - min(money, prices[best] * row[best])
                for money, row in zip(result.left, self.table, strict=True)
            ]

    def _rho(self, proposal: int, left: Sequence[Fraction]) -> Fraction | None:
        """Try every number of supporters, poorest first, who pay all they have."""
        payers = sorted(
            (money / row[proposal], money, row[proposal])
            for money, row in zip(left, self.table, strict=True)
            if row[proposal] > 0
        )
        for n_poor in range(len(payers)):
            missing = self.costs[proposal] - sum(
                money for _r, money, _u in payers[:n_poor]
            )
            rho = Fraction(missing) / sum(u for _r, _m, u in payers[n_poor:])
            if rho <= payers[n_poor][0]:
                return rho
        return None

    def add_one(self, money: Fraction, step: Fraction) -> tuple[Bought, Fraction]:
        """Raise by one step at a time, however often nothing changes."""
        endowment, result = money, self.equal_shares(money)
        while not self._exhausted(result, money):
            raised = self.equal_shares(endowment + step)
            if sum(self.costs[p] for p in raised.chosen) > money:
                break
            endowment, result = endowment + step, raised
        return result, endowment

    def _exhausted(self, result: Bought, money: Fraction) -> bool:
        rest = money - sum(self.costs[p] for p in result.chosen)
        return not any(
            self.costs[p] <= rest and any(row[p] for row in self.table)
            for p in range(len(self.costs))
            if p not in result.chosen
        )

    def by_support(self, taken: Sequence[int], money: Fraction) -> list[int]:
        chosen: list[int] = []
        rest = money - sum(self.costs[p] for p in taken)
        while True:
            support = {
                p: sum(
                    (
                        share * row[p]
                        for share, row in zip(self.shares, self.table, strict=True)
                    ),
                    _NONE,
                )
                / self.costs[p]
                for p in range(len(self.costs))
                if p not in taken and p not in chosen and self.costs[p] <= rest
            }
            support = {p: amount for p, amount in support.items() if amount}
            if not support:
                return chosen
            best = min(support, key=lambda p: (-support[p], self.order[p]))
            chosen.append(best)
            rest -= self.costs[best]

    def phragmen(self, money: int) -> list[int]:
        """Money flows in; who is rich enough first, takes."""
        emptied = [_NONE for _share in self.shares]
        taken: list[int] = []
        while True:
            moments: dict[int, Fraction] = {}
            for p, cost in enumerate(self.costs):
                supporters = [v for v, row in enumerate(self.table) if row[p]]
                if p in taken or not supporters:
                    continue
                saved = sum((self.shares[v] * emptied[v] for v in supporters), _NONE)
                income = sum((self.shares[v] for v in supporters), _NONE)
                moments[p] = (cost + saved) / income
            if not moments:
                return taken
            best = min(moments, key=lambda p: (moments[p], self.order[p]))
            if self.costs[best] > money:
                return taken
            money -= self.costs[best]
            taken.append(best)
            for voter, row in enumerate(self.table):
                if row[best]:
                    emptied[voter] = moments[best]
