"""Amounts and measured values as people read them, however large a source made them."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings

from montada.language.engine.numbers import written_number

_LARGEST = Decimal(10) ** 15
"""From here on a number is shown as it was stored."""


def written_amount(value: Decimal | None, language: str) -> str:
    """Return a number with at most four decimals; "" where there is none."""
    if value is None:
        return ""
    if not value.is_finite() or abs(value) >= _LARGEST:
        return str(value)
    return written_number(value, language, digits=settings.DIGITS, places=4)


def written_money(value: Decimal | None, currency: str, language: str) -> str:
    """Return an amount with its currency; "" where there is none."""
    amount = written_amount(value, language)
    # A no-break space, so that lines do not part the two.
    return f"{amount}\N{NO-BREAK SPACE}{currency}".strip() if amount else ""
