"""Everything that a project's page shows of one published version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Prefetch, Q, Subquery

from montada.stocktaking.choices import (
    Beneficiary,
    Coverage,
    EntryType,
    FileKind,
    LinkSource,
    ProjectStatus,
    RemarkKind,
    VersionState,
    Visibility,
)
from montada.stocktaking.engine.freshness import FreshnessBounds
from montada.stocktaking.engine.record import TEXTS, Evidence, Money, ProjectRecord
from montada.stocktaking.engine.values import LabelAxis, LabelOf, is_public_address
from montada.stocktaking.models import (
    Project,
    ProjectFile,
    ProjectRemark,
    ProjectVersion,
)
from montada.stocktaking.queries.amounts import written_amount, written_money
from montada.stocktaking.queries.facet_labels import Label, facet_labels
from montada.stocktaking.queries.index import ARCHIVED
from montada.stocktaking.queries.label_names import label_rows

if TYPE_CHECKING:
    from montada.framework.models import Country
    from montada.language.engine.text import LocalizedText
    from montada.stocktaking.models import ProjectSource

_LINKS: dict[str, LabelAxis] = {
    "lines": "action_line",
    "goals": "goal",
    "targets": "target",
    "objectives": "objective",
}
"""What pages call the labels of an axis."""


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A row of the framework beside a project, who says so, and on what words."""

    row: Any
    source: str
    """In the reader's words."""
    percent: float | None
    """How sure the engine was that said it first."""
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextShown:
    name: str
    text: LocalizedText


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    row: Evidence
    baseline: str
    value: str
    file: ProjectFile | None

    @property
    def is_source_an_address(self) -> bool:
        return is_public_address(self.row.source)


@dataclass(frozen=True, slots=True)
class MoneyShown:
    """Amounts in words, with their currency; "" where nothing is said."""

    budget: str
    funded: str
    gap: str
    own_share: str
    donors: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.budget or self.funded or self.own_share or self.donors)


@dataclass(frozen=True, slots=True)
class Endorsed:
    """That a country's focal point stands behind the project, and since when."""

    country: Country | None
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """
    A project as one of its published versions says it.

    `version` is None where a project has none yet; its record then holds the title.
    """

    project: Project
    version: ProjectVersion | None
    newest: int
    """Number of the newest published version."""
    record: ProjectRecord
    links: dict[str, tuple[LinkShown, ...]]
    images: tuple[ProjectFile, ...]
    documents: tuple[ProjectFile, ...]
    evidence: tuple[EvidenceShown, ...]
    money: MoneyShown
    sources: tuple[ProjectSource, ...]
    twins: tuple[Project, ...]
    endorsed: tuple[Endorsed, ...]
    freshness: Label | None
    labels: dict[str, dict[str, Label]]
    """Of countries, lines and the rest, by facet and value."""

    @property
    def texts(self) -> tuple[TextShown, ...]:
        """The texts that say something, the title apart, in the order of telling."""
        named = ((name, self.record.text(name)) for name in TEXTS[1:])
        return tuple(TextShown(name, text) for name, text in named if text)

    @property
    def website(self) -> str:
        """Its address; "" where it is none that a reader could follow."""
        address = self.record.website
        return address if is_public_address(address) else ""

    @property
    def number(self) -> int:
        return self.version.number if self.version else 0

    @property
    def is_newest(self) -> bool:
        return self.number == self.newest

    @property
    def entry_type(self) -> str:
        return _name(EntryType, self.record.entry_type)

    @property
    def status(self) -> str:
        return _name(ProjectStatus, self.record.status)

    @property
    def coverage(self) -> str:
        return _name(Coverage, self.record.coverage)

    @property
    def beneficiaries(self) -> tuple[str, ...]:
        return tuple(_name(Beneficiary, one) for one in self.record.beneficiaries)

    @property
    def partners(self) -> list[tuple[Any, Label | None]]:
        return [(p, self._country(p.country_id)) for p in self.record.partners]

    @property
    def places(self) -> list[tuple[Any, Label | None]]:
        return [(p, self._country(p.country_id)) for p in self.record.places]

    def _country(self, iso3: str | None) -> Label | None:
        return self.labels["country"].get(iso3 or "")


def project_page(
    slug: str,
    language: str,
    *,
    number: int | None = None,
    bounds: FreshnessBounds | None = None,
) -> ProjectPage | None:
    """
    Return a public project as version `number` says it, the newest by default.

    None if there is no such public project, or no such published version.
    """
    pages = project_pages([slug], language, bounds=bounds, number=number)
    if not pages or (number is not None and pages[0].version is None):
        return None
    return pages[0]


def project_pages(
    slugs: Collection[str],
    language: str,
    *,
    bounds: FreshnessBounds | None = None,
    number: int | None = None,
) -> list[ProjectPage]:
    """
    Return public projects in the order of `slugs`, each as its newest version says it.

    With a number, as that version says it. Unknown slugs are left out. Eleven
    queries, however many projects.
    """
    found = Project.objects.public().filter(slug__in=slugs)
    rows = found.select_related("organisation", "country", "stakeholder_group")
    files = Prefetch("files", ProjectFile.objects.shown())
    projects = {row.slug: row for row in rows.prefetch_related(*_PREFETCHED, files)}
    draw = _Drawing(list(projects.values()), language, bounds, number)
    return [draw.page(projects[slug]) for slug in slugs if slug in projects]


