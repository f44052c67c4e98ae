"""The published rubric: by what an edition's proposals are scored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.programme.adapters.criterion_files import default_criteria
from montada.programme.models import Criterion
from montada.programme.operations.meanwhile import SettingChangedMeanwhile
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.words import LONGEST_LINE, kept_text
from montada.programme.queries.scores import (
    MOST_POINTS,
    MOST_WEIGHT,
    last_decision_about,
)

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_CRITERIA = 30
_LONGEST_KEY = 30
_PAGES = frozenset({"new", "open"})
"""Pages beside those of the criteria: a criterion of this key would have none."""


class CriterionUnnamed(Refusal):
    code = "programme.criterion_unnamed"
    message = _("Give the criterion a name in at least one language.")


class CriterionOutOfBounds(Refusal):
    code = "programme.criterion_out_of_bounds"
    message = _("Weights are from 1 to %(weight)s, points at most from 1 to %(most)s.")


class PointsAboveMost(Refusal):
    code = "programme.points_above_most"
    message = _("Somebody gave %(points)s points: the most cannot be less.")


class CriterionInUse(Refusal):
    code = "programme.criterion_in_use"
    message = _("Points were given by this criterion: it stays.")


class CriteriaTooMany(Refusal):
    code = "programme.criteria_too_many"
    message = _("A rubric has at most %(most)s criteria.")


@transaction.atomic
def open_criteria(
    *, edition: Any, opened_by: Person | None, at: datetime
) -> list[Criterion]:
    """
    Give an edition the rubric of the data file; one that has a rubric keeps it.

    Raises
    ------
    NotTheSecretariat
    """
    check_secretariat(opened_by, edition)
    if not edition.criteria.exists():
        rows = Criterion.objects.bulk_create(
            Criterion(
                edition=edition,
                key=plan.key,
                name=plan.name,
                weight=plan.weight,
                most=plan.most,
                order=order,
            )
            for order, plan in enumerate(default_criteria())
        )
        audit.record(
            action="programme.criteria_opened",
            actor=opened_by,
            subject=edition,
            at=at,
            details={"criteria": [row.key for row in rows]},
        )
    return list(edition.criteria.all())


@transaction.atomic
def set_criterion(
    *,
    edition: Any,
    criterion: Criterion | None = None,
    values: Mapping[str, Any],
    seen: int | None = None,
    set_by: Person | None,
    at: datetime,
) -> Criterion:
    """
    Add a criterion, or change one: `name`, `weight` and `most`, the points at most.

    `seen` is the number of the last decision about it that the person knows of; None
    where nobody asks.

    Raises
    ------
    NotTheSecretariat, SettingChangedMeanwhile, CriterionUnnamed, CriterionOutOfBounds,
    PointsAboveMost, CriteriaTooMany, WordsTooMany
    """
    check_secretariat(set_by, edition)
    _check_seen(criterion, seen)
    name = kept_text(values["name"], longest=LONGEST_LINE)
    weight, most = values["weight"], values["most"]
    if not name:
        raise CriterionUnnamed
    if not (1 <= weight <= MOST_WEIGHT and 1 <= most <= MOST_POINTS):
        raise CriterionOutOfBounds(weight=MOST_WEIGHT, most=MOST_POINTS)
    row = criterion or _new(edition, name)
    given = row.scores.aggregate(Max("points"))["points__max"] if row.pk else None
    if given is not None and most < given:
        raise PointsAboveMost(points=f"{given:g}")
    row.name, row.weight, row.most = name, weight, most
    row.save()
    _record("programme.criterion_set", row, set_by, at)
    return row


def _new(edition: Any, name: Any) -> Criterion:
    keys = set(edition.criteria.values_list("key", flat=True))
    if len(keys) >= MOST_CRITERIA:
        raise CriteriaTooMany(most=MOST_CRITERIA)
    english = name.shown_to("en").text
    begin = slugify(english)[:_LONGEST_KEY].strip("-_") or "criterion"
    numbered = (f"{begin}-{n}" for n in range(2, MOST_CRITERIA + 3))
    key = next(key for key in (begin, *numbered) if key not in keys | _PAGES)
    return Criterion(edition=edition, key=key, order=len(keys))


@transaction.atomic
def remove_criterion(
    *,
    criterion: Criterion,
    seen: int | None = None,
    removed_by: Person | None,
    at: datetime,
) -> None:
    """
    Take a criterion out of the rubric before anybody gave points by it.

    Raises
    ------
    NotTheSecretariat, SettingChangedMeanwhile, CriterionInUse
    """
    check_secretariat(removed_by, criterion.edition)
    _check_seen(criterion, seen)
    if criterion.scores.exists():
        raise CriterionInUse
    _record("programme.criterion_removed", criterion, removed_by, at)
    criterion.delete()


def _check_seen(row: Criterion | None, seen: int | None) -> None:
    if row is not None and seen is not None and last_decision_about(row) > seen:
        raise SettingChangedMeanwhile


def _record(action: str, row: Criterion, by: Person | None, at: datetime) -> None:
    audit.record(
        action=action,
        actor=by,
        subject=row.edition,
        at=at,
        details={
            "key": row.key,
            "name": row.name.as_json(),
            "weight": row.weight,
            "most": row.most,
        },
    )
