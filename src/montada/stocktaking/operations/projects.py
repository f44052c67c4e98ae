"""Recording projects: however often a source names one, it stays one row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language import operations as language
from montada.language.engine.folding import sort_key
from montada.language.engine.text import LocalizedText
from montada.stocktaking import signals
from montada.stocktaking.engine.identity import identity_key
from montada.stocktaking.engine.values import YEARS, ProjectFacts, is_public_address
from montada.stocktaking.models import Project
from montada.stocktaking.operations.publishing import indexed

if TYPE_CHECKING:
    from montada.participation.models import Organisation

BATCH = 500
"""Rows in one statement."""

Outcome = Literal["created", "changed", "unchanged"]
_FILLED = ("organisation_id", "stakeholder_group_id")
_CHANGEABLE = (*_FILLED, "first_year", "last_year")


class SourceNotNamed(Refusal):
    code = "stocktaking.source_not_named"
    message = _(
        "Every project names its source: a public web address of at most 500 "
        "characters that begins with http:// or https://."
    )


class YearOutOfRange(Refusal):
    code = "stocktaking.year_out_of_range"
    message = _("The year %(year)s lies outside %(first)s–%(last)s.")


@dataclass(slots=True)
class Recorded:
    """What became of one source's word on a project."""

    project: Project
    outcome: Outcome
    kept: tuple[str, ...] = ()
    """Names of facts on which the source differs from the record, which was kept."""


@transaction.atomic
def record_project(  # noqa: PLR0913 - one parameter for each fact of a record
    *,
    title: LocalizedText,
    organisation: Organisation | None,
    country_id: str | None,
    stakeholder_group_id: str | None,
    action_line_ids: Collection[str],
    goal_numbers: Collection[int],
    year: int | None,
    source_url: str,
    at: datetime,
    recorded_by: AbstractBaseUser | None = None,
) -> tuple[Project, bool]:
    """
    Record what a source says about one project; return it and whether it is new.

    A project that is known (see `engine.identity`) gains what was missing: lines,
    goals, years, organisation, stakeholder group. What it holds already is never
    overwritten.

    Raises
    ------
    SourceNotNamed, YearOutOfRange
    """
    facts = ProjectFacts(
        source_url=source_url,
        title=title,
        organisation_id=organisation.pk if organisation else None,
        organisation_name=str(organisation.name) if organisation else "",
        country_id=country_id,
        stakeholder_group_id=stakeholder_group_id,
        action_line_ids=tuple(action_line_ids),
        goal_numbers=tuple(goal_numbers),
        year=year,
    )
    (recorded,) = record_projects(facts=[facts])
    if recorded.outcome != "unchanged":
        audit.record(
            action=f"stocktaking.project_{recorded.outcome}",
            actor=recorded_by,
            subject=recorded.project,
            at=at,
            details={"source": source_url},
        )
    return recorded.project, recorded.outcome == "created"


@transaction.atomic
def record_projects(*, facts: Sequence[ProjectFacts]) -> list[Recorded]:
    """
    Record many sources' words at once, in their order; some statements per 500 rows.

    Part of a larger decision: the operation that takes it leaves the audit entry.

    Raises
    ------
    SourceNotNamed, YearOutOfRange
    """
    for one in facts:
        _check(one)
    recorded: list[Recorded] = []
    for start in range(0, len(facts), BATCH):
        batch = facts[start : start + BATCH]
        register = _Register(batch)
        recorded += map(register.take, register.keys, batch)
        register.write()
    if any(one.outcome == "created" for one in recorded):
        transaction.on_commit(_announce)
    return recorded


def _announce() -> None:
    signals.projects_recorded.send_robust(sender=None)


def _check(facts: ProjectFacts) -> None:
    if not is_public_address(facts.source_url):
        raise SourceNotNamed
    if facts.year is not None and facts.year not in YEARS:
        raise YearOutOfRange(year=facts.year, first=YEARS[0], last=YEARS[-1])


@dataclass(slots=True)
class _Entry:
    """A project in memory, with what its row and its links will have to gain."""

    project: Project
    is_new: bool = False
    is_changed: bool = False
    lines: set[str] = field(default_factory=set)
    goals: set[int] = field(default_factory=set)