_PREFETCHED = ("action_lines", "goals", "distinctions", "sources")


class _Drawing:
    """What hangs on some projects, read at once for all of them."""

    def __init__(
        self,
        projects: list[Project],
        language: str,
        bounds: FreshnessBounds | None,
        number: int | None,
    ) -> None:
        self.bounds = bounds
        self.language = language
        self.labels = facet_labels(language)
        self.versions = _versions(projects, number)
        shown = self.versions.values()
        self.rows = label_rows(label for version in shown for label in version.labels)
        self.twins = _twins(projects)
        self.endorsed = _endorsed(projects)

    def page(self, project: Project) -> ProjectPage:
        version = self.versions.get(project.pk)
        record = version.record if version else ProjectRecord(title=project.title)
        files = list(project.files.all())
        return ProjectPage(
            project=project,
            version=version,
            newest=version.newest if version else 0,
            record=record,
            links={
                called: tuple(self._links(version, axis))
                for called, axis in _LINKS.items()
            },
            images=tuple(file for file in files if file.kind == FileKind.IMAGE),
            documents=tuple(file for file in files if file.kind == FileKind.DOCUMENT),
            evidence=_evidence(record.evidence, files, self.language),
            money=_money(record.money, self.language),
            sources=tuple(project.sources.all()),
            twins=self.twins[project.pk],
            endorsed=tuple(self.endorsed[project.pk].values()),
            freshness=self._freshness(project),
            labels=self.labels,
        )

    def _links(
        self, version: ProjectVersion | None, axis: LabelAxis
    ) -> Iterator[LinkShown]:
        said = {label.key: label for label in version.labels} if version else {}
        for key, row in self.rows.items():
            if key in said and key[0] == axis:
                yield _link(row, said[key])

    def _freshness(self, project: Project) -> Label | None:
        names = self.labels["freshness"]
        if project.visibility == Visibility.ARCHIVED:
            return names[ARCHIVED]
        if self.bounds is None:
            return None
        return names.get(self.bounds.freshness_of(project.current_on))


def _versions(projects: Iterable[Project], number: int | None) -> dict[int, Any]:
    """Return the version to show of each, with the number of the newest. One query."""
    published = ProjectVersion.objects.filter(state=VersionState.PUBLISHED)
    own = published.filter(project=OuterRef("project")).order_by("-number")
    versions = published.filter(project__in=projects).annotate(
        newest=Subquery(own.values("number")[:1])
    )
    shown = versions.filter(number=F("newest") if number is None else number)
    return {version.project_id: version for version in shown}


def _name(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _link(row: Any, label: LabelOf) -> LinkShown:
    return LinkShown(
        row=row,
        source=_name(LinkSource, label.source),
        percent=None if label.confidence is None else 100 * label.confidence,
        words=tuple(map(str, label.words)),
    )


def _evidence(
    rows: Iterable[Evidence], files: Iterable[ProjectFile], language: str
) -> tuple[EvidenceShown, ...]:
    by_pk = {file.pk: file for file in files}
    return tuple(
        EvidenceShown(
            row,
            written_amount(row.baseline, language),
            written_amount(row.value, language),
            by_pk.get(row.file_id or 0),
        )
        for row in rows
    )


def _money(money: Money, language: str) -> MoneyShown:
    def written(amount: Decimal | None) -> str:
        return written_money(amount, money.currency, language)

    return MoneyShown(
        budget=written(money.budget),
        funded=written(money.funded),
        gap=written(money.gap),
        own_share=written(money.own_share),
        donors=money.donors,
    )


def _twins(projects: Iterable[Project]) -> dict[int, tuple[Project, ...]]:
    """Return the other records of each project. One query."""
    heads = {project.pk: project.same_as_id or project.pk for project in projects}
    wanted = list(set(heads.values()))
    public = Project.objects.public().select_related("country", "organisation")
    found = list(public.filter(Q(pk__in=wanted) | Q(same_as__in=wanted)))
    return {
        pk: tuple(
            other
            for other in found
            if head in (other.pk, other.same_as_id) and other.pk != pk
        )
        for pk, head in heads.items()
    }


def _endorsed(projects: Iterable[Project]) -> dict[int, dict[str | None, Endorsed]]:
    """Return each country that endorsed a project, its newest word. One query."""
    endorsed: defaultdict[int, dict[str | None, Endorsed]] = defaultdict(dict)
    remarks = (
        ProjectRemark.objects.filter(
            version__project__in=projects,
            version__state=VersionState.PUBLISHED,
            kind=RemarkKind.ENDORSEMENT,
        )
        .select_related("country", "version")
        .defer("version__record")
    )
    for remark in remarks.order_by("pk"):
        of_project = endorsed[remark.version.project_id]
        of_project[remark.country_id] = Endorsed(
            remark.country, remark.made_at, remark.version.number
        )
    return endorsed
