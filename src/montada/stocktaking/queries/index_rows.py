"""
What the index of the project list is built of: who has which value of which facet.

One statement, whatever the number of projects, and all of one moment. What many rows
say comes as one text and is cut here: reading each value by itself takes three times
as long.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, CharField, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from montada.language.engine.text import UNDETERMINED
from montada.stocktaking.models import Project, ProjectDistinction
from montada.stocktaking.queries.aggregates import (
    BETWEEN,
    Joined,
    KeysInOrder,
    SideBySide,
)
from montada.stocktaking.queries.suggestions import open_suggestions

YES = "1"
STATED_VALUE = "stated"
REACHED = "reached"
"""A facet for cards alone: kind and year of a distinction, as "winner 2018"."""

SUGGESTED = {"line": "suggested_action_line", "goal": "suggested_goal"}
"""Facets of what titles suggest beside what is stated in a facet."""


class Said(NamedTuple):
    """Pairs of a project's key and a value: two texts of as many words by commas."""

    facet: str
    keys: str
    values: str
    """An empty word where a project says nothing."""


def _text(column: str) -> Combinable:
    """Return a column as text that is never NULL: the texts of all rows keep step."""
    return Coalesce(Cast(column, CharField()), Value(""))


def _if(value: str, **condition: Any) -> Combinable:
    return Case(When(**condition, then=Value(value)), default=Value(""))


COLUMNS: dict[str, Combinable] = {
    "country": _text("country_id"),
    "stakeholder": _text("stakeholder_group_id"),
    "type": F("entry_type"),
    "status": F("status"),
    "language": Case(
        When(written_in=UNDETERMINED, then=Value("")), default=F("written_in")
    ),
    "evidence": _if(YES, has_evidence=True),
    "gap": _if(YES, has_gap=True),
    "title": _if(STATED_VALUE, sort_key__gt=""),
    "organisation": _if(STATED_VALUE, organisation__isnull=False),
    "first_year": _text("first_year"),
    "last_year": _text("last_year"),
    "visibility": F("visibility"),
    "current_on": _text("current_on"),
}
"""Facets, and what the index needs besides, as a project's row says them."""


class Register(NamedTuple):
    """What there is to know of public projects."""

    in_order: str
    """Their keys in the order of the list, by commas."""
    columns: dict[str, Said]
    """What their rows say, all of the same projects in the same order."""
    links: list[Said]
    """What hangs on projects, also on some that are not public."""


def register() -> Register:
    in_order, columns, links = "", {name: Said(name, "", "") for name in COLUMNS}, []
    with connection.cursor() as cursor:
        cursor.execute(*_statement())
        for facet, values, keys in cursor.fetchall():
            if keys and facet:
                links.append(Said(facet, keys, values))
            elif keys:
                in_order, *texts = values.split(BETWEEN)
                for name, text in zip(COLUMNS, texts, strict=True):
                    columns[name] = Said(name, keys, text)
    return Register(in_order, columns, links)


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """
    Return what yields facet, values and keys; under "" order and columns of the rows.

    Put together once a process: that takes a third of the time in which it is answered.
    """
    public, works = Project.objects.public(), Project.countries_of_work.through
    in_order = KeysInOrder(public.values("pk"))
    columns = SideBySide(in_order, *map(Joined, COLUMNS.values()))
    distinctions = ProjectDistinction.objects
    kind_and_year = Concat("kind", Value(" "), _text("year"))
    rows = _joined(public, "", columns, "pk").union(
        _joined(Project.action_lines.through.objects, "line", Joined("actionline_id")),
        _joined(Project.goals.through.objects, "goal", Joined("goal_id")),
        _joined(works.objects, "work", Joined("country_id")),
        _joined(distinctions, "distinction", Joined("kind")),
        _joined(distinctions, REACHED, Joined(kind_and_year)),
        _joined(distinctions.exclude(year=None), "year", Joined("year")),
        _joined(
            open_suggestions(),
            Concat(Value("suggested_"), "axis"),
            Joined("code"),
            "subject_pk",
        ),
        all=True,
    )
    sql, values = rows.query.sql_with_params()
    return sql, values


def _joined(rows: Any, facet: Any, values: Any, key: str = "project_id") -> Any:
    of_facet = Value(facet) if isinstance(facet, str) else facet
    return (
        rows.order_by()
        .annotate(of_facet=of_facet)
        .values("of_facet")
        .annotate(said=values, keys=Joined(key))
        .values_list("of_facet", "said", "keys")
    )
