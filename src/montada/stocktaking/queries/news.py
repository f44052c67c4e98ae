"""
What is new in the register, for those who follow something of it.

- New projects and new versions are read from the versions: an import leaves one entry
  in the trail for all its rows, but each row has a version.
- Endorsements are read from the remarks, and told once the version is published.
- Distinctions, and that a project leaves or comes back, are read from the trail. Prizes
  of earlier years that come in a file are history: a distinction is news when it is
  noted of one project.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Greatest

from montada.audit import queries as audit
from montada.stocktaking.choices import RemarkKind, VersionState
from montada.stocktaking.models import (
    Project,
    ProjectActionLine,
    ProjectRemark,
    ProjectVersion,
)
from montada.stocktaking.queries.happenings import News, NewsItem, NewsKind, Scope

DECISIONS = {
    "stocktaking.distinction_noted": NewsKind.DISTINCTION,
    "stocktaking.project_archived": NewsKind.ARCHIVED,
    "stocktaking.project_republished": NewsKind.RETURNED,
    "stocktaking.project_unpublished": NewsKind.REMOVED,
}
"""Entries of the trail that are news to those who follow the project."""


def projects_at(slugs: Collection[str]) -> dict[str, Project]:
    """Return what anybody may read of the projects at these addresses. One query."""
    return Project.objects.public().in_bulk(list(slugs), field_name="slug")


def news(*, scope: Scope, since: datetime | None, until: datetime, limit: int) -> News:
    """
    Return what happened after `since` (None: ever) up to `until`, newest first.

    Five queries at most, however much is followed; at most `limit` items.
    """
    if scope == Scope():
        return News()
    items, counts = _publications(scope, _within("published_at", since, until), limit)
    if scope.slugs:
        told = [*_endorsements(scope, since, until), *_decisions(scope, since, until)]
        counts.update(item.kind for item in told)
        items = sorted([*items, *told], key=lambda item: item.at, reverse=True)
    return News(tuple(items[:limit]), counts)


def _within(name: str, since: datetime | None, until: datetime) -> Q:
    up_to = Q(**{f"{name}__lte": until})
    return up_to if since is None else up_to & Q(**{f"{name}__gt": since})


def _publications(
    scope: Scope, window: Q, limit: int
) -> tuple[list[NewsItem], Counter[NewsKind]]:
    versions = _published(scope).filter(window)
    counts: Counter[NewsKind] = Counter()
    by_number = versions.order_by().values_list("number").annotate(Count("pk"))
    for number, n_versions in by_number:
        counts[_kind_of(number)] += n_versions
    newest = versions.defer("record").select_related(
        "project__country", "project__organisation"
    )
    items = [
        NewsItem(_kind_of(version.number), version.published_at, version.project)
        for version in (newest[:limit] if counts else ())
        if version.published_at is not None
    ]
    return items, counts


def _published(scope: Scope) -> QuerySet[ProjectVersion]:
    of_lines = ProjectActionLine.objects.filter(actionline__in=scope.line_ids)
    is_there = (
        Q(project__organisation__in=scope.organisation_ids)
        | Q(project__country__in=scope.country_ids)
        | Q(project__in=of_lines.values("project"))
    )
    is_followed = Q(project__slug__in=scope.slugs)
    return ProjectVersion.objects.filter(
        Q(number=1) & is_there | Q(number__gt=1) & is_followed,
        state=VersionState.PUBLISHED,
        project__in=Project.objects.public(),
    ).order_by("-published_at", "-pk")


def _kind_of(number: int) -> NewsKind:
    return NewsKind.NEW if number == 1 else NewsKind.VERSION


def _endorsements(
    scope: Scope, since: datetime | None, until: datetime
) -> Iterator[NewsItem]:
    remarks = (
        ProjectRemark.objects.filter(
            kind=RemarkKind.ENDORSEMENT,
            version__state=VersionState.PUBLISHED,
            version__project__in=Project.objects.public().filter(slug__in=scope.slugs),
        )
        .annotate(seen_from=Greatest("made_at", "version__published_at"))
        .filter(_within("seen_from", since, until))
        .select_related("version__project__country", "version__project__organisation")
        .defer("version__record")
    )
    for remark in remarks:
        yield NewsItem(NewsKind.ENDORSED, remark.seen_from, remark.version.project)


def _decisions(
    scope: Scope, since: datetime | None, until: datetime
) -> Iterable[NewsItem]:
    projects = Project.objects.filter(slug__in=scope.slugs).select_related(
        "country", "organisation"
    )
    named = {audit.name_of(project): project for project in projects}
    entries = audit.entries().select_related(None).filter(subject__in=named)
    happened = entries.filter(_within("happened_at", since, until))
    for entry in happened.filter(action__in=DECISIONS):
        yield from _decided(entry, named[entry.subject])


def _decided(entry: Any, project: Project) -> Iterator[NewsItem]:
    kind, is_public = DECISIONS[entry.action], project.is_public
    # Of what was taken from the register that is said, and nothing else; of what came
    # back everything but that.
    if is_public != (kind == NewsKind.REMOVED):
        distinction, year = entry.details.get("kind", ""), entry.details.get("year")
        shown = project if is_public else None
        yield NewsItem(kind, entry.happened_at, shown, distinction, year)
