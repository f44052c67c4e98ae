"""What is wrong with a record, part by part: asked while writing and before sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from montada.language.engine.counting import n_words
from montada.language.engine.text import direction_of
from montada.stocktaking.engine.directions import direction_of_words
from montada.stocktaking.engine.record import TEXTS, Evidence, ProjectRecord, TextName
from montada.stocktaking.engine.values import YEARS, is_public_address

LONGEST_TITLE = 300
"""Characters."""
LONGEST_TEXT = 20_000
"""Characters of any other text: some fifteen pages of words without spaces."""
LARGEST_AMOUNT = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Limits:
    """What an edition rules; see `models.RegisterRules`."""

    summary_words_least: int = 20
    summary_words_most: int = 200
    text_words_most: int = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One broken rule.

    `part` is a part of the record, or "organisation", "country", "action_lines"; `code`
    names the rule and `details` what a sentence about it needs.
    """

    part: str
    code: str
    details: dict[str, Any] = field(default_factory=dict)
    is_needed_to_send: bool = False
    """Whether it only stands in the way of sending: a draft may have it."""


def problems_of(record: ProjectRecord, limits: Limits) -> list[Problem]:
    """Return the rules that a record breaks, in the order of its parts."""
    return [
        *_of_texts(record, limits),
        *_of_period(record),
        *_of_money(record),
        *(p for row in record.evidence for p in _of_evidence(row)),
        *_of_addresses(record),
        *_of_places(record),
    ]


def _of_texts(record: ProjectRecord, limits: Limits) -> Iterator[Problem]:
    if not record.title:
        yield Problem("title", "missing", is_needed_to_send=True)
    if not record.summary:
        yield Problem("summary", "missing", is_needed_to_send=True)
    for name in TEXTS:
        for language, wording in record.text(name).wordings.items():
            yield from _of_wording(name, language, wording.text, limits)


def _of_wording(
    name: TextName, language: str, words: str, limits: Limits
) -> Iterator[Problem]:
    longest = LONGEST_TITLE if name == "title" else LONGEST_TEXT
    if len(words) > longest:
        details = {"n": len(words), "most": longest}
        yield Problem(name, "too_long", details)
        return
    written = direction_of_words(words)
    if written and written != direction_of(language) != "auto":
        yield Problem(name, "wrong_direction", {"language": language})
    least, most = _bounds(name, limits)
    n = n_words(words)
    if n < least:
        details = {"n": n, "least": least}
        yield Problem(name, "too_few_words", details, is_needed_to_send=True)
    if n > most:
        details = {"n": n, "most": most}
        yield Problem(name, "too_many_words", details, is_needed_to_send=True)


def _bounds(name: TextName, limits: Limits) -> tuple[int, int]:
    """Return the least and the most words of a text."""
    if name == "title":
        return 1, LONGEST_TITLE
    if name == "summary":
        return limits.summary_words_least, limits.summary_words_most
    return 0, limits.text_words_most


def _of_period(record: ProjectRecord) -> Iterator[Problem]:
    first, last = record.starts_on, record.ends_on
    for part, day in (("starts_on", first), ("ends_on", last)):
        if day and day.year not in range(1980, YEARS[-1] + 1):
            yield Problem(part, "year_out_of_range", {"year": day.year})
    if first and last and last < first:
        yield Problem("ends_on", "ends_before_start")


def _of_money(record: ProjectRecord) -> Iterator[Problem]:
    money = record.money
    amounts = (money.budget, money.funded, money.own_share)
    if any(a is not None and not 0 <= a < LARGEST_AMOUNT for a in amounts):
        yield Problem("money", "amount_out_of_range")
    if any(amount is not None for amount in amounts) and not money.currency:
        yield Problem("money", "currency_missing")
    owned = money.own_share or Decimal(0)
    if money.budget is not None and owned > max(money.budget, Decimal(0)):
        yield Problem("money", "own_share_over_budget")


def _of_evidence(row: Evidence) -> Iterator[Problem]:
    if not row.indicator.strip():
        yield Problem("evidence", "indicator_missing")
    if row.value is None and row.baseline is None:
        yield Problem("evidence", "value_missing", {"indicator": row.indicator})


def _of_addresses(record: ProjectRecord) -> Iterator[Problem]:
    if record.website and not is_public_address(record.website):
        yield Problem("website", "address_broken")


def _of_places(record: ProjectRecord) -> Iterator[Problem]:
    for place in record.places:
        given = (place.latitude, place.longitude)
        if (given[0] is None) != (given[1] is None):
            yield Problem("places", "half_a_coordinate", {"place": place.name})
        elif given[0] is not None and not (
            -90 <= given[0] <= 90 and -180 <= (given[1] or 0) <= 180
        ):
            yield Problem("places", "coordinate_out_of_range", {"place": place.name})
