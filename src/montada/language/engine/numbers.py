"""
Numbers as a reader writes them, in one digit policy for the whole site.

Arabic pages carry Latin digits (14,820 and 47%) or Arabic-Indic ones (١٤٬٨٢٠ and ٤٧٪),
each with its own separators; the two are never mixed. Other languages follow CLDR.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from babel.numbers import format_decimal

Digits = Literal["latin", "arabic-indic"]

_TO_ARABIC_INDIC = str.maketrans("0123456789,.%", "٠١٢٣٤٥٦٧٨٩٬٫٪")


def _localized(plain: str, language: str, digits: Digits) -> str:
    if language == "ar" and digits == "arabic-indic":
        return plain.translate(_TO_ARABIC_INDIC)
    return plain


def _rounded(value: float | Decimal, places: int) -> Decimal:
    exact = Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


# A list writes the same counts a hundred times; babel takes 70 µs for each.
@lru_cache(maxsize=4096)
def written_number(
    value: float | Decimal,
    language: str,
    *,
    digits: Digits = "latin",
    places: int = 0,
) -> str:
    """
    Return a number, thousands apart, at most `places` decimals, half away from 0.
    """
    rounded = _rounded(value, places)
    pattern = "#,##0." + "#" * places if places else "#,##0"
    # Latin digits with Latin separators: CLDR's Arabic would depend on the country.
    locale = "en" if language == "ar" else language
    return _localized(format_decimal(rounded, pattern, locale=locale), language, digits)


def written_percent(
    percent: float | Decimal,
    language: str,
    *,
    digits: Digits = "latin",
    places: int = 0,
) -> str:
    """Return `percent` (47.3 is 47.3 %) with the sign where the language puts it."""
    number = written_number(percent, language, places=places)
    gap = "\N{NO-BREAK SPACE}" if language in {"fr", "es", "ru"} else ""
    return _localized(f"{number}{gap}%", language, digits)


def in_digits(text: str, language: str, *, digits: Digits = "latin") -> str:
    """Return `text` (a year, a date) in the site's digits, nothing else changed."""
    if language == "ar" and digits == "arabic-indic":
        return "".join(
            c.translate(_TO_ARABIC_INDIC) if c.isdigit() else c for c in text
        )
    return text
