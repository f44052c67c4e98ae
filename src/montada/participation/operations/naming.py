"""Naming: an organisation comes into being when a source names it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from montada.audit import operations as audit
from montada.language.engine.folding import sort_key
from montada.language.engine.text import LocalizedText
from montada.participation import queries
from montada.participation.engine.naming import INTERNATIONAL
from montada.participation.models import Organisation
from montada.participation.operations._organisation_names import (
    checked_name,
    free_slug,
    keep_alias,
)
from montada.participation.operations.publishing import publish_organisations
from montada.participation.queries.organisations import LONGEST_NAME


@transaction.atomic
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
    Return the organisation that a source names; a name nobody knows makes a new one.

    `engine.naming` decides who is meant. `language` is that of the name, "und" where
    the source does not say. A country or group that was not known is learned.

    A name that is known already changes nothing and leaves no entry in the trail; an
    organisation that is new, or about which something was learned, leaves one, so that
    an import can be followed organisation by organisation.

    Raises
    ------
    OrganisationNameMissing, OrganisationNameTooLong
    """
    name = checked_name(name)
    known = queries.organisation_by_name(
        name=name, country_id=country_id, stakeholder_group_id=stakeholder_group_id
    )
    if known is not None:
        return _learned(known, country_id, stakeholder_group_id, source_url, at)
    new = Organisation.objects.create(
        slug=free_slug(name),
        name=LocalizedText.of(language, name),
        sort_key=sort_key(name)[:LONGEST_NAME],
        country_id=country_id,
        stakeholder_group_id=stakeholder_group_id,
        source_url=source_url,
    )
    keep_alias(new, name)
    publish_organisations(ids=[new.pk])
    audit.record(
        action="organisation.named",
        actor=None,
        subject=new,
        at=at,
        details={"name": name, "source_url": source_url},
    )
    return new


def _learned(
    known: Organisation,
    country_id: str | None,
    stakeholder_group_id: str | None,
    source_url: str,
    at: datetime,
) -> Organisation:
    """Fill in what nobody knew. The seat of an international one is not learned so."""
    learned: dict[str, str] = {}
    if known.stakeholder_group_id is None and stakeholder_group_id is not None:
        learned["stakeholder_group_id"] = stakeholder_group_id
    is_national = INTERNATIONAL not in (
        known.stakeholder_group_id,
        stakeholder_group_id,
    )
    if known.country_id is None and country_id is not None and is_national:
        learned["country_id"] = country_id
    if not learned:
        return known
    for column, value in learned.items():
        setattr(known, column, value)
    known.save(update_fields=list(learned))
    publish_organisations(ids=[known.pk])
    audit.record(
        action="organisation.learned",
        actor=None,
        subject=known,
        at=at,
        details={**learned, "source_url": source_url},
    )
    return known
