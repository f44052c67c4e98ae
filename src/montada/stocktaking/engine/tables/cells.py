"""
What stands in one cell, as a value. What cannot be one is a fault, never guessed.

Numbers and days are read as people of six languages write them: with Arabic digits,
thousands apart, the day before the month, or as a spreadsheet counts days.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Container, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from montada.language.engine.folding import folded
from montada.stocktaking.engine.tables.values import CellFault
from montada.stocktaking.engine.values import YEARS

LONGEST_SHOWN = 80
"""Characters of a cell that are quoted."""
LONGEST_NOTHING = 20
"""Characters of a cell that may mean that there is nothing to say."""
_LONGEST_NUMBER = 40
_LARGEST_POWER = 20

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_CURRENCIES = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_AMOUNT = re.compile(
    r"(?P<before>US\$|[A-Z]{3}|[$€£¥])?\s*(?P<number>[-+\d][\d.,\s'’_eE+\-]*)\s*"
    r"(?P<after>US\$|[A-Z]{3}|[$€£¥])?"
)
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_GROUPS = re.compile(r"\d{1,3}(\.\d{3}){2,}")
_CURRENCY = re.compile("[A-Z]{3}")

_YEAR = re.compile(r"\d{4}")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet, as days after February 1900 count (ECMA-376 18.17.4.1)."""

_STRONG = re.compile(r"[|;؛\n]")
_WEAK = re.compile("[,،、，]")


def key(words: str) -> str:
    """Return the folded words of a cell; long cells are no words of a list."""
    return _key(words) if len(words) <= 300 else ""


_key = lru_cache(maxsize=20_000)(folded)


def number(cell: str) -> Decimal:
    """
    Return a number with any digits and separators; "1,234" are thousands, "1,5" not.

    Raises
    ------
    CellFault
    """
    return amount(cell)[0]


def amount(cell: str) -> tuple[Decimal, str]:
    """Return a number, and the currency that stands beside it, "" without one."""
    plain = cell.translate(_DIGITS).strip()
    found = _AMOUNT.fullmatch(plain) if len(plain) <= _LONGEST_NUMBER else None
    if found is None:
        raise CellFault("no_number", value=shown(cell))
    try:
        value = Decimal(_without_groups(re.sub(r"[\s'’_]", "", found["number"])))
    except InvalidOperation:
        raise CellFault("no_number", value=shown(cell)) from None
    if abs(value.adjusted()) > _LARGEST_POWER:
        raise CellFault("no_number", value=shown(cell))
    sign = found["before"] or found["after"] or ""
    return _plain(value), _CURRENCIES.get(sign, sign)


def _without_groups(digits: str) -> str:
    """Return digits with a point before decimals and nothing between thousands."""
    if "," in digits and "." in digits:
        point = max(digits.rfind(","), digits.rfind("."))
        whole = digits[:point].replace(",", "").replace(".", "")
        return f"{whole}.{digits[point + 1 :]}"
    if _THOUSANDS.fullmatch(digits.lstrip("+-")):
        return digits.replace(",", "")
    if _GROUPS.fullmatch(digits.lstrip("+-")):
        return digits.replace(".", "")
    return digits.replace(",", ".")


def _plain(value: Decimal) -> Decimal:
    """Return a number without the zeros that a program wrote behind it."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value


def whole_number(cell: str) -> int:
    """As `number`, without decimals."""
    value = number(cell)
    if value != value.to_integral():
        raise CellFault("no_number", value=shown(cell))
    return int(value)


def currency(cell: str) -> str:
    """Return a code of ISO 4217, as three capitals or a sign say it."""
    code = _CURRENCIES.get(cell.strip(), cell.strip().upper())
    if not _CURRENCY.fullmatch(code):
        raise CellFault("no_currency", value=shown(cell))
    return code


def year(cell: str) -> int:
    """Return a year in which a register may name a project."""
    value = whole_number(cell)
    if value not in YEARS:
        raise CellFault("no_year", value=shown(cell), first=YEARS[0], last=YEARS[-1])
    return value


def day(cell: str, *, is_end: bool = False) -> date:
    """
    Return a day: 2025-07-09, 9/7/2025, 45847, or the end of a month or year.

    The day stands before the month. A month or year is its first day, or its last
    where `is_end`.
    """
    plain = re.sub("[年月]", "-", cell.translate(_DIGITS)).rstrip("日- ").strip()
    try:
        return _day(plain, is_end)
    except (ValueError, OverflowError):
        raise CellFault("no_date", value=shown(cell)) from None


def _day(plain: str, is_end: bool) -> date:
    if found := _YEAR_FIRST.fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(plain):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if _SERIAL.fullmatch(plain):
        return _EPOCH + timedelta(days=int(float(plain)))
    if found := _YEAR_MONTH.fullmatch(plain):
        year_, month = int(found[1]), int(found[2])
        return date(year_, month, monthrange(year_, month)[1] if is_end else 1)
    if _YEAR.fullmatch(plain):
        return date(int(plain), 12, 31) if is_end else date(int(plain), 1, 1)
    raise ValueError(plain)


def names(cell: str) -> list[str]:
    """
    Return names that stand in one cell, apart by "|", ";" or lines, each once.

    Names that hold such signs themselves stand in a list of JSON.
    """
    found = (part.strip() for part in _listed(cell) or _STRONG.split(cell))
    return list(dict.fromkeys(part for part in found if part))


def _listed(cell: str) -> list[str]:
    if not cell.startswith('["'):
        return []
    try:
        listed = json.loads(cell)
    except (ValueError, RecursionError):
        return []
    is_names = isinstance(listed, list) and all(isinstance(n, str) for n in listed)
    return listed if is_names else []


def codes(cell: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """
    Return what stands in one cell with the code of each, "" where it has none.

    Commas part values too, unless the words as a whole are one: "Refugees, migrants".
    """
    found: dict[str, str] = {}
    for part in names(cell):
        if code := known.get(key(part)):
            found[part] = code
            continue
        for word in (word.strip() for word in _WEAK.split(part)):
            if word:
                found[word] = known.get(key(word), "")
    return list(found.items())


def is_nothing(cell: str, empty: Container[str]) -> bool:
    """Return whether a cell is only "–", "." or words that say nothing: "n/a"."""
    if len(cell) > LONGEST_NOTHING:
        return False
    plain = key(cell)
    return not plain or plain in empty


def shown(cell: object) -> str:
    """Return a cell as a sentence quotes it."""
    words = " ".join(str(cell).split())
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"
