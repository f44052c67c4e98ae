"""Columns and form fields that hold values of this feature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from montada.language.engine.text import (
    LANGUAGES,
    NO_TEXT,
    OWN_NAMES,
    LocalizedText,
    TextState,
    direction_of,
)


class LocalizedTextField(models.JSONField):
    """A `LocalizedText`, stored with the state and the approver of each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", LocalizedText)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        stored = super().from_db_value(value, expression, connection)
        return NO_TEXT if stored is None else LocalizedText.from_json(stored)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, LocalizedText):
            value = value.as_json()
        return super().get_prep_value(value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, dict):
            return LocalizedText.from_json(value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return LocalizedTextFormField(
            required=not self.blank, label=kwargs.get("label", self.verbose_name)
        )


class LocalizedTextWidget(forms.MultiWidget):
    """One box per language, each with its own language and direction."""

    template_name = "language/_localized_text_widget.html"

    def __init__(self, *, rows: int = 1, attrs: dict[str, Any] | None = None) -> None:
        def box(language: str) -> forms.Widget:
            marks = {"lang": language, "dir": direction_of(language)}
            return forms.Textarea({**marks, "rows": rows})

        super().__init__({tag: box(tag) for tag in LANGUAGES}, attrs)

    def decompress(self, value: LocalizedText | None) -> list[str]:
        words = value.by_language if value else {}
        return [words.get(tag, "") for tag in LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for tag, box in zip(LANGUAGES, context["widget"]["subwidgets"], strict=True):
            box["language_name"] = OWN_NAMES[tag]
        return context


class LocalizedTextFormField(forms.MultiValueField):
    """
    Reads a `LocalizedText`. Words that a person changed become a draft; words that
    stay keep their state and approver.
    """

    widget = LocalizedTextWidget
    default_error_messages = {
        "required": _("Write the text in at least one language."),
    }

    def __init__(self, *, rows: int = 1, required: bool = True, **kwargs: Any) -> None:
        super().__init__(
            [forms.CharField(required=False) for _tag in LANGUAGES],
            require_all_fields=False,
            required=False,
            widget=LocalizedTextWidget(rows=rows),
            **kwargs,
        )
        self.needs_words = required

    def clean(self, value: Any) -> LocalizedText:
        text: LocalizedText = super().clean(value) or NO_TEXT
        if self.needs_words and not text:
            raise ValidationError(self.error_messages["required"], code="required")
        before = self.initial if isinstance(self.initial, LocalizedText) else NO_TEXT
        kept = {
            tag: before.wordings[tag]
            for tag, words in text.by_language.items()
            if tag in before.wordings and before.wordings[tag].text == words
        }
        return LocalizedText(
            before.written_in or text.written_in, dict(text.wordings) | kept
        )

    def compress(self, data_list: list[str]) -> LocalizedText:
        text = NO_TEXT
        for tag, words in zip(LANGUAGES, data_list, strict=False):
            if words and words.strip():
                text = text.with_wording(tag, words.strip(), TextState.DRAFT)
        return text
