"""The form of a question itself: its words, its choices, and what it hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.consultation import queries
from montada.consultation.choices import QuestionKind
from montada.consultation.engine.values import QuestionPlan
from montada.language.engine.text import LANGUAGES, NO_TEXT, LocalizedText, TextState
from montada.language.fields import LocalizedTextFormField

if TYPE_CHECKING:
    from montada.consultation.models import Question

LISTED = ("choice", "choices")
TEXTS = ("short_text", "long_text")
MOST_WORDS = 5000
IN_WORDS = ("label", "hint", "choices")

Choices = Sequence[Mapping[str, Any]]


class QuestionForm(forms.Form):
    """
    What one version of a question says.

    `above` are the questions on whose answers it may hang; `kind` is set once, before
    the first version.
    """

    kind = forms.ChoiceField(
        label=_("How it is answered"), choices=QuestionKind.choices
    )
    label = LocalizedTextFormField(label=_("Question"), rows=2)
    hint = LocalizedTextFormField(
        label=_("What is said below it"), required=False, rows=2
    )
    is_required = forms.BooleanField(label=_("An answer is needed"), required=False)
    is_public = forms.BooleanField(
        label=_("Everybody may read the answers"), required=False, initial=True
    )
    choices = LocalizedTextFormField(
        label=_("What can be chosen"),
        required=False,
        rows=6,
        help_text=_(
            "For questions with choices: one a line, as “value = label”. The value is "
            "the same in every language, in Latin letters, digits, “-” and “_”."
        ),
    )
    least_words = forms.IntegerField(
        label=_("Least words"), required=False, min_value=1, max_value=MOST_WORDS
    )
    most_words = forms.IntegerField(
        label=_("Most words"), required=False, min_value=1, max_value=MOST_WORDS
    )
    shown_if = forms.MultipleChoiceField(
        label=_("Ask it only if"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Of one question above it, any of the answers; without a mark it is asked "
            "of everybody."
        ),
    )

    def __init__(
        self,
        *args: Any,
        question: Question | None,
        above: Sequence[Question],
        reader: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["shown_if"].choices = _conditions(above, reader)
        if not fields["shown_if"].choices:
            del fields["shown_if"]
        if question is None:
            return
        del fields["kind"]
        if question.kind not in LISTED:
            del fields["choices"]
        if question.kind not in TEXTS:
            del fields["least_words"], fields["most_words"]
        for name, value in _initial(question).items():
            if name in fields:
                # Of the field: words that stay as they were keep their approver.
                fields[name].initial = value

    def clean_choices(self) -> tuple[dict[str, Any], ...]:
        return choices_of(self.cleaned_data["choices"])

    def clean_shown_if(self) -> dict[str, Any]:
        pairs = [one.split(":", 1) for one in self.cleaned_data["shown_if"]]
        keys = {key for key, _value in pairs}
        if len(keys) > 1:
            raise forms.ValidationError(_now("Mark answers of one question only."))
        return {"question": keys.pop(), "is": [v for _k, v in pairs]} if keys else {}

    def plan(self, key: str, kind: str) -> QuestionPlan:
        said = self.cleaned_data
        return QuestionPlan(
            key=key,
            kind=kind,
            **{name: said[name] for name in self.fields if name != "kind"},
        )


def _initial(question: Question) -> dict[str, Any]:
    hangs_on = question.shown_if.get("question", "")
    return {
        "label": question.label,
        "hint": question.hint,
        "is_required": question.is_required,
        "is_public": question.is_public,
        "choices": lines_of(question.choices),
        "least_words": question.least_words,
        "most_words": question.most_words,
        "shown_if": [f"{hangs_on}:{v}" for v in question.shown_if.get("is", ())],
    }


def _conditions(above: Sequence[Question], reader: str) -> list[tuple[str, str]]:
    return [
        (
            f"{row.key}:{value}",
            _now("“%(question)s”: %(answer)s")
            % {"question": row.label.shown_to(reader).text, "answer": words},
        )
        for row, answers in queries.conditions_offered(above, reader)
        for value, words in answers
    ]


def lines_of(choices: Choices) -> LocalizedText:
    """Return choices as lines "value = label", in each language that has them."""
    text = NO_TEXT
    for tag in LANGUAGES:
        lines = [
            f"{choice['value']} = {choice['label'][tag]}"
            for choice in choices
            if choice["label"].get(tag)
        ]
        text = text.with_wording(tag, "\n".join(lines), TextState.DRAFT)
    return text


def choices_of(text: LocalizedText) -> tuple[dict[str, Any], ...]:
    """
    Return choices as they are stored, of lines "value = label" in each language.

    In the order of the first language that has them.

    Raises
    ------
    ValidationError
        If a line has no "=", or a value comes twice in one language.
    """
    labels: dict[str, dict[str, str]] = {}
    for tag in LANGUAGES:
        for line in text.by_language.get(tag, "").splitlines():
            if not line.strip():
                continue
            value, sign, words = (part.strip() for part in line.partition("="))
            shown = {"line": line.strip()[:80]}
            if not (value and sign and words):
                said = _now("Write each choice as “value = label”: %(line)s")
                raise forms.ValidationError(said % shown)
            if tag in labels.setdefault(value, {}):
                said = _now("This value is there twice: %(line)s")
                raise forms.ValidationError(said % shown)
            labels[value][tag] = words
    return tuple({"value": v, "label": words} for v, words in labels.items())
