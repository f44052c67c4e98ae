"""What people write about an edition; rules of the forum are the operations' own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from montada.djangokit.widgets import FormInZone, MomentField
from montada.edition.choices import Mode, PhaseKind, TermKey
from montada.edition.engine.values import HOME_ZONE
from montada.language.fields import LocalizedTextFormField

FIRST_DAY, LAST_DAY = date(2003, 1, 1), date(2100, 12, 31)
"""Days an edition may have: from the first summit's year on; further is a slip."""


class DayField(forms.DateField):
    """A day within reason, chosen from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
            **kwargs,
        )


class OpenForm(forms.Form):
    """An edition's first facts; everything but its name and address may wait."""

    name = LocalizedTextFormField(label=_("Name"))
    slug = forms.SlugField(
        label=_("Address"),
        max_length=40,
        help_text=_("As in /editions/2027/: Latin letters, digits and hyphens."),
    )
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_DAY.year, max_value=LAST_DAY.year
    )
    theme = LocalizedTextFormField(label=_("Theme"), required=False, rows=2)
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    timezone = forms.CharField(label=_("Time zone"), max_length=40, initial=HOME_ZONE)
    city = LocalizedTextFormField(label=_("City"), required=False)
    country_id = forms.CharField(
        label=_("Country"),
        max_length=3,
        required=False,
        help_text=_("Its three-letter code, such as EGY."),
    )
    venue = LocalizedTextFormField(label=_("Venue"), required=False)
    mode = forms.ChoiceField(
        label=_("Way of taking part"),
        required=False,
        choices=[("", _("not decided yet")), *Mode.choices],
    )


class CopyForm(forms.Form):
    name = LocalizedTextFormField(label=_("Name of the new edition"))
    slug = forms.SlugField(
        label=_("Address of the new edition"),
        max_length=40,
        help_text=_("As in /editions/2027/: Latin letters, digits and hyphens."),
    )
    starts_on = DayField(
        label=_("First day of the new edition"),
        help_text=_("All other dates move by the same number of days."),
    )


class PhaseForm(FormInZone):
    kind = forms.ChoiceField(label=_("Kind"), choices=PhaseKind.choices)
    name = LocalizedTextFormField(label=_("Name"))
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(
        label=_("Closes"),
        help_text=_("From this moment on it is closed."),
    )


class RoomForm(forms.Form):
    name = LocalizedTextFormField(label=_("Name"))
    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=1, max_value=100_000
    )
    is_online = forms.BooleanField(label=_("A link, not a room"), required=False)
    join_url = forms.URLField(
        label=_("Link to join"), required=False, max_length=500, assume_scheme="https"
    )
    order = forms.IntegerField(
        label=_("Place in the row"), min_value=0, max_value=1000, initial=0
    )


class TermForm(forms.Form):
    key = forms.ChoiceField(label=_("Usual word"), choices=TermKey.choices)
    label = LocalizedTextFormField(
        label=_("What this edition calls it"),
        required=False,
        help_text=_("Leave it empty to return to the usual word."),
    )
