"""Writing a text in several languages through a form."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError

from montada.language.engine.text import LocalizedText, TextState
from montada.language.fields import LocalizedTextFormField

# In the order of LANGUAGES: ar, en, fr, es, zh, ru.
STORED = LocalizedText.of("en", "Connected schools", ar="مدارس متصلة").approved(
    "ar", by=7
)


def field(initial: LocalizedText | None = None) -> LocalizedTextFormField:
    return LocalizedTextFormField(label="Title", initial=initial)


def test_words_that_stay_keep_their_approver() -> None:
    text = field(STORED).clean(["مدارس متصلة", "Schools online", "", "", "", ""])

    assert text.wordings["ar"] == STORED.wordings["ar"]
    assert text.wordings["en"].state == TextState.DRAFT
    assert text.written_in == "en"


def test_an_emptied_box_removes_the_language() -> None:
    text = field(STORED).clean(["", "Connected schools", "", "", "", ""])

    assert text.by_language == {"en": "Connected schools"}


def test_no_words_at_all_are_refused_where_words_are_needed() -> None:
    with pytest.raises(ValidationError, match="at least one language"):
        field().clean(["", " ", "", "", "", ""])


def test_every_box_has_its_language_and_direction() -> None:
    class TitleForm(forms.Form):
        title = field()

    html = str(TitleForm())

    assert 'lang="ar" dir="rtl"' in html
    assert 'lang="ru" dir="ltr"' in html
