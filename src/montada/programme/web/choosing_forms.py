"""Forms by which places are given: what to choose by, and what is decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import page_language
from montada.djangokit.widgets import NoteField
from montada.programme import queries
from montada.programme.choices import (
    ACCEPTING,
    DecisionReason,
    Endowment,
    ProposalState,
)
from montada.programme.engine.values import MOST_SEED
from montada.programme.operations.choosing import MOST_PLACES
from montada.programme.operations.words import LONGEST_NOTE
from montada.programme.queries import choosing

_BOTH_WAYS = DecisionReason.OTHER
WORDS = forms.Textarea({"rows": 3, "dir": "auto"})


class ChoiceForm(forms.Form):
    """By what to choose; what is not said follows the rules of the edition."""

    n_places = forms.IntegerField(
        label=_("Places to choose"), min_value=0, max_value=MOST_PLACES
    )
    endowment = forms.ChoiceField(label=_("The money is"), choices=Endowment.choices)
    mix = forms.FloatField(
        label=_("Part that is per supporter, of mixed"), min_value=0, max_value=1
    )
    seed = forms.IntegerField(
        label=_("Number that decides ties"), min_value=0, max_value=MOST_SEED
    )
    with_floors = forms.BooleanField(
        label=_("Keep the places that the rules keep"), required=False
    )


def usual_choice(edition: Any) -> dict[str, Any]:
    """Return what the rules of an edition say of choosing, for a `ChoiceForm`."""
    rules = queries.rules_of(edition)
    return {
        "n_places": choosing.n_places_left(edition, rules.n_places),
        "endowment": rules.endowment,
        "mix": 0.5,
        "seed": edition.year,
        "with_floors": bool(rules.floors),
    }


class DecideForm(forms.Form):
    """Accept or decline, with the reason: one list, so that both fit together."""

    decision = forms.ChoiceField(label=_("Decision"))
    words = NoteField(
        label=_("In words"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=WORDS,
        help_text=_("Its authors read it, and everybody on its page."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision"]
        field.choices = decisions()

    @property
    def outcome(self) -> str:
        return str(self.cleaned_data["decision"].partition(":")[0])

    @property
    def reason(self) -> str:
        return str(self.cleaned_data["decision"].partition(":")[2])


def decisions() -> list[Any]:
    """Return what can be decided, as "accepted:merit", under its two headings."""
    accept = [one for one in DecisionReason if one in ACCEPTING]
    decline = [
        one for one in DecisionReason if one not in ACCEPTING or one == _BOTH_WAYS
    ]
    return [
        ("", "–"),
        (_now("Accept"), [_choice(ProposalState.ACCEPTED, one) for one in accept]),
        (_now("Decline"), [_choice(ProposalState.DECLINED, one) for one in decline]),
    ]


def _choice(outcome: ProposalState, reason: DecisionReason) -> tuple[str, Any]:
    return f"{outcome.value}:{reason.value}", reason.label


class PlaceForm(forms.Form):
    """A place by right for a proposal, or none."""

    right = forms.ChoiceField(label=_("Place by right"), required=False)

    def __init__(self, *args: Any, edition: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights = {str(one.right.pk): one for one in queries.rights_of(edition)}
        reader = page_language()
        field: Any = self.fields["right"]
        field.choices = [
            ("", _now("none")),
            *((pk, _name(one, reader)) for pk, one in self.rights.items()),
        ]

    def clean_right(self) -> Any:
        chosen = self.rights.get(self.cleaned_data["right"])
        return chosen.right if chosen else None


def _name(one: Any, reader: str) -> str:
    name = one.right.name.shown_to(reader).text
    line = f" · {one.right.action_line_id}" if one.right.action_line_id else ""
    said = {"name": f"{name}{line}", "free": one.n_free}
    return _now("%(name)s (free: %(free)s)") % said


class AppealForm(forms.Form):
    words = NoteField(
        label=_("Why it should be decided otherwise"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        help_text=_("Everybody may read it on this page. You can appeal once."),
    )
