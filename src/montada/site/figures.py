"""The numbers at the top of a home page: counted here, or reported by a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Min, QuerySet, Value

from montada.edition import queries as edition
from montada.programme import queries as programme
from montada.selection import queries as selection
from montada.stocktaking import queries as stocktaking


@dataclass(frozen=True, slots=True)
class Figures:
    """What this forum holds, counted at this moment."""

    n_projects: int
    n_countries: int
    """Countries with at least one project."""
    n_sessions: int
    n_awards: int
    n_editions: int
    first_year: int | None
    """Year of the earliest real edition."""


def figures() -> Figures:
    """
    Count what the forum holds. Two queries.

    Three tables are counted in one statement, since a home page has eight to spend.
    """
    nothing = Value(None, output_field=IntegerField())
    projects = _counted(
        stocktaking.projects_of(), "projects", Count("country", distinct=True)
    )
    sessions = _counted(programme.sessions(), "sessions", nothing)
    editions = _counted(
        edition.editions().filter(is_made_up=False), "editions", Min("year")
    )
    found = {
        what: (n, more)
        for what, n, more in projects.union(sessions, editions, all=True)
    }
    return Figures(
        n_projects=found["projects"][0],
        n_countries=found["projects"][1],
        n_sessions=found["sessions"][0],
        n_awards=selection.n_awards(),
        n_editions=found["editions"][0],
        first_year=found["editions"][1],
    )


def _counted(rows: QuerySet[Any], what: str, more: Any) -> QuerySet[Any, Any]:
    plain = rows.order_by().prefetch_related(None).select_related(None)
    counted: QuerySet[Any, Any] = (
        plain.annotate(what=Value(what))
        .values("what")
        .annotate(n=Count("pk"), more=more)
        .values_list("what", "n", "more")
    )
    return counted
