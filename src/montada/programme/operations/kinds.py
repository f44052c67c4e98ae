"""What an edition's programme is made of: kinds of sessions, places by right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.page_language import listed
from montada.djangokit.refusals import Refusal
from montada.framework import queries as framework
from montada.programme.adapters.kind_files import (
    ALL_LINES,
    default_kinds,
    default_rights,
)
from montada.programme.choices import Feature, RightHolder
from montada.programme.engine.values import LONGEST_SESSION, SHORTEST_SESSION, RightPlan
from montada.programme.models import PlaceByRight, SessionKind
from montada.programme.operations.meanwhile import check_seen
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.words import LONGEST_LINE, kept_text

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_LENGTHS = 12
MOST_PLACES = 500
MOST_AUDIENCE = 100_000


class KindLengthWrong(Refusal):
    code = "programme.kind_length_wrong"
    message = _("Lengths are from 5 minutes to a day, at most 12 of them.")


class KindNameMissing(Refusal):
    code = "programme.kind_name_missing"
    message = _("Give it a name in at least one language.")


class KindNeedsUnknown(Refusal):
    code = "programme.kind_needs_unknown"
    message = _("A room cannot be asked for this: %(needs)s.")


class MinutesOutOfRange(Refusal):
    code = "programme.minutes_out_of_range"
    message = _("A session takes from 5 minutes to a day.")


class AudienceOutOfRange(Refusal):
    code = "programme.audience_out_of_range"
    message = _("Expect from 0 to 100,000 people.")


class PlacesOutOfRange(Refusal):
    code = "programme.places_out_of_range"
    message = _("From 1 to 500 places, please.")


class RightHolderUnknown(Refusal):
    code = "programme.right_holder_unknown"
    message = _("Choose who has these places.")


@transaction.atomic
def open_kinds(
    *, edition: Any, opened_by: Person | None, at: datetime
) -> list[SessionKind]:
    """
    Give an edition the kinds and places by right of the data file; what it has stays.

    Places by right are given only where the edition has none at all.

    Raises
    ------
    NotTheSecretariat
    """
    check_secretariat(opened_by, edition)
    known = set(edition.session_kinds.values_list("code", flat=True))
    plans = [
        (order, plan)
        for order, plan in enumerate(default_kinds())
        if plan.code not in known
    ]
    SessionKind.objects.bulk_create(
        SessionKind(
            edition=edition,
            code=plan.code,
            name=plan.name,
            minutes=plan.minutes,
            lengths=list(plan.lengths),
            needs=list(plan.needs),
            audience=plan.audience,
            is_stand=plan.is_stand,
            order=order,
        )
        for order, plan in plans
    )
    rights = [] if edition.places_by_right.exists() else _rights(edition)
    PlaceByRight.objects.bulk_create(rights)
    if plans or rights:
        audit.record(
            action="programme.kinds_opened",
            actor=opened_by,
            subject=edition,
            at=at,
            details={"kinds": [p.code for _n, p in plans], "rights": len(rights)},
        )
    return list(edition.session_kinds.all())


def _rights(edition: Any) -> list[PlaceByRight]:
    return [
        PlaceByRight(
            edition=edition,
            holder=plan.holder,
            name=plan.name,
            n_places=plan.n_places,
            action_line=line,
        )
        for plan in default_rights()
        for line in _lines(plan)
    ]


def _lines(plan: RightPlan) -> Sequence[Any]:
    if plan.lines != (ALL_LINES,):
        return [None]
    return list(framework.action_lines())


@transaction.atomic
def set_kind(
    *,
    kind: SessionKind,
    values: Mapping[str, Any],
    seen: int | None = None,
    set_by: Person | None,
    at: datetime,
) -> SessionKind:
    """
    Change what is usual for a kind: `name`, `minutes`, `lengths`, `needs`, `audience`.

    Proposals that are there keep what they have. `seen`: see `check_seen`.

    Raises
    ------
    NotTheSecretariat, SettingChangedMeanwhile, KindNameMissing, KindLengthWrong,
    KindNeedsUnknown, AudienceOutOfRange, WordsTooMany
    """
    row = SessionKind.objects.select_related("edition").get(pk=kind.pk)
    check_secretariat(set_by, row.edition)
    check_seen(row, seen)
    wanted = {
        name: values.get(name, getattr(row, name))
        for name in ("name", "minutes", "lengths", "needs", "audience")
    }
    wanted["name"] = kept_text(wanted["name"], longest=LONGEST_LINE)
    wanted["lengths"] = sorted(set(wanted["lengths"]))
    wanted["needs"] = list(wanted["needs"])
    _check_kind(wanted)
    before = {name: getattr(row, name) for name in wanted}
    if before == wanted:
        return row
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    audit.record(
        action="programme.kind_set",
        actor=set_by,
        subject=row,
        at=at,
        details={
            "code": row.code,
            "before": before | {"name": before["name"].as_json()},
            "after": wanted | {"name": wanted["name"].as_json()},
        },
    )
    return row


def _check_kind(wanted: Mapping[str, Any]) -> None:
    if not wanted["name"]:
        raise KindNameMissing
    lengths = [wanted["minutes"], *wanted["lengths"]]
    if len(lengths) > MOST_LENGTHS + 1 or not all(
        SHORTEST_SESSION <= length <= LONGEST_SESSION for length in lengths
    ):
        raise KindLengthWrong
    if unknown := set(wanted["needs"]) - set(Feature.values):
        raise KindNeedsUnknown(needs=listed(sorted(unknown)))
    if not 0 <= wanted["audience"] <= MOST_AUDIENCE:
        raise AudienceOutOfRange


@transaction.atomic
def set_place_by_right(
    *,
    edition: Any,
    right: PlaceByRight | None = None,
    values: Mapping[str, Any],
    seen: int | None = None,
    set_by: Person | None,
    at: datetime,
) -> PlaceByRight:
    """
    Give places by right, or change those that were given.

    `values` are `holder`, `name`, `n_places`, and `organisation` and `action_line` for
    whom alone they are. `seen`: see `check_seen`.

    Raises
    ------
    NotTheSecretariat, SettingChangedMeanwhile, RightHolderUnknown, KindNameMissing,
    PlacesOutOfRange, WordsTooMany
    """
    check_secretariat(set_by, edition)
    check_seen(right, seen)
    if values["holder"] not in RightHolder.values:
        raise RightHolderUnknown
    wanted = dict(values) | {"name": kept_text(values["name"], longest=LONGEST_LINE)}
    if not wanted["name"]:
        raise KindNameMissing
    if not 1 <= values["n_places"] <= MOST_PLACES:
        raise PlacesOutOfRange
    row = right or PlaceByRight(edition=edition)
    for name in ("holder", "name", "n_places", "organisation", "action_line"):
        setattr(row, name, wanted.get(name))
    row.save()
    _record_right("programme.place_by_right_set", row, set_by, at)
    return row


@transaction.atomic
def remove_place_by_right(
    *,
    right: PlaceByRight,
    seen: int | None = None,
    removed_by: Person | None,
    at: datetime,
) -> None:
    """
    Take places by right back; proposals that had one stay, without it.

    Raises
    ------
    NotTheSecretariat, SettingChangedMeanwhile
    """
    check_secretariat(removed_by, right.edition)
    check_seen(right, seen)
    _record_right("programme.place_by_right_removed", right, removed_by, at)
    right.delete()


def _record_right(
    action: str, row: PlaceByRight, by: Person | None, at: datetime
) -> None:
    audit.record(
        action=action,
        actor=by,
        subject=row,
        at=at,
        details={
            "holder": row.holder,
            "name": row.name.as_json(),
            "places": row.n_places,
            "organisation": row.organisation_id,
            "line": row.action_line_id,
        },
    )


def check_minutes(minutes: int) -> None:
    """
    Raises
    ------
    MinutesOutOfRange
    """
    if not SHORTEST_SESSION <= minutes <= LONGEST_SESSION:
        raise MinutesOutOfRange
