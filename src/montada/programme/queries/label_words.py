"""Names of action lines and goals, as plain words in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from montada.djangokit.page_language import page_language
from montada.language.engine.text import LocalizedText
from montada.language.queries import in_page_digits


def words_in(text: LocalizedText) -> str:
    """Return a text as the reader is shown it, without marks."""
    return text.shown_to(page_language()).text


def code_of_line(line: Any) -> str:
    """Return «جيم7» for an Arabic reader, "C7" for others."""
    return in_page_digits(line.code_ar if page_language() == "ar" else line.latin_code)


def name_of_line(line: Any) -> str:
    """Return "C7 – E-agriculture"."""
    return f"{code_of_line(line)} – {words_in(line.title)}"


def name_of_goal(goal: Any) -> str:
    """Return "Goal 4: Quality Education"."""
    return gettext("Goal %(number)s: %(title)s") % {
        "number": in_page_digits(goal.number),
        "title": words_in(goal.title),
    }
