"""
Quantities: the numbers of a text as values, in digits of any script or in words.

"1,000", "1 000", "١٠٠٠" and "thousand" are one value, and so are "5 million" and
"5,000,000". A separator before exactly three digits parts thousands, in every language:
"2.500" is read alike wherever it stands, which is what comparing needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from montada.language.engine.cues import Phrases, Token

TIMES = "x"
"""Begins the label of a word that multiplies the number before it: "x1000"."""

_NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,'’\u00a0\u202f٬٫]\d+)*"
)
_SEPARATOR = re.compile(r"[^\d]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: `text[start:end]` stands for `value` ("12.3.2025" for a date)."""

    value: str
    start: int
    end: int


def quantities(
    text: str, tokens: Sequence[Token], number_words: Phrases
) -> list[Quantity]:
    """Return the numbers of a text in order; labels of `number_words` are values."""
    read = [
        Quantity(_value(match[0]), match.start(), match.end())
        for match in _NUMBER.finditer(text)
    ]
    read += [
        Quantity(found.label, tokens[found.first].start, tokens[found.end - 1].end)
        for found in number_words.found(tokens)
    ]
    return _multiplied(text, sorted(read, key=lambda quantity: quantity.start))


def _value(written: str) -> str:
    groups = [_latin(group) for group in _SEPARATOR.split(written)]
    if all(len(group) == 3 for group in groups[1:]):
        return _whole("".join(groups))
    if all(len(group) == 3 for group in groups[1:-1]):
        whole, fraction = _whole("".join(groups[:-1])), groups[-1].rstrip("0")
        return f"{whole}.{fraction}" if fraction else whole
    return ".".join(map(_whole, groups))


def _latin(digits: str) -> str:
    return "".join(str(unicodedata.digit(digit)) for digit in digits)


def _whole(digits: str) -> str:
    # As text: Python refuses to read a number of some thousand digits.
    return digits.lstrip("0") or "0"


def _multiplied(text: str, read: Sequence[Quantity]) -> list[Quantity]:
    """Return the numbers with words such as "million" multiplied into them."""
    joined: list[Quantity] = []
    for quantity in read:
        if not quantity.value.startswith(TIMES):
            joined.append(quantity)
            continue
        times = quantity.value.removeprefix(TIMES)
        before = joined[-1] if joined else None
        if before and not text[before.end : quantity.start].strip():
            value = _product(before.value, times)
            joined[-1] = replace(before, value=value, end=quantity.end)
        else:
            joined.append(replace(quantity, value=times))
    return joined


def _product(*factors: str) -> str:
    try:
        return f"{prod(map(float, factors)):.12g}"
    except ValueError:
        return " x ".join(factors)
