"""Naming: an organisation comes into being when a source names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from montada.audit import operations as audit
from montada.language.engine.folding import sort_key
from montada.language.engine.text import LocalizedText
from montada.participation import queries
from montada.participation.engine.naming import INTERNATIONAL, Namesake, meant
from montada.participation.models import Organisation, OrganisationAlias
from montada.participation.operations._organisation_names import (
    checked_name,
    free_slugs,
)
from montada.participation.operations.publishing import publish_organisations
from montada.participation.queries.organisations import LONGEST_NAME


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """What a source says. `language` is that of the name, "und" for one not said."""

    name: str
    language: str
    country_id: str | None
    stakeholder_group_id: str | None
    source_url: str


def name_organisation(
    *,
    name: str,
    language: str,
    country_id: str | None,
    stakeholder_group_id: str | None,
    source_url: str,
    at: datetime,
) -> Organisation:
    """
    Return the organisation that a source names; see `name_organisations`.

    Raises
    ------
    OrganisationNameMissing, OrganisationNameTooLong
    """
    named = NamedOrganisation(
        name, language, country_id, stakeholder_group_id, source_url
    )
    (organisation,) = name_organisations(named=[named], at=at)
    return organisation


@transaction.atomic
def name_organisations(
    *, named: Sequence[NamedOrganisation], at: datetime
) -> list[Organisation]:
    """
    Return the organisations that a source names; a name nobody knows makes a new one.

    `engine.naming` decides who is meant, one name after the other. A country or group
    that was not known is learned. The same few statements for one name and for some
    hundred.

    A name that is known already changes nothing and leaves no entry in the trail; an
    organisation that is new, or about which something was learned, leaves one, so that
    an import can be followed organisation by organisation.

    Raises
    ------
    OrganisationNameMissing, OrganisationNameTooLong
    """
    names = [checked_name(one.name) for one in named]
    keys = [queries.key_of(name) for name in names]
    known = queries.organisations_by_key(keys)
    naming = _Naming(at)
    found: list[Organisation] = []
    for name, key, one in zip(names, keys, named, strict=True):
        organisation = _meant(known[key], one)
        if organisation is None:
            known[key].append(organisation := naming.begin(name, one))
        else:
            naming.learn(organisation, one)
        found.append(organisation)
    naming.write()
    return found


def _meant(
    namesakes: Sequence[Organisation], one: NamedOrganisation
) -> Organisation | None:
    """Return who is meant among those of a name, the oldest first."""
    found = meant(
        [
            Namesake(place, known.country_id, known.stakeholder_group_id)
            for place, known in enumerate(namesakes)
        ],
        country_id=one.country_id,
        stakeholder_group_id=one.stakeholder_group_id,
    )
    return namesakes[found.organisation_id] if found else None


class _Naming:
    """What names have made and taught; nothing is written before `write`."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.new: list[tuple[Organisation, str]] = []
        self.learned: list[tuple[Organisation, dict[str, str], str]] = []

    def begin(self, name: str, one: NamedOrganisation) -> Organisation:
        organisation = Organisation(
            name=LocalizedText.of(one.language, name),
            sort_key=sort_key(name)[:LONGEST_NAME],
            country_id=one.country_id,
            stakeholder_group_id=one.stakeholder_group_id,
            source_url=one.source_url,
        )
        self.new.append((organisation, name))
        return organisation

    def learn(self, known: Organisation, one: NamedOrganisation) -> None:
        """Fill in what nobody knew. The seat of an international one is not learned."""
        learned: dict[str, str] = {}
        groups = (known.stakeholder_group_id, one.stakeholder_group_id)
        if known.stakeholder_group_id is None and one.stakeholder_group_id is not None:
            learned["stakeholder_group_id"] = one.stakeholder_group_id
        is_told = known.country_id is None and one.country_id is not None
        if is_told and INTERNATIONAL not in groups:
            learned["country_id"] = str(one.country_id)
        for column, value in learned.items():
            setattr(known, column, value)
        if learned:
            self.learned.append((known, learned, one.source_url))

    def write(self) -> None:
        """Write all of it, let it be found, and leave an entry for each."""
        self._make()
        for known, learned, _url in self.learned:
            known.save(update_fields=list(learned))
        changed = {one.pk for one, _name in self.new}
        changed |= {one.pk for one, _learned, _url in self.learned}
        if changed:
            publish_organisations(ids=changed)
        audit.record_all(action="organisation.named", told=self._named(), at=self.at)
        audit.record_all(
            action="organisation.learned", told=self._learned(), at=self.at
        )

    def _make(self) -> None:
        slugs = free_slugs([name for _new, name in self.new])
        for (organisation, _name), slug in zip(self.new, slugs, strict=True):
            organisation.slug = slug
        Organisation.objects.bulk_create([one for one, _name in self.new])
        OrganisationAlias.objects.bulk_create(
            OrganisationAlias(organisation=one, key=queries.key_of(name), text=name)
            for one, name in self.new
        )

    def _named(self) -> Iterable[audit.Told]:
        for one, name in self.new:
            yield one, {"name": name, "source_url": one.source_url}

    def _learned(self) -> Iterable[audit.Told]:
        for one, learned, source_url in self.learned:
            yield one, {**learned, "source_url": source_url}
