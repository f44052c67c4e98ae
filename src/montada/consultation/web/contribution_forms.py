"""The form of a contribution: who signs, and the questions of its call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.consultation import queries
from montada.consultation.choices import SignedAs
from montada.consultation.engine.values import Identity
from montada.consultation.operations.words import LONGEST_NOTE
from montada.consultation.web.question_fields import NOTHING, field_of, people_rows
from montada.djangokit.widgets import LongSelect
from montada.language.engine.text import LANGUAGES, OWN_NAMES
from montada.participation.fields import Gender

if TYPE_CHECKING:
    from montada.consultation.models import Contribution, Question

QUESTION = "q-"
"""Beginning of the names of questions among the form's fields."""
IDENTITY = (
    "author_name",
    "position",
    "signed_as",
    "organisation_name",
    "stakeholder_group_id",
    "country_id",
    "region_id",
    "gender",
    "may_publish",
    "entry_note",
)


def _line(label: Any, most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )


class ContributionForm(forms.Form):
    """
    All that one contribution says, in one language.

    Broken rules are no errors of the form: a draft may break them. They are shown
    beside the fields by the page.
    """

    language = forms.ChoiceField(
        label=_("Language in which you write"),
        choices=[(tag, OWN_NAMES[tag]) for tag in LANGUAGES],
    )
    author_name = _line(_("Your name"))
    position = _line(_("Position"))
    signed_as = forms.ChoiceField(
        label=_("In whose name do you speak?"), widget=forms.RadioSelect
    )
    organisation_name = _line(_("Organisation"), 300)
    stakeholder_group_id = forms.ChoiceField(
        label=_("Stakeholder group"), required=False
    )
    country_id = forms.ChoiceField(
        label=_("Country of the organisation"),
        required=False,
        widget=LongSelect,
        help_text=_("Where its seat is; if you speak personally, where you live."),
    )
    region_id = forms.ChoiceField(
        label=_("Region it is about"),
        required=False,
        help_text=_("It may be another one than that of your seat."),
    )
    gender = forms.ChoiceField(
        label=_("Gender (voluntary)"),
        required=False,
        choices=[*NOTHING, *Gender.choices],
        help_text=_("Counted, never shown beside your name."),
    )
    may_publish = forms.BooleanField(
        label=_("Everybody may read it, with the name that signs it"), required=False
    )
    entry_note = forms.CharField(
        label=_("Why the secretariat enters it"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(
        self,
        *args: Any,
        row: Contribution,
        questions: Sequence[Question],
        reader: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        is_entered = row.entered_by_id is not None
        self.is_named = bool(row.author and row.author.name and not is_entered)
        if self.is_named:
            # What the forum knows of a person is not asked again.
            del fields["author_name"]
        if not is_entered:
            del fields["entry_note"]
        states = queries.states_of(row.author) if row.author else frozenset()
        fields["signed_as"].choices = [
            choice
            for choice in SignedAs.choices
            if choice[0] != SignedAs.STATE or states
        ]
        fields["stakeholder_group_id"].choices = [
            *NOTHING,
            *queries.groups_to_choose(reader),
        ]
        fields["country_id"].choices = [*NOTHING, *queries.countries_to_choose(reader)]
        world = [("", _now("The whole world"))]
        fields["region_id"].choices = [*world, *queries.regions_to_choose(reader)]
        for question in questions:
            made = field_of(question, reader)
            if made is not None:
                fields[QUESTION + question.key] = made

    def identity(self, before: Contribution) -> Identity:
        """Return who signs; a field with an error stays as it was."""
        said = self.cleaned_data
        told = {name: said.get(name, getattr(before, name)) for name in IDENTITY}
        for name in ("stakeholder_group_id", "country_id", "region_id"):
            told[name] = told[name] or None
        return Identity(language=said.get("language", before.language), **told)

    def answers(self) -> dict[str, Any]:
        """Return what was answered, by key; questions with an error are left out."""
        return {
            name.removeprefix(QUESTION): value
            for name, value in self.cleaned_data.items()
            if name.startswith(QUESTION)
        }


def initial_of(row: Contribution, answers: dict[str, Any]) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("language", *IDENTITY)}
    return told | {QUESTION + key: value for key, value in answers.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on the page: a field or rows of people, and when it is asked."""

    question: Question
    field: Any
    rows: Any
    said: str
    """What is wrong with the answer."""
    condition: str
    values: str = field(default="")

    @property
    def trigger(self) -> str:
        """The name of the field on whose answer it depends; "" for none."""
        key = self.question.shown_if.get("question", "")
        return QUESTION + key if key else ""


def shown_questions(
    form: ContributionForm,
    questions: Sequence[Question],
    rows: dict[str, Any],
    wrong: dict[str, str],
    reader: str,
) -> list[Shown]:
    """Return the questions in their order, each with its field and its condition."""
    by_key = {question.key: question for question in questions}
    return [
        Shown(
            question,
            form[QUESTION + question.key] if question.key not in rows else None,
            rows.get(question.key),
            wrong.get(question.key, ""),
            condition_in_words(question, by_key, reader),
            " ".join(question.shown_if.get("is", ())),
        )
        for question in questions
    ]


def condition_in_words(
    question: Question, by_key: Mapping[str, Question], reader: str
) -> str:
    """Return when a question is asked, for who reads the form; "" for always."""
    above = by_key.get(question.shown_if.get("question", ""))
    if above is None:
        return ""
    wanted = set(question.shown_if.get("is", ()))
    offered = queries.choices_in_words(above, reader)
    named = [words for value, words in offered if value in wanted]
    return _now("Only if “%(question)s” is: %(answers)s") % {
        "question": above.label.shown_to(reader).text,
        "answers": " · ".join(named),
    }


def rows_of_people(
    questions: Sequence[Question], data: Any, stored: dict[str, Any], reader: str
) -> dict[str, Any]:
    """Return the rows of each question that asks for people, by its key."""
    asked = [question.key for question in questions if question.kind == "people"]
    if not asked:
        return {}
    choices = {
        "stakeholder_group_id": queries.groups_to_choose(reader),
        "country_id": queries.countries_to_choose(reader),
    }
    return {
        key: people_rows(QUESTION + key, data, stored.get(key, []), choices)
        for key in asked
    }


def people_told(rows: Any) -> list[dict[str, str]] | None:
    """Return the people that were sent; None if no rows were."""
    if not rows.is_bound:
        return None
    rows.is_valid()
    return [form.row() for form in rows.forms if form.cleaned_data]
