"""Forms of the timetable: a plan's name, the solver's effort, a session's place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from montada.djangokit.page_language import page_language
from montada.djangokit.widgets import FormInZone, LongSelect, MomentField
from montada.programme.engine.values import MOST_SEED
from montada.programme.operations.asking_solver import MOST_ITERATIONS, MOST_SECONDS
from montada.programme.operations.plans import LONGEST_NAME


class PlanForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the plan"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto"}),
    )
    copy_of = forms.TypedChoiceField(
        label=_("Begin with"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["copy_of"]
        choice.choices = [("", _("nothing placed"))] + [
            (row.plan.pk, row.plan.name) for row in plans
        ]


class RenameForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the plan"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto"}),
    )


class SolveForm(forms.Form):
    seconds = forms.IntegerField(
        label=_("Seconds"), min_value=1, max_value=MOST_SECONDS, initial=20
    )
    seed = forms.IntegerField(
        label=pgettext_lazy("solver", "Seed"),
        min_value=0,
        max_value=MOST_SEED,
        initial=1,
    )
    iterations = forms.IntegerField(
        label=_("Steps instead of seconds"),
        required=False,
        min_value=1,
        max_value=MOST_ITERATIONS,
        help_text=_("The same seed and number of steps give the same plan."),
    )


class PlaceForm(FormInZone):
    """Where a session is to be: a room, and a moment on the edition's clock."""

    room = forms.TypedChoiceField(label=_("Room"), coerce=int, widget=LongSelect)
    start = MomentField(label=_("Start"))

    def __init__(self, *args: Any, rooms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["room"]
        reader = page_language()
        choice.choices = [(pk, name.shown_to(reader).text) for pk, name in rooms]
