"""Recording projects: however often a source names one, it stays one row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import LocalizedText
from montada.participation.operations import NamedOrganisation, OrganisationsOfAList
from montada.stocktaking import signals
from montada.stocktaking.engine.titles import language_of_title
from montada.stocktaking.engine.values import (
    YEARS,
    IncomingProject,
    ProjectFacts,
    SourceName,
    is_public_address,
)
from montada.stocktaking.models import Project
from montada.stocktaking.operations.filing import BATCH
from montada.stocktaking.operations.register import Recorded, Register

if TYPE_CHECKING:
    from montada.participation.models import Organisation


class SourceNotNamed(Refusal):
    code = "stocktaking.source_not_named"
    message = _(
        "Every project names its source: a public web address of at most 500 "
        "characters that begins with http:// or https://."
    )


class YearOutOfRange(Refusal):
    code = "stocktaking.year_out_of_range"
    message = _("The year %(year)s lies outside %(first)s–%(last)s.")


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
    (recorded,) = record_projects(facts=[facts], at=at)
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
def record_projects(*, facts: Sequence[ProjectFacts], at: datetime) -> list[Recorded]:
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
        register = Register(batch, at)
        recorded += map(register.take, batch)
        register.write()
    if any(one.outcome == "created" for one in recorded):
        transaction.on_commit(_announce)
    return recorded


@transaction.atomic
def take_in(
    *,
    incoming: Sequence[IncomingProject],
    organisations: OrganisationsOfAList,
    at: datetime,
) -> list[Recorded]:
    """
    Record what a file tells of projects, in its order; return what became of each.

    A project that people look after keeps their words. A year outside of what a
    register may hold is not kept; the dates of the record are. Part of a larger
    decision: the import leaves the audit entry.

    Raises
    ------
    SourceNotNamed
    """
    facts: list[ProjectFacts] = []
    for start in range(0, len(incoming), BATCH):
        batch = incoming[start : start + BATCH]
        facts += map(_facts, batch, organisations.ids_for(list(map(_owner, batch))))
    return record_projects(facts=facts, at=at)


def _owner(told: IncomingProject) -> NamedOrganisation:
    return NamedOrganisation(
        name=told.organisation_name,
        language=language_of_title(told.organisation_name),
        country_id=told.country_id,
        stakeholder_group_id=told.stakeholder_group_id,
        source_url=told.source_url,
    )


def _facts(told: IncomingProject, organisation_id: int | None) -> ProjectFacts:
    named = SourceName(told.system, told.identifier, told.digest)
    starts_on = told.record.starts_on
    year = told.year or (starts_on.year if starts_on else None)
    return ProjectFacts(
        source_url=told.source_url,
        title=told.record.title,
        organisation_name=told.organisation_name,
        organisation_id=organisation_id,
        country_id=told.country_id,
        stakeholder_group_id=told.stakeholder_group_id,
        labels=told.labels,
        year=year if year in YEARS else None,
        record=told.record,
        current_on=told.current_on,
        named=named if told.identifier else None,
    )


def _announce() -> None:
    signals.projects_recorded.send_robust(sender=None)


def _check(facts: ProjectFacts) -> None:
    # A row that comes under its own number names its source by it.
    is_named = facts.named is not None and not facts.source_url
    if not is_named and not is_public_address(facts.source_url):
        raise SourceNotNamed
    if facts.year is not None and facts.year not in YEARS:
        raise YearOutOfRange(year=facts.year, first=YEARS[0], last=YEARS[-1])
