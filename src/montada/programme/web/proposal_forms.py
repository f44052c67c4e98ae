"""Forms about proposals: what was written, not what is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import page_language
from montada.djangokit.widgets import LongSelect
from montada.framework import queries as framework
from montada.language.engine.text import LANGUAGES, OWN_NAMES
from montada.language.fields import LocalizedTextFormField
from montada.participation import queries as people
from montada.participation.fields import Gender
from montada.programme import queries
from montada.programme.choices import Feature, HalfDay, SeatRole, SessionMode
from montada.programme.engine.values import ProposalFacts, SpeakerFacts
from montada.programme.operations import LONGEST_NOTE, MOST_AUDIENCE

if TYPE_CHECKING:
    from montada.programme.models import Proposal, Speaker

NOTHING = [("", "–")]
WORDS = ("title", "summary", "outcomes", "balance_note")
LANGUAGE_CHOICES = [(tag, OWN_NAMES[tag]) for tag in LANGUAGES]
YES_NO = [("", "–"), ("yes", _("yes")), ("no", _("no"))]


def line(label: Any, most: int, **kwargs: Any) -> forms.CharField:
    """Return a field of one line, in whatever direction it is written."""
    kwargs.setdefault("required", False)
    widget = forms.TextInput({"dir": "auto"})
    return forms.CharField(label=label, max_length=most, widget=widget, **kwargs)


def boxes(label: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class ProposalForm(forms.Form):
    title = LocalizedTextFormField(label=_("Title"))
    summary = LocalizedTextFormField(label=_("Abstract"), required=False, rows=6)
    outcomes = LocalizedTextFormField(
        label=_("Expected outcomes"), required=False, rows=3
    )
    kind = forms.ChoiceField(label=_("Kind of session"))
    minutes = forms.TypedChoiceField(
        label=_("Length in minutes"), required=False, coerce=int, empty_value=None
    )
    mode = forms.ChoiceField(
        label=_("How people take part"),
        required=False,
        choices=[*NOTHING, *SessionMode.choices],
    )
    needs = boxes(_("What the room must have"), choices=Feature.choices)
    days = boxes(_("Preferred days"))
    half = forms.ChoiceField(
        label=_("Preferred time of day"),
        required=False,
        choices=[*NOTHING, *HalfDay.choices],
    )
    audience = forms.IntegerField(
        label=_("People expected"),
        required=False,
        min_value=0,
        max_value=MOST_AUDIENCE,
        help_text=_("Leave it empty if nobody knows."),
    )
    lines = boxes(_("Action lines"))
    goals = boxes(_("Sustainable Development Goals"))
    balance_note = forms.CharField(
        label=_("Why the panel is as it is"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_(
            "Where a panel is one-sided, say why. Everybody reads it; nothing is "
            "refused for it."
        ),
    )

    def __init__(
        self, *args: Any, edition: Any, row: Proposal | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.of_accepted = row is not None and row.state == "accepted"
        fields: Any = self.fields
        if self.of_accepted:
            for name in [name for name in fields if name not in WORDS]:
                del fields[name]
        else:
            self._offer(edition)
        if row is not None:
            for name in WORDS:
                # Of the field: words that stay as they were keep their approver.
                fields[name].initial = getattr(row, name)

    def _offer(self, edition: Any) -> None:
        """Offer what the edition has: kinds, lengths, days; and lines and goals."""
        reader, fields = page_language(), _fields(self)
        kinds = queries.kinds_of(edition)
        fields["kind"].choices = [
            (kind.code, kind.name.shown_to(reader).text) for kind in kinds
        ]
        lengths = sorted({n for kind in kinds for n in kind.choice_of_minutes})
        usual = ("", _now("as usual for its kind"))
        fields["minutes"].choices = [usual, *((n, str(n)) for n in lengths)]
        fields["days"].choices = [
            (day.isoformat(), name)
            for day, name in queries.days_in_words(edition, reader)
        ]
        fields["lines"].choices = [
            (row.code, f"{row.code} · {row.title.shown_to(reader).text}")
            for row in framework.action_lines()
        ]
        fields["goals"].choices = [
            (row.number, f"{row.number} · {row.title.shown_to(reader).text}")
            for row in framework.goals()
        ]

    def facts(self, organisers: tuple[int, ...] = ()) -> ProposalFacts:
        """Return what was written; of an accepted proposal nothing else is read."""
        said = self.cleaned_data | {"organisers": organisers}
        if self.of_accepted and self.row is not None:
            words = {name: said[name] for name in WORDS}
            return ProposalFacts(kind=self.row.kind.code, **words)
        wishes: dict[str, Any] = {"days": said.pop("days")}
        wishes["half"] = said.pop("half")
        return ProposalFacts(
            wishes=wishes,
            needs=tuple(said.pop("needs")),
            lines=tuple(said.pop("lines")),
            goals=tuple(int(n) for n in said.pop("goals")),
            audience=said.pop("audience") or 0,
            **{name: value for name, value in said.items() if name in _REST},
        )


_REST = (*WORDS, "kind", "minutes", "mode", "organisers")


def _fields(form: forms.Form) -> dict[str, Any]:
    return form.fields


def initial_of_proposal(row: Proposal) -> dict[str, Any]:
    return {
        "kind": row.kind.code,
        "minutes": row.minutes,
        "mode": row.mode,
        "needs": row.needs,
        "days": row.wishes.get("days", []),
        "half": row.wishes.get("half", ""),
        "audience": row.audience or None,
        "lines": [one.code for one in row.action_lines.all()],
        "goals": [one.number for one in row.goals.all()],
    }


class NewProposalForm(ProposalForm):
    organisation = line(
        _("Organisation that leads"),
        300,
        help_text=_("As the register names it; empty where there is none."),
    )

    def clean_organisation(self) -> tuple[int, ...]:
        words = self.cleaned_data["organisation"].strip()
        found = people.organisations_called(words) if words else []
        if words and len(found) != 1:
            raise forms.ValidationError(
                _now("The register names no organisation so, or several.")
            )
        return tuple(row.pk for row in found)


class ProfileForm(forms.Form):
    """What everybody reads of a speaker, and what is told voluntarily."""

    name = line(_("Name"), 200, required=True)
    honorific = line(_("Title before the name"), 60)
    position = line(_("Position"), 200)
    organisation_name = line(_("Organisation"), 300)
    stakeholder_group_id = forms.ChoiceField(
        label=_("Stakeholder group"), required=False
    )
    country_id = forms.ChoiceField(
        label=_("Country"), required=False, widget=LongSelect
    )
    gender = forms.ChoiceField(
        label=_("Gender (voluntary)"),
        required=False,
        choices=[*NOTHING, *Gender.choices],
        help_text=_("Counted for the balance of the panel, never shown beside a name."),
    )
    is_young = forms.ChoiceField(
        label=_("Under 30 (voluntary)"), required=False, choices=YES_NO
    )
    biography = LocalizedTextFormField(label=_("Biography"), required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader, fields = page_language(), _fields(self)
        groups, countries = framework.stakeholder_groups(), framework.countries()
        fields["stakeholder_group_id"].choices = [
            *NOTHING,
            *((row.code, row.name.shown_to(reader).text) for row in groups),
        ]
        fields["country_id"].choices = [
            *NOTHING,
            *sorted(
                ((row.iso3, row.name.shown_to(reader).text) for row in countries),
                key=lambda pair: pair[1],
            ),
        ]

    def facts(self, **more: Any) -> SpeakerFacts:
        young = {"yes": True, "no": False, "": None}
        said = self.cleaned_data | {"is_young": young[self.cleaned_data["is_young"]]}
        names = SpeakerFacts.__slots__
        return SpeakerFacts(**{n: v for n, v in (said | more).items() if n in names})


def initial_of_speaker(row: Speaker) -> dict[str, Any]:
    words = {None: "", True: "yes", False: "no"}
    kept = ("name", "honorific", "position", "country_id", "gender")
    return {name: getattr(row, name) for name in kept} | {
        "stakeholder_group_id": row.stakeholder_group_id,
        "organisation_name": str(row.organisation.name) if row.organisation else "",
        "is_young": words[row.is_young],
        "biography": row.biography,
    }


class SeatForm(ProfileForm):
    """Somebody for a panel: asked by letter where there is an address."""

    field_order = ("name", "email", "language", "role", "is_remote")

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
        help_text=_(
            "Never shown. With it they are asked by letter, and known again in later "
            "editions."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=LANGUAGE_CHOICES
    )
    role = forms.ChoiceField(
        label=_("What they do in the session"),
        choices=SeatRole.choices,
        initial=SeatRole.PANELLIST,
    )
    is_remote = forms.BooleanField(label=_("Takes part from afar"), required=False)
    biography = None  # type: ignore[assignment]  # Django takes the field out


class MergeForm(forms.Form):
    into = forms.CharField(
        label=_("Number of the proposal of which it becomes a part"),
        max_length=20,
        widget=forms.TextInput({"dir": "ltr", "placeholder": "P-2027-0001"}),
    )
    words = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("Those of the other proposal read it."),
    )


class OrganiserForm(forms.Form):
    name = line(
        _("Organisation"),
        300,
        required=True,
        help_text=_(
            "Its people are asked whether it organises the session. One that the "
            "register does not know is added to it."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the name"), choices=LANGUAGE_CHOICES
    )
