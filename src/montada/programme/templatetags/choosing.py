"""What pages of choosing look up by a proposal's number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def title_among(titles: Mapping[str, Any], reference: str) -> Any:
    """Return the proposal with this number, None if its reader may not see it."""
    return titles.get(reference)
