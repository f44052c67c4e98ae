"""
An edition's time zone and its sources' words, in the reader's language.

`{% clock edition %}`, `{% reported edition.participants_basis %}`.
"""

from __future__ import annotations

from typing import Any

from babel.dates import get_timezone_location
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from montada.djangokit.page_language import page_language
from montada.edition.choices import WORDS_OF_SOURCES

register = template.Library()


@register.simple_tag
def clock(edition: Any) -> str:
    """
    Name whose clocks an edition's moments are read from: "Geneva time".

    The edition's own city where it has one, since its zone is that of its place; else
    the city that names the zone.
    """
    reader = page_language()
    city = edition.city.shown_to(reader).text or get_timezone_location(
        edition.timezone, locale=reader, return_city=True
    )
    return gettext("%(city)s time") % {"city": city}


@register.simple_tag
def reported(words: str) -> SafeString:
    """Write short words of a source: in the reader's language where pages know them."""
    known = WORDS_OF_SOURCES.get(words)
    if known is not None:
        return format_html("{}", known)
    return format_html('<bdi lang="en" dir="ltr">{}</bdi>', words)
