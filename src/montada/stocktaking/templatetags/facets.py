"""The values of a facet: several hundred on a page, so written in one go."""

from __future__ import annotations

from collections.abc import Iterator

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from montada.djangokit.page_language import page_language
from montada.language.engine.numbers import in_digits, written_number
from montada.stocktaking.queries.listing import Facet

register = template.Library()

_ROW = '<li><a href="{}"{}{}>{}</a><span class="num">{}</span></li>\n'
_CHOSEN = mark_safe(' aria-current="true"')


@register.simple_tag
def facet_values(facet: Facet) -> SafeString:
    """
    Write each value of a facet as a link that chooses it, with its count.

    A template's loop takes a third of the whole page's time for this.
    """
    return format_html_join("", _ROW, _rows(facet))


def _rows(facet: Facet) -> Iterator[tuple[str, str, str, str, str]]:
    reader, digits = page_language(), settings.DIGITS
    unknown = format_html('<span class="unknown">{}</span>', gettext("not stated"))
    for value in facet.values:
        label = value.label
        is_year = facet.name == "year"
        text = in_digits(label.text, reader, digits=digits) if is_year else label.text
        yield (
            value.url,
            _CHOSEN if value.is_chosen else "",
            format_html(' lang="{}"', label.language) if label.language else "",
            unknown if value.is_not_stated else text,
            written_number(value.n_projects, reader, digits=digits),
        )
