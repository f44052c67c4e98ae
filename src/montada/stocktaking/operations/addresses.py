"""Addresses of projects: they say what stands there, and never change."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import slugify

from montada.stocktaking.models import Project

BATCH = 500
"""Addresses asked about in one statement."""

DRAFT = "draft-"
"""How the address of a project begins that was never published."""


def give_slugs(projects: Sequence[Project]) -> None:
    """Give each an address that says what it is, and stays the same if made again."""
    wanted = {project.key: _slug(project) for project in projects}
    slugs = list(wanted.values())
    taken: set[str] = set()
    for start in range(0, len(slugs), BATCH):
        found = Project.objects.filter(slug__in=slugs[start : start + BATCH])
        taken.update(found.values_list("slug", flat=True))
    for project in projects:
        slug = wanted[project.key]
        project.slug = f"{slug}-{project.key[:10]}" if slug in taken else slug
        taken.add(project.slug)


def _slug(project: Project) -> str:
    title = slugify(str(project.title))[:80].strip("-")
    # The end also keeps a title from taking the place of another page's address.
    end = (project.country_id or "int").lower() if title else project.key[:10]
    return f"{title or 'project'}-{end}"
