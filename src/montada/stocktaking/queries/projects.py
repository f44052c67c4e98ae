"""Projects one by one, in lists, and counted."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from montada.stocktaking.models import Project


class Counts(NamedTuple):
    n_projects: int
    n_countries: int
    """Countries with at least one project; one without a country counts for none."""


def counts() -> Counts:
    """Return how many projects there are, and of how many countries. One query."""
    found = Project.objects.public().aggregate(
        n_projects=Count("pk"), n_countries=Count("country", distinct=True)
    )
    return Counts(**found)


def public_projects() -> QuerySet[Project]:
    """Return what anybody may read, in no order: for conditions of other tables."""
    return Project.objects.public().order_by()


def projects_of(
    *,
    country: Any = None,
    organisation: Any = None,
    action_line: Any = None,
    goal: Any = None,
) -> QuerySet[Project]:
    """
    Return public projects of a country, organisation, line or goal (a row or its key).

    Newest first, with everything that `stocktaking/_project_card.html` shows; several
    conditions narrow each other.
    """
    wanted = {
        "country": country,
        "organisation": organisation,
        "action_lines": action_line,
        "goals": goal,
    }
    return (
        Project.objects.public()
        .filter(**{k: v for k, v in wanted.items() if v is not None})
        .select_related("organisation", "country", "stakeholder_group")
        .prefetch_related("action_lines", "distinctions")
    )


def project(slug: str) -> Project | None:
    """Return the public project at this address, with its lines and goals."""
    return (
        Project.objects.public()
        .filter(slug=slug)
        .select_related("organisation", "country", "stakeholder_group")
        .prefetch_related("action_lines", "goals")
        .first()
    )
