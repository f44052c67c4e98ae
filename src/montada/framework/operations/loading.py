"""The reference data: stored from the product's own files, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models as tables
from django.db import transaction

from montada.audit import operations as audit
from montada.framework import models
from montada.framework.operations import reading
from montada.framework.operations.publishing import publish_framework
from montada.language.engine.text import LocalizedText

Row = TypeVar("Row", bound=tables.Model)


@dataclass(slots=True)
class Loaded:
    """How many rows `load_framework` added, changed or took away."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@transaction.atomic
def load_framework(*, at: datetime) -> Loaded:
    """
    Store the reference data that this version carries.

    Safe to repeat: wordings that a person approved stay, and so does the matrix once it
    is there, since its versions are decisions. The trail gets an entry only if
    something changed.
    """
    facts = reading.read_toml()
    loaded = Loaded()
    _store(models.Region, reading.regions(), loaded)
    _store(models.Country, reading.countries(), loaded)
    _store(models.CountryGroup, reading.country_groups(facts), loaded)
    _store(models.ActionLine, reading.action_lines(facts), loaded)
    _store(models.Goal, reading.goals(facts), loaded, keep=("official_title",))
    _store(models.Target, reading.targets(), loaded, keep=("title",))
    _store(models.GenevaTarget, reading.geneva_targets(facts), loaded)
    _store(models.GdcObjective, reading.gdc_objectives(facts), loaded)
    _store(models.StakeholderGroup, reading.stakeholder_groups(facts), loaded)
    _join(models.CountryGroup.members.through, _memberships(facts), loaded)
    _join(models.GenevaTarget.action_lines.through, _relations(facts), loaded)
    _publish_matrix(facts, loaded)
    publish_framework()
    if loaded:
        audit.record(
            action="framework.reference_loaded",
            actor=None,
            subject=models.ActionLine(code="all"),
            at=at,
            details={
                "added": loaded.added,
                "changed": loaded.changed,
                "removed": loaded.removed,
            },
        )
    return loaded


def _store(
    model: type[Row], wanted: Iterable[Row], loaded: Loaded, keep: tuple[str, ...] = ()
) -> None:
    """Add the rows that are missing and change those that differ."""
    stored = model._default_manager.in_bulk()
    fields = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in keep
    ]
    added, changed = [], []
    for row in wanted:
        before = stored.get(row.pk)
        if before is None:
            added.append(row)
        elif _differs(row, before, fields):
            changed.append(row)
    model._default_manager.bulk_create(added)
    if changed:
        model._default_manager.bulk_update(changed, fields)
    loaded.added += len(added)
    loaded.changed += len(changed)


def _differs(row: tables.Model, before: tables.Model, fields: list[str]) -> bool:
    """Say whether anything differs once `row` has taken over what people approved."""
    for name in fields:
        new, old = getattr(row, name), getattr(before, name)
        if isinstance(new, LocalizedText):
            setattr(row, name, _keeping_approved(new, old))
    return any(getattr(row, name) != getattr(before, name) for name in fields)


def _keeping_approved(new: LocalizedText, old: LocalizedText) -> LocalizedText:
    kept = {
        tag: wording
        for tag, wording in old.wordings.items()
        if wording.approved_by is not None
    }
    return LocalizedText(new.written_in, dict(new.wordings) | kept) if kept else new


def _join(through: Any, wanted: set[tuple[str, str]], loaded: Loaded) -> None:
    """Make the pairs of a many-to-many table those that are wanted."""
    left, right = (
        field.attname for field in through._meta.concrete_fields if field.is_relation
    )
    stored = {
        pair: pk
        for pk, *ends in through.objects.values_list("pk", left, right)
        for pair in [tuple(ends)]
    }
    missing = sorted(wanted - set(stored))
    surplus = [pk for pair, pk in stored.items() if pair not in wanted]
    through.objects.bulk_create(through(**{left: a, right: b}) for a, b in missing)
    through.objects.filter(pk__in=surplus).delete()
    loaded.added += len(missing)
    loaded.removed += len(surplus)


def _memberships(facts: Mapping[str, Any]) -> set[tuple[str, str]]:
    iso3 = {row["iso2"]: row["iso3"] for row in reading.read_csv("countries.csv")}
    return {
        (group["id"], iso3[iso2])
        for group in facts["group"]
        for iso2 in group["members"]
    }


def _relations(facts: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {
        (target["letter"], code)
        for target in facts["geneva_target"]
        for code in target["related_action_lines"]
    }


def _publish_matrix(facts: Mapping[str, Any], loaded: Loaded) -> None:
    if models.MatrixLink.objects.exists():
        return
    links = models.MatrixLink.objects.bulk_create(reading.published_links(facts))
    loaded.added += len(links)
