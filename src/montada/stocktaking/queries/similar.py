"""Projects beside a project."""

from __future__ import annotations

from montada.stocktaking.models import Project

SHOWN = 6


def similar_projects(project: Project) -> list[Project]:
    """
    Return other projects of the same country and action line, newest first. One query.

    Nothing where the country or the line is not stated: everything would be similar.
    """
    lines = [line.pk for line in project.action_lines.all()]
    if project.country_id is None or not lines:
        return []
    others = Project.objects.filter(
        country=project.country_id, action_lines__in=lines
    ).exclude(pk=project.pk)
    return list(
        others.distinct().only("slug", "title", "first_year", "last_year")[:SHOWN]
    )
