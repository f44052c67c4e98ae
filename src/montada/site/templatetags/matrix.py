"""The cells of the matrix: drawn here, since a loop over 306 of them costs most."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from montada.site.matrix import MatrixCell, MatrixRow

register = template.Library()

EMPTY = mark_safe('<td class="heat-0"></td>')


@register.simple_tag
def matrix_cells(row: MatrixRow) -> SafeString:
    """Draw the cells of one row, a link in each of which there is something to say."""
    return mark_safe("".join(_drawn(cell) for cell in row.cells))


def _drawn(cell: MatrixCell) -> SafeString:
    if not cell.url:
        return EMPTY
    return format_html(
        '<td class="heat-{}"><a href="{}" aria-label="{}">{}{}</a></td>',
        cell.heat,
        cell.url,
        cell.said,
        cell.sign,
        # Left to right, or Arabic pages would write the sum from its end.
        format_html('<small dir="ltr">{}</small>', cell.counted)
        if cell.counted
        else "",
    )
