"""Questions of a call: which are asked, what an answer may be, and what is missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from montada.language.engine.counting import n_words
from montada.language.engine.harmless import harmless_words

Answers = Mapping[str, Any]
"""What was answered, by the key of the question."""

TEXTS = frozenset({"short_text", "long_text", "number", "date"})
SINGLE = frozenset({"choice", "yes_no", "country"})
SEVERAL = frozenset({"choices", "action_lines", "goals"})
PERSON_PARTS = (
    "name",
    "position",
    "organisation",
    "stakeholder_group_id",
    "country_id",
    "gender",
    "role",
    "confirmed",
)
"""What is said of each person of a row; all of it text."""
MOST_PEOPLE = 30
LONGEST_LINE, LONGEST_TEXT = 400, 20_000
"""Characters of a short and of a long text."""

Fact = Literal[
    "missing", "too_short", "too_long", "not_a_number", "not_a_day", "name_missing"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    A question as it is asked. `choices` are the values that may be chosen.

    It is asked if the question `shown_if` has one of `shown_values` as its answer; of
    every reader if `shown_if` is empty.
    """

    key: str
    kind: str
    is_required: bool = False
    least_words: int | None = None
    most_words: int | None = None
    choices: tuple[str, ...] = ()
    shown_if: str = ""
    shown_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps an answer from being sent; `n` of the answer, `limit` of the rule."""

    key: str
    fact: Fact
    n: int = 0
    limit: int = 0


def is_shown(asked: Asked, all_asked: Mapping[str, Asked], answers: Answers) -> bool:
    """
    Return whether a question is asked of who gave these answers.

    A question that hangs on one that is not asked is not asked either; conditions in a
    circle are never met.
    """
    seen: set[str] = set()
    while asked.shown_if:
        if asked.key in seen:
            return False
        seen.add(asked.key)
        given = answers.get(asked.shown_if, "")
        given = given if isinstance(given, list) else [given]
        if not set(asked.shown_values) & {one for one in given if type(one) is str}:
            return False
        above = all_asked.get(asked.shown_if)
        if above is None:
            return False
        asked = above
    return True


def cleaned(asked: Asked, said: Any) -> Any:
    """
    Return an answer in the shape of its question, without signs that mislead.

    What may not be chosen is left out. Texts, numbers and days stay as they were
    typed: a draft may hold anything. Nothing said is "" or an empty list.
    """
    if asked.kind == "people":
        return _people(said)
    if asked.kind in SEVERAL:
        chosen = {str(one) for one in said} if isinstance(said, list | tuple) else set()
        return [value for value in asked.choices if value in chosen]
    words = harmless_words(said) if isinstance(said, str) else ""
    if asked.kind in SINGLE:
        return words if words in asked.choices else ""
    return words if asked.kind == "long_text" else " ".join(words.split())


def _people(said: Any) -> list[dict[str, str]]:
    rows = said if isinstance(said, list | tuple) else []
    people = [
        {
            part: " ".join(harmless_words(str(row.get(part) or "")).split())
            for part in PERSON_PARTS
        }
        for row in rows
        if isinstance(row, Mapping)
    ]
    return [row for row in people if any(row.values())][:MOST_PEOPLE]


def is_too_long(asked: Asked, said: Any) -> bool:
    """Return whether an answer is longer than can be kept."""
    if isinstance(said, list):
        return any(len(v) > LONGEST_LINE for row in said for v in _texts(row))
    longest = LONGEST_TEXT if asked.kind == "long_text" else LONGEST_LINE
    return len(said) > longest


def _texts(row: Any) -> Iterable[str]:
    return row.values() if isinstance(row, Mapping) else [row]


def answers_shown(asked: Iterable[Asked], answers: Answers) -> dict[str, Any]:
    """Return the answers to questions that are asked, without those left empty."""
    by_key = {question.key: question for question in asked}
    return {
        key: answers[key]
        for key, question in by_key.items()
        if answers.get(key) and is_shown(question, by_key, answers)
    }


def problems(asked: Iterable[Asked], answers: Answers) -> tuple[Problem, ...]:
    """Return what keeps cleaned answers from being sent, in the order of questions."""
    by_key = {question.key: question for question in asked}
    found = (
        _problem(question, answers.get(key))
        for key, question in by_key.items()
        if is_shown(question, by_key, answers)
    )
    return tuple(problem for problem in found if problem)


def _problem(asked: Asked, said: Any) -> Problem | None:
    if not said:
        return Problem(asked.key, "missing") if asked.is_required else None
    if asked.kind == "long_text" or (asked.kind == "short_text" and asked.most_words):
        return _of_words(asked, n_words(said))
    if asked.kind == "number" and number(said) is None:
        return Problem(asked.key, "not_a_number")
    if asked.kind == "date" and day(said) is None:
        return Problem(asked.key, "not_a_day")
    if asked.kind == "people" and not all(row["name"] for row in said):
        return Problem(asked.key, "name_missing")
    return None


def _of_words(asked: Asked, n: int) -> Problem | None:
    if n < (least := max(asked.least_words or 0, int(asked.is_required))):
        return Problem(asked.key, "too_short", n, least)
    if asked.most_words is not None and n > asked.most_words:
        return Problem(asked.key, "too_long", n, asked.most_words)
    return None


def number(said: str) -> Decimal | None:
    """
    Return a number as people write it: 12,500.75, 12 500,75 or ١٢٬٥٠٠٫٧٥.

    Commas before three digits part thousands; another one stands before decimals. None
    for what is no number, or is longer than 18 digits.
    """
    plain = "".join(_plain_sign(sign) for sign in said)
    plain = _THOUSANDS.sub("", plain).replace(",", ".")
    return Decimal(plain) if len(plain) <= 18 and _NUMBER.fullmatch(plain) else None


def _plain_sign(sign: str) -> str:
    if sign in " \u00a0\u202f٬'’_":
        return ""
    if sign in "٫،":
        return "." if sign == "٫" else ","
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def day(said: str) -> date | None:
    """Return a day as browsers send it, 2027-07-05; None for what is none."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
