"""Organisations as a long list names them: each is looked up once, in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from montada.participation import queries
from montada.participation.engine.naming import Namesake, meant
from montada.participation.models import Organisation
from montada.participation.operations.naming import (
    NamedOrganisation,
    name_organisations,
)


class OrganisationsOfAList:
    """
    Who is meant by the names of a list.

    Statements are needed only for names that are new, or about which the list may
    teach something: the same few for all that come together.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.look_again()

    def look_again(self) -> None:
        """Know who there is now: what was made may have been taken back."""
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
        named = NamedOrganisation(
            name, language, country_id, stakeholder_group_id, source_url
        )
        return self.ids_for([named])[0]

    def ids_for(self, named: Sequence[NamedOrganisation]) -> list[int | None]:
        """
        Return for each name what `id_for` would, one after the other.

        Raises
        ------
        OrganisationNameMissing, OrganisationNameTooLong
            Nothing is made then.
        """
        ids: list[int | None] = [None] * len(named)
        asked: dict[int, str] = {}
        unsure: set[str] = set()
        for place, one in enumerate(named):
            if not one.name.strip():
                continue
            key = queries.key_of(one.name)
            known = None if key in unsure else self._known(key, one)
            if known is None:
                # What this name teaches may tell who is meant by it further down.
                unsure.add(key)
                asked[place] = key
            else:
                ids[place] = known.organisation_id
        if not asked:
            return ids
        found = name_organisations(named=[named[place] for place in asked], at=self.at)
        for (place, key), organisation in zip(asked.items(), found, strict=True):
            self._remember(key, organisation)
            ids[place] = organisation.pk
        return ids

    def _known(self, key: str, one: NamedOrganisation) -> Namesake | None:
        """Return who is meant if nothing is to be learned of them."""
        found = meant(
            self.namesakes[key],
            country_id=one.country_id,
            stakeholder_group_id=one.stakeholder_group_id,
        )
        return None if found is None or _may_learn(found, one) else found

    def _remember(self, key: str, now: Organisation) -> None:
        others = [
            known for known in self.namesakes[key] if known.organisation_id != now.pk
        ]
        told = Namesake(now.pk, now.country_id, now.stakeholder_group_id)
        self.namesakes[key] = sorted(
            [*others, told], key=lambda known: known.organisation_id
        )


def _may_learn(known: Namesake, one: NamedOrganisation) -> bool:
    return (known.country_id is None and one.country_id is not None) or (
        known.stakeholder_group_id is None and one.stakeholder_group_id is not None
    )
