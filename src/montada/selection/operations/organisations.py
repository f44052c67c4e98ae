"""Organisations as a long list names them: each is looked up once, in memory."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from montada.participation import operations, queries
from montada.participation.engine.naming import Namesake, meant
from montada.selection.engine.prizes import PrizeRow
from montada.stocktaking.engine.titles import language_of_title


class Organisations:
    """
    Who is meant by the names of a list.

    `participation` decides; it is asked by a statement only about a name that is new or
    about which the row may teach something.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.namesakes = defaultdict(list, queries.organisation_index())

    def id_for(self, row: PrizeRow) -> int | None:
        """Return the number of the row's organisation, made if need be."""
        if not row.organisation:
            return None
        key = queries.key_of(row.organisation)
        found = meant(
            self.namesakes[key],
            country_id=row.country,
            stakeholder_group_id=row.stakeholder_group,
        )
        if found is None or _may_teach(row, found):
            found = self._asked(key, row)
        return found.organisation_id

    def _asked(self, key: str, row: PrizeRow) -> Namesake:
        organisation = operations.name_organisation(
            name=row.organisation,
            language=language_of_title(row.organisation),
            country_id=row.country,
            stakeholder_group_id=row.stakeholder_group,
            source_url=row.source_url,
            at=self.at,
        )
        others = [
            n for n in self.namesakes[key] if n.organisation_id != organisation.pk
        ]
        now = Namesake(
            organisation.pk, organisation.country_id, organisation.stakeholder_group_id
        )
        self.namesakes[key] = sorted([*others, now], key=lambda n: n.organisation_id)
        return now


def _may_teach(row: PrizeRow, known: Namesake) -> bool:
    teaches_country = known.country_id is None and row.country is not None
    teaches_group = (
        known.stakeholder_group_id is None and row.stakeholder_group is not None
    )
    return teaches_country or teaches_group
