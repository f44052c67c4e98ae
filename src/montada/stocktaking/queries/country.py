"""All entries of a country, for its focal point: where each stands, what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from montada.djangokit.page_language import page_language
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.stocktaking.choices import (
    IN_CHECK,
    RemarkKind,
    VersionState,
    Visibility,
)
from montada.stocktaking.engine.completeness import Purpose, Subject, completeness
from montada.stocktaking.engine.freshness import Freshness
from montada.stocktaking.engine.record import NO_RECORD
from montada.stocktaking.models import (
    Project,
    ProjectContact,
    ProjectRemark,
    ProjectVersion,
)
from montada.stocktaking.queries.deadlines import Deadline, deadline
from montada.stocktaking.queries.facet_labels import freshness_names
from montada.stocktaking.queries.problems import PART_NAMES
from montada.stocktaking.queries.rules import register_at

STANDINGS: dict[str, Any] = {
    VersionState.FOCAL_POINT: VersionState.FOCAL_POINT.label,
    VersionState.CHANGE_ASKED: VersionState.CHANGE_ASKED.label,
    VersionState.SECRETARIAT: VersionState.SECRETARIAT.label,
    Visibility.PUBLISHED: Visibility.PUBLISHED.label,
    Visibility.ARCHIVED: Visibility.ARCHIVED.label,
    Visibility.UNPUBLISHED: Visibility.UNPUBLISHED.label,
}
"""Where an entry that was handed in may stand, in the order of the list."""

_HANDED_IN = (*IN_CHECK, VersionState.CHANGE_ASKED)


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """One project of a country as its focal point sees it."""

    project: Project
    version: ProjectVersion | None
    """The one under way, else the published one."""
    standing: str
    """A key of `STANDINGS`."""
    is_endorsed: bool
    """Whether the country has endorsed `version`."""
    due: Deadline | None
    freshness: Freshness
    purposes: tuple[Purpose, ...]

    @property
    def title(self) -> LocalizedText:
        written = self.version.record.title if self.version else NO_TEXT
        return written or self.project.title

    def organisation_shown(self, reader: str) -> str:
        """Return its name; of a version under way as its author writes it."""
        if self.version and self.version.organisation_name:
            return self.version.organisation_name
        known = self.project.organisation
        return known.name.shown_to(reader).text if known else ""

    @property
    def organisation_name(self) -> str:
        return self.organisation_shown(page_language())

    @property
    def missing_names(self) -> tuple[str, ...]:
        return tuple(str(PART_NAMES[need]) for need in self.missing)

    @property
    def standing_name(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def is_endorsable(self) -> bool:
        state = self.version.state if self.version else ""
        return state in (*IN_CHECK, VersionState.PUBLISHED) and not self.is_endorsed

    @property
    def freshness_name(self) -> str:
        """Return the light in words; empty where nobody has said when it was true."""
        return freshness_names().get(self.light, "")

    @property
    def light(self) -> str:
        is_archived = self.project.visibility == Visibility.ARCHIVED
        return "archived" if is_archived else self.freshness

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what a record lacks for the register and for a prize."""
        wanted = {"register", "prize"}
        lacking = (p.missing for p in self.purposes if p.name in wanted)
        return tuple(dict.fromkeys(need for needs in lacking for need in needs))


def country_entries(country_id: str, standing: str = "") -> QuerySet[Any]:
    """
    Return the projects of a country that were handed in, the waiting ones first.

    Drafts are their authors' own: they are not among them.
    """
    versions = ProjectVersion.objects.filter(project=OuterRef("pk"))
    under_way = versions.filter(state__in=_HANDED_IN)
    published = versions.filter(state=VersionState.PUBLISHED).order_by("-number")
    found: QuerySet[Any] = (
        Project.objects.filter(country=country_id)
        .annotate(
            shown_version=Coalesce(
                Subquery(under_way.values("pk")[:1]),
                Subquery(published.values("pk")[:1]),
            ),
            standing=Coalesce(Subquery(under_way.values("state")[:1]), F("visibility")),
            due_on=Subquery(under_way.values("due_on")[:1]),
            has_contact=Exists(ProjectContact.objects.filter(project=OuterRef("pk"))),
        )
        .exclude(standing=Visibility.UNSEEN)
    )
    narrowed = {"standing": standing} if standing else {}
    order = [When(standing=key, then=Value(n)) for n, key in enumerate(STANDINGS)]
    rows = found.filter(**narrowed).select_related("organisation", "country")
    return rows.order_by(
        Case(*order, default=Value(len(order)), output_field=IntegerField()),
        F("due_on").asc(nulls_last=True),
        "sort_key",
        "pk",
    )


def standings_of(country_id: str) -> dict[str, int]:
    """Return how many entries of a country stand where. One query."""
    rows = country_entries(country_id).order_by().values_list("standing")
    counts = dict(rows.annotate(n=Count("pk")).order_by())
    return {key: counts[key] for key in STANDINGS if key in counts}


def entries_shown(
    projects: Iterable[Project], *, reader: Any, at: datetime
) -> list[CountryEntry]:
    """Return rows of `country_entries` as pages show them. Five queries at most."""
    rows: list[Any] = list(projects)
    register = register_at(at)
    bounds = register.freshness
    pks = [row.shown_version for row in rows if row.shown_version]
    versions = ProjectVersion.objects.in_bulk(pks)
    endorsed = set(
        ProjectRemark.objects.filter(
            version__in=pks, kind=RemarkKind.ENDORSEMENT, country=F(_OWN_COUNTRY)
        ).values_list("version_id", flat=True)
    )
    return [
        CountryEntry(
            project=row,
            version=(version := versions.get(row.shown_version)),
            standing=row.standing,
            is_endorsed=row.shown_version in endorsed,
            due=deadline(row.due_on, reader=reader, register=register),
            freshness=bounds.freshness_of(row.current_on),
            purposes=completeness(_subject(row, version)),
        )
        for row in rows
    ]


_OWN_COUNTRY = "version__project__country"


def _subject(row: Any, version: ProjectVersion | None) -> Subject:
    is_named = bool(version and version.organisation_name)
    axes = {label.axis for label in version.labels} if version else set()
    return Subject(
        record=version.record if version else NO_RECORD,
        has_organisation=row.organisation_id is not None or is_named,
        has_country=True,
        has_line="action_line" in axes,
        has_goal="goal" in axes,
        has_contact=row.has_contact,
    )
