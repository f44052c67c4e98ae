"""Organisations as a long list names them: each is looked up once, in memory."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from montada.participation import queries
from montada.participation.engine.naming import Namesake, meant
from montada.participation.operations.naming import name_organisation


class OrganisationsOfAList:
    """
    Who is meant by the names of a list.

    A statement is needed only for a name that is new, or about which the list may
    teach something.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.namesakes = defaultdict(list, queries.organisation_index())

    def id_for(
        self,
        name: str,
        *,
        language: str,
        country_id: str | None,
        stakeholder_group_id: str | None,
        source_url: str,
    ) -> int | None:
        """Return the number of the organisation, made if need be; none for no name."""
        if not name.strip():
            return None
        key = queries.key_of(name)
        place = {
            "country_id": country_id,
            "stakeholder_group_id": stakeholder_group_id,
        }
        found = meant(self.namesakes[key], **place)
        if found is None or _may_learn(found, **place):
            organisation = name_organisation(
                name=name, language=language, source_url=source_url, at=self.at, **place
            )
            found = Namesake(
                organisation.pk,
                organisation.country_id,
                organisation.stakeholder_group_id,
            )
            self._remember(key, found)
        return found.organisation_id

    def _remember(self, key: str, now: Namesake) -> None:
        others = [
            known
            for known in self.namesakes[key]
            if known.organisation_id != now.organisation_id
        ]
        self.namesakes[key] = sorted(
            [*others, now], key=lambda known: known.organisation_id
        )


def _may_learn(
    known: Namesake, *, country_id: str | None, stakeholder_group_id: str | None
) -> bool:
    return (known.country_id is None and country_id is not None) or (
        known.stakeholder_group_id is None and stakeholder_group_id is not None
    )
