"""Why a proposal was chosen or not, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from montada.framework import queries as framework
from montada.programme.choices import DecisionReason
from montada.programme.engine.shares.reasons import (
    GroupPart,
    MostSupported,
    NotChosen,
    PaidFor,
    SpentOn,
)
from montada.programme.models import Proposal, SharesRun
from montada.programme.queries.ballots import names_of_sides
from montada.programme.queries.shares_sentences import (
    why_most_supported,
    why_not_chosen,
    why_paid_for,
)

REASON_OF: Mapping[str, DecisionReason] = MappingProxyType(
    {
        "paid": DecisionReason.SHARES,
        "support": DecisionReason.SUPPORT,
        "floor": DecisionReason.BALANCE,
    }
)
"""The reason from the list for what a choice tells of a proposal that it chose."""

_UNTOLD: dict[str, Any] = {"owned": 0.0, "is_above": False}
"""Facts of which the first kept choices say nothing."""


def reason_of(reference: str, run: SharesRun | None) -> str:
    """
    Return the reason for which a choice chose a proposal, or did not.

    "" where it did not choose one that fewer people support than all that it chose.
    """
    told = run.result.get("told", {}).get(reference, {}) if run else {}
    if told.get("is_above"):
        return DecisionReason.UNPAID
    return REASON_OF.get(told.get("kind", ""), "")


def unpaid_in(result: Mapping[str, Any]) -> list[str]:
    """Return what has no place though some with less support have, nearest first."""
    told = result.get("told", {})
    return [reference for reference, one in told.items() if one.get("is_above")]


def why_chosen(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """
    Return the sentence for what a result tells of one proposal.

    `names` are those of groups, in the language that is active.
    """
    facts = dict(told)
    kind = facts.pop("kind")
    if kind == "paid":
        parts = [
            GroupPart(names.get(group, group), 0, share)
            for group, share in facts.pop("parts")
        ]
        return why_paid_for(PaidFor(**facts, parts=tuple(parts)))
    if kind == "support":
        return why_most_supported(MostSupported(**facts))
    if kind == "floor":
        side = side_in_words(facts["floor"], names)
        return _("The rules keep places for this: %(side)s.") % {"side": side}
    spent = tuple(SpentOn(**one) for one in facts.pop("spent_on"))
    return why_not_chosen(NotChosen(**(_UNTOLD | facts), spent_on=spent))


def side_in_words(floor: str, names: Mapping[str, str]) -> str:
    """Return for whom a floor is, as "group:government" names it."""
    axis, _colon, value = floor.partition(":")
    if axis != "line":
        return names.get(value, value)
    line = framework.action_line(value)
    title = line.title.shown_to(translation.get_language()).text if line else ""
    return f"{value} · {title}" if title else value


def sentences_of(result: Mapping[str, Any], reader: str) -> dict[str, str]:
    """Return why each proposal of a result was chosen or not, in one language."""
    with translation.override(reader):
        names = names_of_sides(reader)
        return {
            reference: why_chosen(told, names)
            for reference, told in result.get("told", {}).items()
        }


def floors_in_words(result: Mapping[str, Any], reader: str) -> list[str]:
    """Return what each floor of a result asked, and whether it could be kept."""
    floors = result.get("floors", {})
    names = names_of_sides(reader)
    said = []
    for floor in floors.get("asked", ()):
        name = f"{floor['axis']}:{floor['value']}"
        words = ngettext(
            "At least %(n)s place for: %(side)s.",
            "At least %(n)s places for: %(side)s.",
            floor["least"],
        )
        shown = words % {"n": floor["least"], "side": side_in_words(name, names)}
        missing = floors["unmet"].get(name, 0)
        if missing:
            lacks = ngettext(
                "%(n)s place could not be filled.",
                "%(n)s places could not be filled.",
                missing,
            )
            shown = f"{shown} {lacks % {'n': missing}}"
        said.append(shown)
    return said


def shares_reason(proposal: Proposal, reader: str, run: SharesRun | None) -> str:
    """Return what a choice says of a proposal, "" where it says nothing."""
    told = run.result.get("told", {}).get(proposal.reference) if run else None
    if told is None:
        return ""
    with translation.override(reader):
        return why_chosen(told, names_of_sides(reader))
