"""Merging: two records that turned out to be one organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import UNDETERMINED, LocalizedText
from montada.participation import queries
from montada.participation.models import Organisation, OrganisationAlias
from montada.participation.operations._organisation_names import (
    keep_alias,
)
from montada.participation.operations.organisations import OrganisationMerged
from montada.participation.operations.publishing import publish_organisations
from montada.participation.signals import (
    organisations_merged,
    organisations_merging,
)


class OrganisationMergedIntoItself(Refusal):
    code = "organisation.merged_into_itself"
    message = _("These are not two records but one.")


class OrganisationsInOneHierarchy(Refusal):
    code = "organisation.in_one_hierarchy"
    message = _(
        "“%(kept)s” is a part of “%(merged)s”: first say that it is not, or merge the "
        "other way round."
    )


class ReferencesCollide(Refusal):
    code = "organisation.references_collide"
    message = _(
        "Both records have an entry in “%(table)s” of which an organisation has only "
        "one. Settle these first; nothing was merged."
    )


@transaction.atomic
def merge_organisations(
    *,
    kept_id: int,
    merged_id: int,
    merged_by: AbstractBaseUser | None,
    at: datetime,
) -> Organisation:
    """
    Make two records one, without losing a reference; return the kept one.

    Whatever points to the merged record, in whatever feature, points to the kept one
    afterwards. Where the kept one may stand only once, what both have is joined by who
    hears `signals.organisations_merging`; what knows an address alone hears
    `organisations_merged`. Its names stay as aliases and fill what the kept one lacks.
    Its row remains, so that old addresses lead on. The trail counts what was moved, by
    table.

    Raises
    ------
    OrganisationMergedIntoItself, OrganisationMerged, OrganisationsInOneHierarchy
    ReferencesCollide
        If a table of another feature allows the kept one no second row, and joined
        none.
    """
    if kept_id == merged_id:
        raise OrganisationMergedIntoItself
    kept = queries.locked_organisation(kept_id)
    merged = queries.locked_organisation(merged_id)
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise OrganisationMerged
    if merged.pk in queries.chain_above(kept.pk):
        raise OrganisationsInOneHierarchy(kept=kept, merged=merged)

    organisations_merging.send(sender=Organisation, kept=kept, merged=merged)
    moved: Counter[str] = Counter(aliases=_move_aliases(merged, kept))
    for reference in _references():
        moved[reference.model._meta.label_lower] += _move(reference, merged, kept)
    _fill(kept, merged)
    merged.merged_into, merged.parent = kept, None
    merged.save(update_fields=["merged_into", "parent"])
    publish_organisations(ids=[kept.pk, merged.pk])
    audit.record(
        action="organisation.merged",
        actor=merged_by,
        subject=kept,
        at=at,
        details={
            "merged": trail.name_of(merged),
            "name": str(merged),
            "moved": {table: n for table, n in sorted(moved.items()) if n},
        },
    )
    organisations_merged.send(sender=Organisation, kept=kept, merged=merged)
    return kept


def _references() -> Iterator[models.ForeignKey[Any, Any]]:
    """
    Yield every column of every feature that points to organisations.

    Many-to-many relations come as the two columns of the table between them.
    """
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.field


def _move(
    reference: models.ForeignKey[Any, Any], merged: Organisation, kept: Organisation
) -> int:
    """Return how many rows point to the kept organisation that did not before."""
    table = reference.model._base_manager
    rows = table.filter(**{reference.name: merged})
    if reference.model._meta.auto_created:
        other = _other_end(reference)
        held = table.filter(**{reference.name: kept}).values(other)
        rows.filter(**{f"{other}__in": held}).delete()
    try:
        with transaction.atomic():
            return rows.update(**{reference.name: kept})
    except IntegrityError:
        name = reference.model._meta.verbose_name_plural
        raise ReferencesCollide(table=name) from None


def _other_end(reference: models.ForeignKey[Any, Any]) -> str:
    """Return the other column of a table that stands between two."""
    columns = (f for f in reference.model._meta.concrete_fields if f.is_relation)
    return next(column.name for column in columns if column != reference)


def _move_aliases(merged: Organisation, kept: Organisation) -> int:
    names = (*merged.name.by_language.values(), merged.acronym)
    aliases = merged.aliases.order_by("pk").values_list("text", flat=True)
    spellings = [name for name in (*aliases, *names) if name]
    n_new = sum(keep_alias(kept, spelling) for spelling in spellings)
    OrganisationAlias.objects.filter(organisation=merged).delete()
    return n_new


def _fill(kept: Organisation, merged: Organisation) -> None:
    """Let the kept record learn what only the merged one knew."""
    for column in ("acronym", "stakeholder_group_id", "country_id", "source_url"):
        if not getattr(kept, column):
            setattr(kept, column, getattr(merged, column))
    above = queries.chain_above(merged.parent_id) if merged.parent_id else []
    if kept.parent_id is None and kept.pk not in above:
        kept.parent_id = merged.parent_id
    learned = {
        tag: wording
        for tag, wording in merged.name.wordings.items()
        if tag not in kept.name.wordings and tag != UNDETERMINED
    }
    kept.name = LocalizedText(kept.name.written_in, {**learned, **kept.name.wordings})
    kept.save()
