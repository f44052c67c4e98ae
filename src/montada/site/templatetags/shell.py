"""Small parts of every page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

STAR = (
    '<svg class="star" viewBox="0 0 64 64" aria-hidden="true">'
    '<g fill="none" stroke="currentColor" stroke-width="2.6">'
    '<rect x="14" y="14" width="36" height="36"/>'
    '<rect x="14" y="14" width="36" height="36" transform="rotate(45 32 32)"/></g>'
    '<circle cx="32" cy="32" r="7" fill="currentColor"/></svg>'
)


@register.simple_tag
def star() -> SafeString:
    """Draw the eight-pointed star, the forum's only ornament."""
    return mark_safe(STAR)


@register.filter
def startswith(text: str, start: str) -> bool:
    return text.startswith(start)
