"""
Money of one activity, flow by flow, in one currency, nothing counted twice.

Budget
    Sum of `budget` elements; where one of type "revised" has the period of an original,
    the original does not count (IATI: the revised budget has taken its place).
Transactions
    Each of the types in `codes.FLOWS` has its own sum; none is added to another: money
    comes in, is committed, and is spent, and is the same money each time. Negative
    values are corrections and are added as they are.
Currency
    A value's own, else the activity's default. Of several, the default's amounts are
    summed, without one those of the most frequent currency; nothing is converted, since
    the day's rate (`value-date`) is not in the file. Amounts in no currency are none.
What the record says
    Cost: the budget, else commitments, else planned disbursements. Funded: commitments
    (the promise of who reports), else incoming commitments, incoming funds,
    disbursements, expenditures: the first that is stated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.codes import (
    FLOWS,
    OTHER_TRANSACTIONS,
    REVISED_BUDGET,
)
from montada.stocktaking.engine.iati.dates import as_date, read_date
from montada.stocktaking.engine.iati.elements import (
    Parts,
    all_text,
    attribute,
    code,
)
from montada.stocktaking.engine.iati.values import Finding, Flows, Remarks
from montada.stocktaking.engine.record import Money

_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_YEAR = 366
"""Days of the longest budget period, both ends counted."""

Stated = Literal["budget", "commitments", "planned"]
_COST: tuple[Stated, ...] = ("budget", "commitments", "planned")
_FUNDED = (
    "commitments",
    "incoming_commitments",
    "incoming",
    "disbursements",
    "expenditures",
)


class _Amount(NamedTuple):
    kind: str
    currency: str
    value: Decimal


def as_number(words: str) -> Decimal | None:
    """Return a number of at most 15 digits before the point; `None` for other words."""
    plain = words.replace(",", "") if _THOUSANDS.fullmatch(words) else words
    return without_zeros(Decimal(plain)) if _NUMBER.fullmatch(plain) else None


def without_zeros(number: Decimal) -> Decimal:
    """Return the number as people write it: "2.5", "100", not "2.50", "1E+2"."""
    return Decimal(f"{number.normalize():f}") if number else Decimal(0)


def is_currency(words: str) -> bool:
    """Whether this has the form of a code of ISO 4217."""
    return bool(_CURRENCY.fullmatch(words))


def read_flows(activity: Parts, default_currency: str, remarks: Remarks) -> Flows:
    """Return what the activity states of its money, with remarks on what is odd."""
    reading = _Amounts(default_currency.upper(), remarks)
    amounts = [
        *reading.of_budgets(activity.get("budget", ())),
        *reading.of_plans(activity.get("planned-disbursement", ())),
        *reading.of_transactions(activity.get("transaction", ())),
    ]
    currencies = Counter(amount.currency for amount in amounts)
    if not currencies:
        return Flows()
    if len(currencies) > 1:
        remarks.add(Finding.SEVERAL_CURRENCIES, ", ".join(sorted(currencies)))
    default = reading.default
    currency = default if default in currencies else currencies.most_common(1)[0][0]
    sums: dict[str, Decimal] = {}
    for amount in amounts:
        if amount.currency == currency:
            sums[amount.kind] = sums.get(amount.kind, Decimal(0)) + amount.value
    return Flows(currency=currency, **sums)


def money_of(flows: Flows, donors: tuple[str, ...], remarks: Remarks) -> Money:
    """Return what a record says of these flows; a negative sum says nothing."""
    budget = _first_of(flows, _COST, remarks)
    funded = _first_of(flows, _FUNDED, remarks)
    is_stated = budget is not None or funded is not None
    return Money(budget, flows.currency if is_stated else "", funded, donors=donors)


def _first_of(flows: Flows, kinds: Iterable[str], remarks: Remarks) -> Decimal | None:
    for kind in kinds:
        total: Decimal | None = getattr(flows, kind)
        if total is not None and total < 0:
            remarks.add(Finding.NEGATIVE_TOTAL, f"{kind} {total}")
        elif total is not None:
            return total
    return None


class _Amounts:
    def __init__(self, default: str, remarks: Remarks) -> None:
        self.default = default
        self._remarks = remarks

    def of_budgets(self, elements: Sequence[Element]) -> Iterator[_Amount]:
        periods = [self._budget_period(element) for element in elements]
        is_revised = [attribute(one, "type") == REVISED_BUDGET for one in elements]
        revised = {
            period
            for period, new in zip(periods, is_revised, strict=True)
            if new and None not in period
        }
        rows = zip(elements, periods, is_revised, strict=True)
        for element, period, new in rows:
            amount = self._amount("budget", element.find("value"))
            if amount and (new or period not in revised):
                yield amount

    def of_plans(self, elements: Sequence[Element]) -> Iterator[_Amount]:
        for element in elements:
            amount = self._amount("planned", element.find("value"))
            if amount:
                yield amount

    def of_transactions(self, elements: Sequence[Element]) -> Iterator[_Amount]:
        for element in elements:
            stated = code(element.find("transaction-type")).upper()
            kind = FLOWS.get(stated, "")
            if not kind and stated not in OTHER_TRANSACTIONS:
                self._remarks.add(Finding.UNKNOWN_TRANSACTION_TYPE, stated)
            amount = self._amount(kind, element.find("value")) if kind else None
            if amount:
                yield amount

    def _budget_period(self, element: Element) -> tuple[date | None, date | None]:
        start = read_date(element.find("period-start"), self._remarks)
        end = read_date(element.find("period-end"), self._remarks)
        if start and end and end < start:
            self._remarks.add(Finding.DATES_REVERSED, f"{start} / {end}")
        elif start and end and (end - start).days + 1 > _YEAR:
            self._remarks.add(Finding.LONG_BUDGET, f"{start} / {end}")
        return start, end

    def _amount(self, kind: str, value: Element | None) -> _Amount | None:
        words = all_text(value)
        number = as_number(words)
        currency = attribute(value, "currency").upper() or self.default
        if number is None:
            self._remarks.add(Finding.BROKEN_AMOUNT, words)
            return None
        if not as_date(attribute(value, "value-date")):
            self._remarks.add(Finding.NO_VALUE_DATE, attribute(value, "value-date"))
        if not is_currency(currency):
            self._remarks.add(Finding.NO_CURRENCY, currency)
            return None
        return _Amount(kind, currency, number)
