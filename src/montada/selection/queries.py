"""Everything that is read from the selection tables, and in what shape."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, QuerySet

from montada.framework import queries as framework
from montada.selection.models import Award
from montada.stocktaking import queries as stocktaking


def awards_of(project: Any) -> QuerySet[Award]:
    """Return what a project (a row or its key) reached, newest first."""
    awards = Award.objects.filter(project=project)
    return awards.select_related("action_line", "edition", "version")


def awards_of_country(iso3: str) -> QuerySet[Award]:
    """Return the awards of a country's projects, newest first, with the projects."""
    awards = _readable().filter(project__country=iso3)
    return awards.select_related("action_line", "project__organisation")


def awards_by_line_and_year(
    *, action_line: Any = None, group_code: str | None = None
) -> dict[str | None, dict[int | None, int]]:
    """
    Return the number of awards and nominations by action line, then by year.

    `None` stands for a line or a year that the source does not state; pairs without
    any are left out. `action_line` and `group_code` (countries) narrow them.
    """
    awards = _readable().order_by("action_line__order", "year")
    if action_line is not None:
        awards = awards.filter(action_line=action_line)
    if group_code is not None:
        members = framework.members_of(group_code)
        awards = awards.filter(project__country__in=members)
    counted: dict[str | None, dict[int | None, int]] = defaultdict(dict)
    for line, year, n in awards.values_list("action_line", "year").annotate(
        Count("pk")
    ):
        counted[line][year] = n
    return dict(counted)


def n_awards() -> int:
    """Return how many awards and nominations anybody may read of. One query."""
    return _readable().count()


def _readable() -> QuerySet[Award]:
    """Return the awards of public projects: of others nothing is said."""
    return Award.objects.filter(project__in=stocktaking.public_projects())
