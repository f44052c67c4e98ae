"""Rows of the lists in a record: evidence, partners, places, contacts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from montada.stocktaking.engine.record import (
    Evidence,
    Partner,
    Place,
)
from montada.stocktaking.web.record_fields import (
    NOTHING,
    NumberField,
    country_field,
    day_field,
    line_field,
)


class _RowForm(forms.Form):
    """One row of a list in a record; a row without words is no row."""

    def __init__(self, *args: Any, choices: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in choices.keys() & self.fields.keys():
            field: Any = self.fields[name]
            field.choices = [*NOTHING, *choices[name]]
            # Nothing to choose from is nothing to ask for.
            if not choices[name]:
                del self.fields[name]

    @property
    def is_filled(self) -> bool:
        return any(value not in (None, "") for value in self.cleaned_data.values())


class EvidenceForm(_RowForm):
    indicator = line_field(_("What was measured"))
    baseline = NumberField(_("Before"), 6)
    value = NumberField(_("Now"), 6)
    unit = line_field(_("Unit"), most=60)
    measured_on = day_field(_("Measured on"))
    source = line_field(_("Source"), most=500)
    file_id = forms.TypedChoiceField(
        label=_("File"), coerce=int, empty_value=None, required=False
    )

    def row(self) -> Evidence:
        return Evidence(**{"indicator": ""} | self.cleaned_data)


class PartnerForm(_RowForm):
    name = line_field(_("Name"))
    role = line_field(_("What it does"))
    country_id = country_field()

    def row(self) -> Partner:
        said = self.cleaned_data
        return Partner(
            said.get("name", ""), said.get("role", ""), said.get("country_id") or None
        )


class PlaceForm(_RowForm):
    name = line_field(_("Name of the place"))
    country_id = country_field()
    latitude = NumberField(_("Latitude"), None)
    longitude = NumberField(_("Longitude"), None)

    def row(self) -> Place:
        said = self.cleaned_data
        return Place(
            said.get("name", ""),
            said.get("country_id") or None,
            _degrees(said.get("latitude")),
            _degrees(said.get("longitude")),
        )


class ContactForm(_RowForm):
    name = line_field(_("Name"), most=200)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"dir": "ltr", "inputmode": "tel"}),
    )
    position = line_field(_("Position"), most=200)

    def row(self) -> dict[str, str]:
        return dict(self.cleaned_data)


def _degrees(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
