"""What people decide about organisations that are known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal
from montada.language.engine.folding import sort_key
from montada.language.engine.harmless import harmless_text
from montada.language.engine.text import LocalizedText
from montada.participation import queries
from montada.participation.models import Organisation, OrganisationAlias
from montada.participation.operations._organisation_names import (
    checked_name,
    keep_alias,
)
from montada.participation.operations.publishing import publish_organisations
from montada.participation.queries.organisations import LONGEST_NAME


class OrganisationMerged(Refusal):
    code = "organisation.merged"
    message = _("This record was merged into another one: change that one.")


class OrganisationChangedMeanwhile(Refusal):
    code = "organisation.changed_meanwhile"
    message = _(
        "Somebody has changed this organisation meanwhile. Open its page again and "
        "look at it before you send yours once more."
    )


class OrganisationAliasKnown(Refusal):
    code = "organisation.alias_known"
    message = _("The organisation is already found under “%(alias)s”.")


class OrganisationPartOfItself(Refusal):
    code = "organisation.part_of_itself"
    message = _(
        "“%(parent)s” is this organisation or a part of it: it cannot stand above it."
    )


@transaction.atomic
def describe_organisation(  # noqa: PLR0913 - one parameter for each fact
    *,
    organisation_id: int,
    name: LocalizedText,
    acronym: str,
    stakeholder_group_id: str | None,
    country_id: str | None,
    regions: Collection[Any],
    seen: int | None = None,
    described_by: AbstractBaseUser | None,
    at: datetime,
) -> Organisation:
    """
    Set what is known of an organisation. Names it loses stay as aliases.

    `regions` are the country groups (or their codes) where it works. `seen` is the
    number of the last decision about it that the person knows of, 0 for none; without
    it nobody asks.

    The trail keeps what stood there before.

    Raises
    ------
    OrganisationMerged, OrganisationNameMissing, OrganisationNameTooLong,
    OrganisationChangedMeanwhile
    """
    organisation = _changeable(organisation_id)
    if seen is not None and trail.last_entry_about(organisation) > seen:
        raise OrganisationChangedMeanwhile
    name = harmless_text(name, checked_name)
    acronym = checked_name(acronym) if acronym else ""
    checked_name(str(name))
    before = _facts_of(organisation)
    organisation.name = name
    organisation.sort_key = sort_key(str(name))[:LONGEST_NAME]
    organisation.acronym = acronym
    organisation.stakeholder_group_id = stakeholder_group_id
    organisation.country_id = country_id
    organisation.save()
    organisation.regions.set(regions)
    for spelling in filter(None, (*name.by_language.values(), acronym)):
        keep_alias(organisation, spelling)
    publish_organisations(ids=[organisation.pk])
    audit.record(
        action="organisation.described",
        actor=described_by,
        subject=organisation,
        at=at,
        details={"before": before, "after": _facts_of(organisation)},
    )
    return organisation


@transaction.atomic
def set_parent(
    *,
    organisation_id: int,
    parent_id: int | None,
    set_by: AbstractBaseUser | None,
    at: datetime,
) -> Organisation:
    """
    Say of which organisation this one is a part; `None`: of none.

    Raises
    ------
    OrganisationMerged
        If either of them is no longer a record of its own.
    OrganisationPartOfItself
        If the hierarchy would become a circle.
    """
    organisation = _changeable(organisation_id)
    parent = None if parent_id is None else _changeable(parent_id)
    if parent is not None and organisation.pk in queries.chain_above(parent.pk):
        raise OrganisationPartOfItself(parent=parent)
    before, organisation.parent = organisation.parent_id, parent
    organisation.save(update_fields=["parent"])
    audit.record(
        action="organisation.parent_set",
        actor=set_by,
        subject=organisation,
        at=at,
        details={"before": before, "after": parent_id},
    )
    return organisation


@transaction.atomic
def add_alias(
    *, organisation_id: int, alias: str, added_by: AbstractBaseUser | None, at: datetime
) -> OrganisationAlias:
    """
    Let an organisation be found under one more name.

    Raises
    ------
    OrganisationAliasKnown, OrganisationMerged
    OrganisationNameMissing, OrganisationNameTooLong
    """
    organisation = _changeable(organisation_id)
    alias = checked_name(alias)
    if not keep_alias(organisation, alias):
        raise OrganisationAliasKnown(alias=alias)
    publish_organisations(ids=[organisation.pk])
    audit.record(
        action="organisation.alias_added",
        actor=added_by,
        subject=organisation,
        at=at,
        details={"alias": alias},
    )
    return organisation.aliases.get(key=queries.key_of(alias))


def _changeable(organisation_id: int) -> Organisation:
    organisation = queries.locked_organisation(organisation_id)
    if organisation.merged_into_id is not None:
        raise OrganisationMerged
    return organisation


def _facts_of(organisation: Organisation) -> dict[str, Any]:
    return {
        "name": organisation.name.by_language,
        "acronym": organisation.acronym,
        "stakeholder_group": organisation.stakeholder_group_id,
        "country": organisation.country_id,
        "regions": sorted(organisation.regions.values_list("pk", flat=True)),
    }
