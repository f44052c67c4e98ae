"""
Text, numbers and dates on pages, in the reader's language and the site's digits.

Built into every template: `{% localized project.title %}`, `{{ n|number }}`,
`{{ share|percent }}`, `{{ day|day }}`, `{{ text|plainly }}`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from montada.djangokit.page_language import page_language
from montada.language.engine import dates, numbers
from montada.language.engine.text import (
    UNDETERMINED,
    LocalizedText,
    Shown,
    TextState,
)
from montada.language.queries import in_page_digits

register = template.Library()


def _language_name(tag: str) -> str:
    return str(dict(settings.LANGUAGES).get(tag, tag))


def _mark(shown: Shown) -> str:
    if shown.language == UNDETERMINED:
        return ""
    if not shown.is_in_readers_language:
        sentence = gettext("Shown in the original language: %(language)s.")
        return sentence % {"language": _language_name(shown.language)}
    if shown.state == TextState.DRAFT:
        return gettext("This wording is a draft: nobody has approved it yet.")
    if shown.state == TextState.MACHINE:
        return gettext("Machine translation: nobody has approved it yet.")
    return ""


def _badge(shown: Shown) -> str:
    if not shown.is_in_readers_language:
        return _language_name(shown.language)
    return gettext("draft") if shown.state == TextState.DRAFT else gettext("machine")


@register.simple_tag
def localized(text: LocalizedText | None, marks: bool = True) -> SafeString:
    """
    Write a text in the reader's language, else in its author's, and say which.

    `marks=False` leaves out the mark where a list repeats it or a heading is too small;
    language and direction stay on the words.
    """
    shown = (text or LocalizedText()).shown_to(page_language())
    words = format_html(
        '<bdi lang="{}" dir="{}">{}</bdi>', shown.language, shown.direction, shown.text
    )
    mark = _mark(shown) if marks and shown.text else ""
    if not mark:
        return words
    return format_html(
        '{} <small class="mark" title="{}">{}</small>', words, mark, _badge(shown)
    )


@register.filter
def plainly(text: LocalizedText | None) -> str:
    """Return the words alone, for titles of pages and for attributes."""
    return text.shown_to(page_language()).text if text else ""


@register.filter
def in_readers_words(text: LocalizedText | None) -> Shown:
    """Return the words, with their language and direction beside them."""
    return (text or LocalizedText()).shown_to(page_language())


@register.filter
def number(value: Any, places: int = 0) -> str:
    """Write a number; nothing where there is none."""
    if value in (None, ""):
        return ""
    return numbers.written_number(
        value, page_language(), digits=settings.DIGITS, places=places
    )


@register.filter
def percent(value: Any, places: int = 0) -> str:
    """Write 47.3 as 47%."""
    if value in (None, ""):
        return ""
    return numbers.written_percent(
        value, page_language(), digits=settings.DIGITS, places=places
    )


@register.filter
def digits(value: Any) -> str:
    """Write a year, a code or a clock time in the site's digits."""
    return in_page_digits(value)


@register.filter
def day(value: date | None) -> str:
    return digits(dates.written_date(value, page_language())) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    return dates.written_weekday(value, page_language()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment in the time zone it carries."""
    return digits(dates.written_moment(value, page_language())) if value else ""


@register.simple_tag
def period(start: date | None, end: date | None) -> str:
    """Write the days from `start` to `end`; what is unknown is left out."""
    if start and end:
        return digits(dates.written_period(start, end, page_language()))
    known = end or start
    return day(known) if known else gettext("dates unknown")


@register.filter
def direction(language: str) -> str:
    return "rtl" if language == "ar" else "ltr"
