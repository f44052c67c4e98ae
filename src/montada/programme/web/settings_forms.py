"""Small forms of what an edition's programme is made of and chosen by."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import listed, page_language
from montada.framework import queries as framework
from montada.language.fields import LocalizedTextFormField
from montada.participation import queries as people
from montada.programme import queries
from montada.programme.choices import Endowment, Feature, Level, RightHolder
from montada.programme.engine.values import LONGEST_SESSION, SHORTEST_SESSION
from montada.programme.operations.kinds import MOST_AUDIENCE, MOST_PLACES
from montada.programme.queries.rules import MOST_WEIGHT, RULE_BOUNDS
from montada.programme.web.pairs import refuse_halves

if TYPE_CHECKING:
    from montada.programme.models import ProgrammeRules, SessionKind

MORE_FLOORS, MORE_BREAKS = 3, 3
"""Empty rows beside those that are set."""
NOTHING = [("", "–")]

WISHES = {
    "seats_over": _("More people than seats"),
    "wrong_day": _("On another day than wished"),
    "same_track_parallel": _("Two sessions of one action line at once"),
    "popular_parallel": _("Two sessions at once that many want"),
    "unsocial_hours": _("Speakers from afar outside their day"),
    "track_spread": _("An action line unevenly spread over the days"),
    "room_change": _("An action line in several rooms of a day"),
    "changed_since_release": _("Moved since the last release"),
    "unplaced": _("A session without a place"),
}
RULES = {
    "fixed_moved": _("A fixed session lies elsewhere"),
    "outside_day": _("Outside the hours of the day"),
    "room_closed": _("The room is closed"),
    "room_twice": _("Two sessions in one room"),
    "not_with": _("Two sessions that must not overlap"),
    "order": _("Parts of a series out of order"),
    "person_away": _("Somebody is not available"),
    "person_twice": _("Somebody is in two sessions at once"),
    "room_lacks": _("The room lacks what is needed"),
} | {name: WISHES[name] for name in WISHES if name != "unplaced"}


def _clock(label: Any, *, required: bool = False) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def _span(begins: time | None, ends: time | None) -> list[str]:
    if begins is None or ends is None:
        return []
    return [f"{begins:%H:%M}", f"{ends:%H:%M}"]


def _number(rule: str, label: Any) -> forms.IntegerField:
    least, most = RULE_BOUNDS[rule]
    return forms.IntegerField(label=label, min_value=least, max_value=most)


class RulesForm(forms.Form):
    """
    A part of the rules; `values` are those that it sets.

    `seen` is the number of the last decision over which it was drawn.
    """

    part: ClassVar[str]

    def __init__(self, data: Any = None, *, rules: ProgrammeRules, seen: int) -> None:
        super().__init__(data, prefix=self.part)
        self.rules, self.seen = rules, seen
        for name, field in self.fields.items():
            field.initial = getattr(rules, name)
        self.build()

    def build(self) -> None:
        """Add the fields that hang on what is set."""

    def add(self, name: str, field: forms.Field, initial: Any = None) -> None:
        field.initial = initial
        self.fields[name] = field

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def groups(self) -> list[list[Any]]:
        """Return the fields as they stand side by side, group by group."""
        return [list(self)]

    def in_groups(self, names: list[list[str]]) -> list[list[Any]]:
        return [[self[name] for name in group] for group in names]


class ChoosingForm(RulesForm):
    part = "choosing"

    n_places = _number("n_places", _("Places that are chosen, beside those by right"))
    endowment = forms.ChoiceField(
        label=_("Each has as much to give"), choices=Endowment.choices
    )
    appeal_days = _number("appeal_days", _("Days in which a decision may be appealed"))
    is_support_open = forms.BooleanField(
        label=_("People may say which proposals they would come to"), required=False
    )


class FloorsForm(RulesForm):
    """Places that the rules keep, at least, for a group, a region or a line."""

    part = "floors"

    def build(self) -> None:
        choices = [*NOTHING, *self._sides()]
        self.n_rows = len(self.rules.floors) + MORE_FLOORS
        floors = [*self.rules.floors, *({} for _n in range(MORE_FLOORS))]
        for n, floor in enumerate(floors):
            side = f"{floor['axis']}:{floor['value']}" if floor else ""
            self.add(
                f"side-{n}",
                forms.ChoiceField(label=_("For"), required=False, choices=choices),
                side,
            )
            self.add(
                f"least-{n}",
                forms.IntegerField(
                    label=_("At least"),
                    required=False,
                    min_value=1,
                    max_value=RULE_BOUNDS["n_places"][1],
                ),
                floor.get("least"),
            )

    def clean(self) -> dict[str, Any]:
        pairs = [(f"side-{n}", f"least-{n}") for n in range(self.n_rows)]
        refuse_halves(self, pairs, _now("Say both, for whom and how many at least."))
        return self.cleaned_data

    def groups(self) -> list[list[Any]]:
        return self.in_groups([[f"side-{n}", f"least-{n}"] for n in range(self.n_rows)])

    def _sides(self) -> list[Any]:
        reader = page_language()

        def named(axis: str, rows: Any) -> list[tuple[str, str]]:
            return [(f"{axis}:{r.code}", r.name.shown_to(reader).text) for r in rows]

        lines = [
            (f"line:{row.code}", f"{row.code} · {row.title.shown_to(reader).text}")
            for row in framework.action_lines()
        ]
        return [
            (_("Stakeholder groups"), named("group", framework.stakeholder_groups())),
            (_("Regions"), named("region", framework.country_groups())),
            (_("Action lines"), lines),
        ]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        rows = [(said[f"side-{n}"], said[f"least-{n}"]) for n in range(self.n_rows)]
        floors = [
            {"axis": axis, "value": value, "least": least}
            for side, least in rows
            if side and least
            for axis, _colon, value in [side.partition(":")]
        ]
        return {"floors": floors}


class HoursForm(RulesForm):
    part = "hours"

    opens = _clock(_("Opens"), required=True)
    closes = _clock(_("Closes"), required=True)
    unit_minutes = _number("unit_minutes", _("Sessions begin every so many minutes"))

    def build(self) -> None:
        reader = page_language()
        breaks = [*self.rules.breaks, *([] for _n in range(MORE_BREAKS))]
        self.n_breaks = len(breaks)
        for n, span in enumerate(breaks):
            self.add(f"break-{n}-from", _clock(_("Break from")), _of(span, 0))
            self.add(f"break-{n}-to", _clock(_("until")), _of(span, 1))
        self.days = queries.days_in_words(self.rules.edition, reader)
        for day, name in self.days:
            on = {"day": name}
            span = self.rules.hours.get(day.isoformat())
            closed = forms.BooleanField(
                label=_now("%(day)s: closed") % on, required=False
            )
            self.add(f"{day}-closed", closed, span == [])
            opens = _clock(_now("%(day)s: opens") % on)
            self.add(f"{day}-from", opens, _of(span, 0))
            closes = _clock(_now("%(day)s: closes") % on)
            self.add(f"{day}-to", closes, _of(span, 1))

    def clean(self) -> dict[str, Any]:
        breaks = [(f"break-{n}-from", f"break-{n}-to") for n in range(self.n_breaks)]
        refuse_halves(self, breaks, _now("Say both, from when and until when."))
        days = [
            (f"{day}-from", f"{day}-to")
            for day, _name in self.days
            if not self.cleaned_data.get(f"{day}-closed")
        ]
        refuse_halves(self, days, _now("Say both, when it opens and when it closes."))
        return self.cleaned_data

    def groups(self) -> list[list[Any]]:
        breaks = [[f"break-{n}-from", f"break-{n}-to"] for n in range(self.n_breaks)]
        days = [[f"{d}-from", f"{d}-to", f"{d}-closed"] for d, _name in self.days]
        return self.in_groups([["opens", "closes", "unit_minutes"], *breaks, *days])

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        spans = [
            _span(said[f"break-{n}-from"], said[f"break-{n}-to"])
            for n in range(self.n_breaks)
        ]
        hours = {}
        for day, _name in self.days:
            span = _span(said[f"{day}-from"], said[f"{day}-to"])
            if said[f"{day}-closed"] or span:
                hours[day.isoformat()] = [] if said[f"{day}-closed"] else span
        kept = ("opens", "closes", "unit_minutes")
        return {name: said[name] for name in kept} | {
            "breaks": [span for span in spans if span],
            "hours": hours,
        }


def _of(span: Any, at: int) -> Any:
    return time.fromisoformat(span[at]) if span else None


class WeightsForm(RulesForm):
    part = "weights"

    def build(self) -> None:
        for label, weight in queries.weights_of(self.rules).items():
            field = forms.FloatField(
                label=WISHES.get(label, label), min_value=0, max_value=MOST_WEIGHT
            )
            self.add(label, field, weight)

    def values(self) -> dict[str, Any]:
        return {"weights": dict(self.cleaned_data)}


class LevelsForm(RulesForm):
    part = "levels"

    def build(self) -> None:
        for rule, usual in queries.LEVELS.items():
            field = forms.ChoiceField(
                label=RULES.get(rule, rule), choices=Level.choices
            )
            self.add(rule, field, self.rules.levels.get(rule, usual))

    def values(self) -> dict[str, Any]:
        usual = queries.LEVELS
        different = {n: v for n, v in self.cleaned_data.items() if v != usual[n]}
        return {"levels": different}


RULES_FORMS = (ChoosingForm, FloorsForm, HoursForm, WeightsForm, LevelsForm)


class KindForm(forms.Form):
    name = LocalizedTextFormField(label=_("Name"))
    minutes = forms.IntegerField(
        label=_("Usual length in minutes"),
        min_value=SHORTEST_SESSION,
        max_value=LONGEST_SESSION,
    )
    lengths = forms.CharField(
        label=_("Lengths that may be chosen"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"dir": "ltr"}),
        help_text=_("Minutes with spaces between them: 45 60 90. Empty for one only."),
    )
    needs = forms.MultipleChoiceField(
        label=_("What every such session needs"),
        required=False,
        choices=Feature.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.IntegerField(
        label=_("People expected"), min_value=0, max_value=MOST_AUDIENCE
    )

    def __init__(self, *args: Any, kind: SessionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "minutes", "needs", "audience"):
            self.fields[name].initial = getattr(kind, name)
        self.fields["lengths"].initial = " ".join(map(str, kind.lengths))

    def clean_lengths(self) -> list[int]:
        words = self.cleaned_data["lengths"].replace(",", " ").replace("،", " ").split()
        if not all(word.isdecimal() and len(word) < 6 for word in words):
            raise forms.ValidationError(_now("Write whole numbers."))
        return [int(word) for word in words]


class RightForm(forms.Form):
    holder = forms.ChoiceField(label=_("Whose places"), choices=RightHolder.choices)
    name = LocalizedTextFormField(label=_("Name"))
    n_places = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES)
    organisation = forms.CharField(
        label=_("Of this organisation alone"),
        required=False,
        max_length=people.LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("As the register names it; empty where there is none."),
    )
    action_line = forms.ChoiceField(label=_("For this action line"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = page_language()
        field: Any = self.fields["action_line"]
        field.choices = [
            *NOTHING,
            *(
                (row.code, f"{row.code} · {row.title.shown_to(reader).text}")
                for row in framework.action_lines()
            ),
        ]

    def clean_organisation(self) -> Any:
        words = self.cleaned_data["organisation"].strip()
        found = people.organisations_called(words) if words else []
        if words and len(found) != 1:
            raise forms.ValidationError(
                _now("The register names no organisation so, or several.")
            )
        return found[0] if found else None

    def clean_action_line(self) -> Any:
        code = self.cleaned_data["action_line"]
        return framework.action_line(code) if code else None


MOST_LINES = 100
"""Sessions that are looked for: more than a series may have."""


class SeriesForm(forms.Form):
    title = LocalizedTextFormField(label=_("Title"))
    is_in_order = forms.BooleanField(
        label=_("The parts follow each other in this order"),
        required=False,
        initial=True,
    )
    sessions = forms.CharField(
        label=_("Sessions"),
        max_length=50_000,
        widget=forms.Textarea({"rows": 6, "dir": "ltr"}),
        help_text=_(
            "One a line, in their order: the number of its proposal. What follows it "
            "on the line is for you alone."
        ),
    )

    def __init__(self, *args: Any, edition: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_sessions(self) -> list[Any]:
        lines = self.cleaned_data["sessions"].splitlines()
        words = [line.split()[0] for line in lines if line.strip()][:MOST_LINES]
        found = queries.sessions_named(self.edition, words)
        missing = [word for word in words if word.lower() not in found]
        if missing:
            raise forms.ValidationError(
                _now("There is no session under these: %(missing)s.")
                % {"missing": listed(missing)}
            )
        return [found[word.lower()] for word in words]
