"""Fields of which the forms about a project are made."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from montada.djangokit.widgets import CountedField, LongSelect
from montada.stocktaking import queries

NAMES = queries.PART_NAMES
NOTHING = [("", "–")]
MOST_ROWS = 30
"""Rows of evidence, partners or places in one record."""


def text_field(part: str, hint: Any, rows: int) -> CountedField:
    return CountedField(
        label=NAMES[part],
        help_text=hint,
        required=False,
        widget=forms.Textarea({"rows": rows, "dir": "auto", "data-words": "yes"}),
    )


def line_field(label: Any, hint: Any = "", most: int = 300) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        # Browsers take no other spelling, whatever the language of the page.
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


def country_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=NAMES["country"], required=False, widget=LongSelect)


class NumberField(forms.DecimalField):
    """
    A number as people write it: 12,500.75, 12 500,75 or ١٢٬٥٠٠٫٧٥.

    Commas before three digits part thousands; another one stands before decimals.
    """

    def __init__(self, label: Any, places: int | None = 2) -> None:
        super().__init__(
            label=label,
            required=False,
            max_digits=18 if places is not None else None,
            decimal_places=places,
            widget=forms.TextInput({"inputmode": "decimal", "dir": "ltr"}),
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = _THOUSANDS.sub("", value.translate(_AS_PROGRAMS_WRITE))
            value = value.replace(",", ".")
        return super().to_python(value)


_AS_PROGRAMS_WRITE = {ord(sign): None for sign in " \u00a0\u202f٬'’_"} | {
    ord("٫"): ".",
    ord("،"): ",",
}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
