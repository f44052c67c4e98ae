"""Names of action lines and goals, as plain words in the language of the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from montada.djangokit.page_language import page_language
from montada.language.engine.numbers import in_digits
from montada.language.engine.text import LocalizedText


def written(value: object) -> str:
    """Return a number, a code or a clock time in the site's digits."""
    return in_digits(str(value), page_language(), digits=settings.DIGITS)


def words_in(text: LocalizedText) -> str:
    """Return a text as the reader is shown it, without marks."""
    return text.shown_to(page_language()).text


def code_of_line(line: Any) -> str:
    """Return «جيم7» for an Arabic reader, "C7" for others."""
    return written(line.code_ar if page_language() == "ar" else line.latin_code)


def name_of_line(line: Any) -> str:
    """Return "C7 – E-agriculture"."""
    return f"{code_of_line(line)} – {words_in(line.title)}"


def name_of_goal(goal: Any) -> str:
    """Return "Goal 4: Quality Education"."""
    return gettext("Goal %(number)s: %(title)s") % {
        "number": written(goal.number),
        "title": words_in(goal.title),
    }
