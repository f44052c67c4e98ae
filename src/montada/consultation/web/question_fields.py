"""Fields of a call's form: one for each question, as its kind says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from montada.consultation import queries
from montada.consultation.choices import PanelRole
from montada.djangokit.widgets import CountedField, LongSelect
from montada.framework import queries as framework
from montada.participation.fields import Gender

if TYPE_CHECKING:
    from montada.consultation.models import Question

NOTHING = [("", "–")]
LONGEST_LINE, LONGEST_TEXT = 400, 20_000
MOST_PEOPLE = 30
YES_NO = [("yes", _("yes")), ("no", _("no"))]


def field_of(question: Question, reader: str) -> forms.Field | None:
    """Return the field of a question; None for people, who have rows of their own."""
    if question.kind == "people":
        return None
    field: forms.Field = _MAKERS.get(question.kind, _line)(question, reader)
    shown = question.label.shown_to(reader)
    field.label = shown.text
    field.required = False
    field.help_text = question.hint.shown_to(reader).text
    return field


def _line(question: Question, reader: str) -> forms.Field:
    return forms.CharField(
        max_length=LONGEST_LINE, widget=forms.TextInput({"dir": "auto"})
    )


def _text(question: Question, reader: str) -> forms.Field:
    rows = 8 if (question.most_words or 0) > 150 else 4
    marks = {"rows": rows, "dir": "auto", "data-words": "yes"}
    return CountedField(max_length=LONGEST_TEXT, widget=forms.Textarea(marks))


def _number(question: Question, reader: str) -> forms.Field:
    widget = forms.TextInput({"inputmode": "decimal", "dir": "ltr"})
    return forms.CharField(max_length=40, widget=widget)


def _day(question: Question, reader: str) -> forms.Field:
    return forms.CharField(
        max_length=40, widget=forms.TextInput({"type": "date", "dir": "ltr"})
    )


def _country(question: Question, reader: str) -> forms.Field:
    choices = [*NOTHING, *queries.countries_to_choose(reader)]
    return forms.ChoiceField(choices=choices, widget=LongSelect)


def _one(question: Question, reader: str) -> forms.Field:
    choices = [*NOTHING, *_choices(question, reader)]
    return forms.ChoiceField(choices=choices)


def _yes_no(question: Question, reader: str) -> forms.Field:
    return forms.ChoiceField(choices=[*NOTHING, *YES_NO])


def _several(question: Question, reader: str) -> forms.Field:
    return _checkboxes(_choices(question, reader))


def _lines(question: Question, reader: str) -> forms.Field:
    rows = framework.action_lines()
    return _checkboxes(
        [
            (
                row.code,
                f"{row.code_ar if reader == 'ar' else row.latin_code} · "
                f"{row.title.shown_to(reader).text}",
            )
            for row in rows
        ]
    )


def _goals(question: Question, reader: str) -> forms.Field:
    rows = framework.goals()
    return _checkboxes(
        [
            (str(row.number), f"{row.number} · {row.title.shown_to(reader).text}")
            for row in rows
        ]
    )


def _checkboxes(choices: list[tuple[str, str]]) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _choices(question: Question, reader: str) -> list[tuple[str, str]]:
    return [
        (choice["value"], queries.label_in(choice["label"], reader))
        for choice in question.choices
    ]


_MAKERS: dict[str, Any] = {
    "long_text": _text,
    "number": _number,
    "date": _day,
    "country": _country,
    "choice": _one,
    "choices": _several,
    "yes_no": _yes_no,
    "action_lines": _lines,
    "goals": _goals,
}


def _words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )


class PersonForm(forms.Form):
    """One of the people of a session or nomination."""

    name = _words(_("Name"))
    position = _words(_("Position"))
    organisation = _words(_("Organisation"))
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
    )
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[*NOTHING, *PanelRole.choices]
    )
    confirmed = forms.ChoiceField(
        label=_("Has confirmed"), required=False, choices=[*NOTHING, *YES_NO]
    )

    def __init__(self, *args: Any, choices: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = [*NOTHING, *offered]

    def row(self) -> dict[str, str]:
        return {name: value or "" for name, value in self.cleaned_data.items()}


def people_rows(
    prefix: str, data: Any, stored: list[dict[str, str]], choices: dict[str, Any]
) -> Any:
    """Return the rows of people: as they were sent, else as they are stored."""
    formset = forms.formset_factory(
        PersonForm, extra=1, max_num=MOST_PEOPLE, absolute_max=MOST_PEOPLE
    )
    more: dict[str, Any] = {"prefix": prefix, "form_kwargs": {"choices": choices}}
    sent = formset(data, **more)
    if data is not None and sent.management_form.is_valid():
        return sent
    return formset(initial=stored, **more)
