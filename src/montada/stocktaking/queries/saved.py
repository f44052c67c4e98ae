"""Views of the register that people keep."""

from __future__ import annotations

from typing import Any

from montada.stocktaking.models import SavedView


def saved_view(key: str) -> SavedView | None:
    """Return the view at this address; anybody may open it. One query."""
    return SavedView.objects.filter(key=key).first()


def saved_views_of(person: Any) -> list[SavedView]:
    """Return what a person keeps, by name. One query."""
    return list(SavedView.objects.filter(owner_id=person.pk))
