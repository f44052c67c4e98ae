"""Unsurprising organisations, named as a source would name them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from montada.participation import operations
from montada.participation.models import Organisation

NAMED_AT = datetime(2027, 1, 1, tzinfo=UTC)


def make_organisation(name: str = "Bibliotheca", **values: Any) -> Organisation:
    facts: dict[str, Any] = {
        "language": "en",
        "country_id": None,
        "stakeholder_group_id": None,
        "source_url": "https://example.org/list",
        "at": NAMED_AT,
    }
    return operations.name_organisation(name=name, **(facts | values))
