"""Parts of a record that are no texts, as lines that a person reads."""

from __future__ import annotations

from dataclasses import astuple, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from montada.djangokit.page_language import listed, page_language
from montada.language.engine import dates
from montada.stocktaking.choices import (
    Beneficiary,
    Coverage,
    EntryType,
    ProjectStatus,
)
from montada.stocktaking.queries.amounts import written_amount

_CHOICES: dict[str, Any] = {
    "entry_type": EntryType,
    "status": ProjectStatus,
    "coverage": Coverage,
    "beneficiaries": Beneficiary,
}


def values_in_words(part: str, value: Any) -> tuple[str, ...]:
    """Return a line for each value of a part; what says nothing has no line."""
    rows = value if isinstance(value, tuple) else (value,)
    lines = (_line(part, row) for row in rows)
    return tuple(line for line in lines if line)


def _line(part: str, value: Any) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        cells = (_line("", cell) for cell in astuple(value))
        return " · ".join(cell for cell in cells if cell)
    if isinstance(value, tuple):
        return listed(map(str, value))
    choices = _CHOICES.get(part)
    if choices is not None and value in choices.values:
        return str(choices(value).label)
    return _plain(value)


def _plain(value: Any) -> str:
    reader = page_language()
    if isinstance(value, date):
        return dates.written_date(value, reader)
    if isinstance(value, Decimal):
        return written_amount(value, reader)
    return "" if value is None else str(value)
