"""The rules by which an edition's programme is chosen and put on a timetable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.framework import queries as framework
from montada.programme.choices import Endowment, Level
from montada.programme.engine.timetable.problem import WEIGHTS
from montada.programme.models import ProgrammeRules
from montada.programme.operations.meanwhile import SettingChangedMeanwhile
from montada.programme.operations.permitted import check_secretariat
from montada.programme.queries.rules import (
    MOST_WEIGHT,
    RULE_BOUNDS,
    days_of,
    rules_changed_since,
    rules_of,
)
from montada.programme.queries.standing import LEVELS

if TYPE_CHECKING:
    from montada.participation.models import Person

SETTABLE = (
    "n_places",
    "endowment",
    "floors",
    "appeal_days",
    "is_support_open",
    "opens",
    "closes",
    "breaks",
    "hours",
    "unit_minutes",
    "weights",
    "levels",
)
MOST_BREAKS, MOST_FLOORS = 6, 60
FLOOR_AXES = ("group", "region", "line")


class RuleOutOfBounds(Refusal):
    code = "programme.rule_out_of_bounds"
    message = _("Between %(least)s and %(most)s, please.")


class EndowmentUnknown(Refusal):
    code = "programme.endowment_unknown"
    message = _("Choose among whom equal shares divide the places.")


class FloorUnknown(Refusal):
    code = "programme.floor_unknown"
    message = _(
        "A floor is for a stakeholder group, a region or an action line, and at most "
        "all places: %(floor)s is none."
    )


class HoursWrong(Refusal):
    code = "programme.hours_wrong"
    message = _(
        "Hours begin before they end, breaks lie within them, and days are those of "
        "the edition: %(hours)s does not fit."
    )


class WeightWrong(Refusal):
    code = "programme.weight_wrong"
    message = _("A weight is a number from 0 to 100,000, of a wish that is known.")


class LevelWrong(Refusal):
    code = "programme.level_wrong"
    message = _("Choose how much this conflict weighs.")


@transaction.atomic
def set_rules(
    *,
    edition: Any,
    values: Mapping[str, Any],
    seen: int | None = None,
    set_by: Person | None,
    at: datetime,
) -> ProgrammeRules:
    """
    Set rules of an edition that are among `SETTABLE`; those not named stay.

    `seen` is the number of the last decision about rules that the person knows of; what
    was decided since about others than `values` is in nobody's way.

    Raises
    ------
    NotTheSecretariat, SettingChangedMeanwhile, RuleOutOfBounds, EndowmentUnknown,
    FloorUnknown, HoursWrong, WeightWrong, LevelWrong
    """
    check_secretariat(set_by, edition)
    if unknown := set(values) - set(SETTABLE):
        raise TypeError(f"no rules of a programme: {sorted(unknown)}")
    if seen is not None and rules_changed_since(edition, seen) & set(values):
        raise SettingChangedMeanwhile
    rules = rules_of(edition)
    before = {name: getattr(rules, name) for name in SETTABLE}
    wanted = before | dict(values)
    # What is not set now may have become impossible since, and is no fault of this.
    for names, check in _CHECKS:
        if names & values.keys():
            check(edition, wanted)
    changed = {name for name in SETTABLE if before[name] != wanted[name]}
    if not changed:
        return rules
    for name in changed:
        setattr(rules, name, wanted[name])
    rules.save()
    audit.record(
        action="programme.rules_set",
        actor=set_by,
        subject=edition,
        at=at,
        details={
            "before": {name: _plain(before[name]) for name in sorted(changed)},
            "after": {name: _plain(wanted[name]) for name in sorted(changed)},
        },
    )
    return rules


def _plain(value: Any) -> Any:
    return value.isoformat("minutes") if isinstance(value, time) else value


def _check_numbers(_edition: Any, wanted: Mapping[str, Any]) -> None:
    for name, (least, most) in RULE_BOUNDS.items():
        if not least <= wanted[name] <= most:
            raise RuleOutOfBounds(least=least, most=most)


def _check_endowment(_edition: Any, wanted: Mapping[str, Any]) -> None:
    if wanted["endowment"] not in Endowment.values:
        raise EndowmentUnknown


def _check_floors(_edition: Any, wanted: Mapping[str, Any]) -> None:
    floors = wanted["floors"]
    if len(floors) > MOST_FLOORS:
        raise RuleOutOfBounds(least=0, most=MOST_FLOORS)
    known = _known_floors() if floors else {}
    for floor in floors:
        is_known = floor["value"] in known.get(floor["axis"], ())
        if not is_known or not 1 <= floor["least"] <= wanted["n_places"]:
            raise FloorUnknown(floor=f"{floor['axis']} {floor['value']}")


def _known_floors() -> dict[str, set[str]]:
    """Return the values of each axis on which rules may keep places."""
    return {
        "group": {row.code for row in framework.stakeholder_groups()},
        "region": {row.code for row in framework.country_groups()},
        "line": {row.code for row in framework.action_lines()},
    }


def _check_breaks(_edition: Any, wanted: Mapping[str, Any]) -> None:
    opens, closes = wanted["opens"], wanted["closes"]
    if opens >= closes:
        raise HoursWrong(hours=f"{opens:%H:%M}–{closes:%H:%M}")
    if len(wanted["breaks"]) > MOST_BREAKS:
        raise HoursWrong(hours=len(wanted["breaks"]))
    for span in wanted["breaks"]:
        begins, ends = _span(span)
        if not opens <= begins < ends <= closes:
            raise HoursWrong(hours="–".join(map(str, span)))


def _check_hours(edition: Any, wanted: Mapping[str, Any]) -> None:
    days = {day.isoformat() for day in days_of(edition)}
    for day, span in wanted["hours"].items():
        if day not in days:
            raise HoursWrong(hours=day)
        if span:
            begins, ends = _span(span)
            if begins >= ends:
                raise HoursWrong(hours=f"{day} {'–'.join(map(str, span))}")


def _span(words: Any) -> tuple[time, time]:
    try:
        begins, ends = (time.fromisoformat(word) for word in words)
    except (TypeError, ValueError):
        raise HoursWrong(hours=words) from None
    return begins, ends


def _check_weights(_edition: Any, wanted: Mapping[str, Any]) -> None:
    for label, weight in wanted["weights"].items():
        if label not in WEIGHTS or not 0 <= weight <= MOST_WEIGHT:
            raise WeightWrong


def _check_levels(_edition: Any, wanted: Mapping[str, Any]) -> None:
    for rule, level in wanted["levels"].items():
        if rule not in LEVELS or level not in Level.values:
            raise LevelWrong


_CHECKS = (
    (RULE_BOUNDS.keys(), _check_numbers),
    ({"endowment"}, _check_endowment),
    ({"floors", "n_places"}, _check_floors),
    ({"opens", "closes", "breaks"}, _check_breaks),
    ({"hours"}, _check_hours),
    ({"weights"}, _check_weights),
    ({"levels"}, _check_levels),
)
"""What is checked, of which rules."""