class _Register:
    """The projects that some facts speak of: read once, written once."""

    def __init__(self, facts: Sequence[ProjectFacts]) -> None:
        self.keys = [identity_key(one) for one in facts]
        known = Project.objects.in_bulk(list(set(self.keys)), field_name="key")
        self.entries = {key: _Entry(project) for key, project in known.items()}
        by_pk = {entry.project.pk: entry for entry in self.entries.values()}
        for pk, code in Project.action_lines.through.objects.filter(
            project__in=by_pk
        ).values_list("project_id", "actionline_id"):
            by_pk[pk].lines.add(code)
        for pk, number in Project.goals.through.objects.filter(
            project__in=by_pk
        ).values_list("project_id", "goal_id"):
            by_pk[pk].goals.add(number)
        self.new_lines: dict[tuple[str, str], None] = {}
        self.new_goals: dict[tuple[str, int], None] = {}

    def take(self, key: str, facts: ProjectFacts) -> Recorded:
        """Join one source's word to what is known under `key`."""
        entry = self.entries.get(key)
        if entry is None:
            entry = self.entries[key] = _Entry(_new_project(key, facts), is_new=True)
            self._link(key, entry, facts)
            return Recorded(entry.project, "created")
        is_changed = _fill(entry.project, facts)
        entry.is_changed |= is_changed
        is_linked = self._link(key, entry, facts)
        return Recorded(
            entry.project,
            "changed" if is_changed or is_linked else "unchanged",
            _kept(entry.project, facts),
        )

    def _link(self, key: str, entry: _Entry, facts: ProjectFacts) -> bool:
        lines = [code for code in facts.action_line_ids if code not in entry.lines]
        goals = [number for number in facts.goal_numbers if number not in entry.goals]
        entry.lines.update(lines)
        entry.goals.update(goals)
        self.new_lines.update(dict.fromkeys((key, code) for code in lines))
        self.new_goals.update(dict.fromkeys((key, number) for number in goals))
        return bool(lines or goals)

    def write(self) -> None:
        new = [entry.project for entry in self.entries.values() if entry.is_new]
        _give_slugs(new)
        Project.objects.bulk_create(new, batch_size=BATCH)
        changed = [
            entry.project
            for entry in self.entries.values()
            if entry.is_changed and not entry.is_new
        ]
        Project.objects.bulk_update(changed, _CHANGEABLE, batch_size=BATCH)
        pk_of = {key: entry.project.pk for key, entry in self.entries.items()}
        lines, goals = Project.action_lines.through, Project.goals.through
        lines.objects.bulk_create(
            [
                lines(project_id=pk_of[k], actionline_id=code)
                for k, code in self.new_lines
            ],
            batch_size=BATCH,
        )
        goals.objects.bulk_create(
            [
                goals(project_id=pk_of[k], goal_id=number)
                for k, number in self.new_goals
            ],
            batch_size=BATCH,
        )
        language.publish(
            texts=(
                indexed(entry.project, lines=entry.lines, goals=entry.goals)
                for entry in self.entries.values()
            )
        )


def _new_project(key: str, facts: ProjectFacts) -> Project:
    return Project(
        key=key,
        title=facts.title,
        # A title of signs alone folds to nothing; an empty key means "no title".
        sort_key=(sort_key(str(facts.title)) or str(facts.title))[:300],
        organisation_id=facts.organisation_id,
        country_id=facts.country_id,
        stakeholder_group_id=facts.stakeholder_group_id,
        first_year=facts.year,
        last_year=facts.year,
        source_url=facts.source_url,
    )


def _fill(project: Project, facts: ProjectFacts) -> bool:
    """Let the record gain what it lacks; return whether it gained anything."""
    before = [getattr(project, name) for name in _CHANGEABLE]
    for name in _FILLED:
        if getattr(project, name) is None:
            setattr(project, name, getattr(facts, name))
    if facts.year is not None:
        project.first_year = min(project.first_year or facts.year, facts.year)
        project.last_year = max(project.last_year or facts.year, facts.year)
    return before != [getattr(project, name) for name in _CHANGEABLE]


def _kept(project: Project, facts: ProjectFacts) -> tuple[str, ...]:
    return tuple(
        name.removesuffix("_id")
        for name in _FILLED
        if getattr(facts, name) not in (None, getattr(project, name))
    )


def _give_slugs(projects: Sequence[Project]) -> None:
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
