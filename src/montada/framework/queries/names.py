"""What everything is called that lists are narrowed by."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from montada.audit import queries as audit
from montada.framework.models import (
    ActionLine,
    Country,
    CountryGroup,
    Goal,
    StakeholderGroup,
)
from montada.language.engine.text import LocalizedText


class Named(NamedTuple):
    kind: str
    """ "country", "group" (of countries), "stakeholder", "goal" or "line"."""
    code: str
    order: int
    """Among those of its kind; 0 where they have none."""
    code_ar: str
    """Of a line, as Arabic texts write it."""
    name: LocalizedText

    @property
    def is_line(self) -> bool:
        return self.kind == "line"

    def code_in(self, language: str) -> str:
        """Return the code as a text writes it, a line's without its part."""
        in_latin = self.code.split("-")[0]
        return self.code_ar if self.is_line and language == "ar" else in_latin


@audit.remembered("framework.reference", "framework.targets")
def names() -> list[Named]:
    """Return each with its name, those of one kind in their order. One query."""
    rows = _named(Country, "country", "iso3").union(
        _named(CountryGroup, "group", "code", order="order"),
        _named(StakeholderGroup, "stakeholder", "code", order="order"),
        _named(Goal, "goal", "number", order="number", name="title"),
        _named(
            ActionLine, "line", "code", order="order", code_ar="code_ar", name="title"
        ),
        all=True,
    )
    return sorted(map(Named._make, rows), key=lambda row: (row.kind, row.order))


def _named(
    table: Any,
    kind: str,
    code: str,
    *,
    order: str = "",
    code_ar: str = "",
    name: str = "name",
) -> Any:
    return table.objects.order_by().values_list(
        Value(kind),
        Cast(code, CharField()),
        F(order) if order else Value(0),
        F(code_ar) if code_ar else Value(""),
        name,
    )
