"""Writing awards in sets: a list of 200,000 rows takes minutes this way, not hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from montada.djangokit.tables import Status
from montada.edition import queries as editions
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.participation.operations import NamedOrganisation, OrganisationsOfAList
from montada.selection.engine.prizes import PrizeRow
from montada.selection.models import Award
from montada.stocktaking import operations as stocktaking
from montada.stocktaking import queries as projects
from montada.stocktaking.engine.titles import language_of_title
from montada.stocktaking.engine.values import ProjectFacts

SQL_BATCH = 500
"""Rows in one statement."""


class AwardKey(NamedTuple):
    """What makes two rows one award."""

    project_id: int
    year: int | None
    action_line_id: str | None
    result: str


@dataclass(slots=True)
class Outcome:
    """What became of one row."""

    status: Status
    award: Award
    kept: tuple[str, ...] = ()
    """Facts on which the row differs from the project's record."""
    same_as: int = 0
    """The earlier row of this file that names the same award."""


class Writer:
    """Writes rows batch by batch and remembers whom and what it met."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.organisations = OrganisationsOfAList(at)
        self.edition_of: dict[int, int | None] = {}
        self.row_of: dict[AwardKey, int] = {}
        self.version_of: dict[int, int] = {}

    def write(self, rows: Sequence[PrizeRow]) -> list[Outcome]:
        """Write the rows, in their order, and return what became of each."""
        owners = self.organisations.ids_for(list(map(_owner, rows)))
        recorded = stocktaking.record_projects(
            facts=list(map(_facts, rows, owners)), at=self.at
        )
        keys = [
            [
                AwardKey(r.project.pk, row.year, line, row.result)
                for line in row.lines or (None,)
            ]
            for row, r in zip(rows, recorded, strict=True)
        ]
        project_ids = {key.project_id for several in keys for key in several}
        known = self._known(project_ids)
        self.version_of = projects.newest_versions(project_ids)
        new: dict[AwardKey, Award] = {}
        outcomes = []
        for row, told, several in zip(rows, recorded, keys, strict=True):
            missing = [key for key in several if key not in known and key not in new]
            new.update({key: self._award(key, row) for key in missing})
            award = new.get(several[0]) or known[several[0]]
            outcomes.append(self._outcome(row, told, several, missing, award))
        Award.objects.bulk_create(new.values(), batch_size=SQL_BATCH)
        stocktaking.note_distinctions(
            distinctions=[
                stocktaking.NotedDistinction(key.project_id, key.result, key.year)
                for key in new
            ]
        )
        return outcomes

    def _outcome(
        self,
        row: PrizeRow,
        told: stocktaking.Recorded,
        keys: Sequence[AwardKey],
        missing: Sequence[AwardKey],
        award: Award,
    ) -> Outcome:
        earlier = [self.row_of.get(key, 0) for key in keys]
        self.row_of.update({key: row.number for key in keys if key not in self.row_of})
        if missing:
            return Outcome("accepted", award, told.kept)
        if told.outcome == "changed":
            return Outcome("changed", award, told.kept)
        if all(earlier):
            return Outcome("skipped", award, told.kept, same_as=earlier[0])
        return Outcome("unchanged", award, told.kept)

    def _award(self, key: AwardKey, row: PrizeRow) -> Award:
        return Award(
            **key._asdict(),
            version_id=self.version_of.get(key.project_id),
            edition_id=self._edition(key.year),
            source_url=row.source_url,
        )

    def _edition(self, year: int | None) -> int | None:
        if year is None:
            return None
        if year not in self.edition_of:
            edition = editions.edition_of_year(year)
            self.edition_of[year] = edition.pk if edition else None
        return self.edition_of[year]

    @staticmethod
    def _known(project_ids: set[int]) -> dict[AwardKey, Award]:
        awards = Award.objects.filter(project__in=project_ids)
        return {
            AwardKey(a.project_id, a.year, a.action_line_id, a.result): a
            for a in awards.order_by("-pk")
        }


def _owner(row: PrizeRow) -> NamedOrganisation:
    return NamedOrganisation(
        name=row.organisation,
        language=language_of_title(row.organisation),
        country_id=row.country,
        stakeholder_group_id=row.stakeholder_group,
        source_url=row.source_url,
    )


def _facts(row: PrizeRow, organisation_id: int | None) -> ProjectFacts:
    return ProjectFacts(
        source_url=row.source_url,
        title=_text(row.title),
        organisation_name=row.organisation,
        organisation_id=organisation_id,
        country_id=row.country,
        stakeholder_group_id=row.stakeholder_group,
        action_line_ids=row.lines,
        year=row.year,
    )


def _text(title: str) -> LocalizedText:
    return LocalizedText.of(language_of_title(title), title) if title else NO_TEXT
