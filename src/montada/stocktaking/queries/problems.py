"""Broken rules and open needs in the words of those who fill in the form."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from montada.language.engine.text import OWN_NAMES
from montada.stocktaking.engine.rules import Problem

PART_NAMES: dict[str, Any] = {
    "title": _("Title"),
    "summary": _("Short description"),
    "aims": _("What it wants to reach"),
    "activities": _("What is done"),
    "results": _("Results and impact"),
    "challenges": _("Challenges"),
    "future": _("What comes next"),
    "entry_type": _("Type of entry"),
    "status": pgettext_lazy("project", "Status"),
    "coverage": _("Coverage"),
    "beneficiaries": _("Whom it serves"),
    "period": _("Period"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "website": _("Website"),
    "evidence": _("Evidence"),
    "money": _("Money"),
    "budget": _("Budget"),
    "funded": _("Funded so far"),
    "replication": _("Conditions for doing it elsewhere"),
    "partners": _("Partners"),
    "places": _("Places"),
    "organisation": _("Organisation"),
    "stakeholder_group": _("Stakeholder group"),
    "country": _("Country"),
    "action_lines": _("Action lines"),
    "goals": _("Goals"),
    "targets": _("Targets"),
    "objectives": _("Objectives of the Global Digital Compact"),
    "contact": _("Contact"),
}
"""What each part of a record is called on every page."""

PURPOSE_NAMES: dict[str, Any] = {
    "register": _("To be in the register"),
    "prize": _("To compete for a prize"),
    "practice": _("To be an example for others"),
    "funding": _("To look for partners and money"),
    "review": _("To count in the review"),
}

_SENTENCES: dict[str, Any] = {
    "missing": _("This is needed before you can send the entry."),
    "ends_before_start": _("The last day lies before the first."),
    "amount_out_of_range": _("Amounts are neither negative nor above 10¹⁵."),
    "currency_missing": _("Say in which currency the amounts are."),
    "own_share_over_budget": _("The owner's share is larger than the budget."),
    "indicator_missing": _("Say what was measured."),
    "address_broken": _(
        "Write the whole address as a browser shows it; it begins with https://."
    ),
}


def sentence_of(problem: Problem) -> str:
    """Return what is wrong, and what to do, in the reader's language."""
    fixed = _SENTENCES.get(problem.code)
    return str(fixed) if fixed else _counted(problem.code, problem.details)


def _counted(code: str, details: dict[str, Any]) -> str:
    if code == "too_few_words":
        return (
            ngettext(
                "Write at least %(least)s word; there are %(n)s so far.",
                "Write at least %(least)s words; there are %(n)s so far.",
                details["least"],
            )
            % details
        )
    if code == "too_many_words":
        return (
            ngettext(
                "Write at most %(most)s word; there are %(n)s.",
                "Write at most %(most)s words; there are %(n)s.",
                details["most"],
            )
            % details
        )
    if code == "wrong_direction":
        language = OWN_NAMES.get(details["language"], details["language"])
        return _now(
            "These words do not look like %(language)s. Choose the language in which "
            "you write, or write the text in that language."
        ) % {"language": language}
    sentences = {
        "too_long": _now(
            "This text has %(n)s characters; there is room for %(most)s. Shorten it, "
            "or attach the rest as a document."
        ),
        "year_out_of_range": _now("The year %(year)s cannot be meant."),
        "value_missing": _now("“%(indicator)s” needs a value, or a baseline."),
        "half_a_coordinate": _now(
            "“%(place)s” has only one of its two coordinates: give both or none."
        ),
        "coordinate_out_of_range": _now(
            "“%(place)s” is not on Earth: latitudes go from -90 to 90, longitudes from "
            "-180 to 180."
        ),
    }
    return sentences[code] % details
