"""The fourteen parts of a forum, under the names that readers know them by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Part:
    """A part; `url_name` is empty until it opens, `also` where it has one home."""

    name: Any
    promise: Any
    url_name: str = ""
    also: str = ""


EDITIONS = Part(
    _("Editions"),
    _("Each year's forum: theme, dates, place, phases."),
    "edition:list",
)
FRAMEWORK = Part(
    _("Framework"),
    _("Action lines, goals and the matrix that joins them."),
    "site:matrix",
)
CONSULTATION = Part(
    _("Open consultation"),
    _("Every voice heard, every contribution followed to its end."),
    "consultation:index",
)
PROGRAMME = Part(
    _("Programme"),
    _("Sessions: what, when, where, by whom."),
    "programme:present",
    "programme:list",
)
LIVE = Part(_("Live sessions"), _("Take part from the room or from afar."))
STOCKTAKING = Part(
    _("Project register"), _("One living record per project."), "stocktaking:list"
)
SELECTION = Part(
    _("Selection and prizes"), _("Who was nominated, championed, awarded, and why.")
)
PRACTICES = Part(_("Best practices"), _("What worked, where, and where it fits."))
PARTNERSHIPS = Part(
    _("Partnerships and funding"), _("What projects lack, what partners offer.")
)
REGIONAL = Part(
    _("Regional initiatives"), _("Projects of several countries become one.")
)
REVIEW = Part(
    _("Twenty-year review"),
    _("What was promised in Geneva and how far it was reached."),
    "review:targets",
)
DESK = Part(
    _("Country desk"),
    _("One page for a country: everything that concerns it."),
    "desk:list",
)
PROMOTION = Part(
    _("Media and promotion"), _("Figures with definition, source and date.")
)
REGISTRATION = Part(
    _("Registration and accreditation"), _("From the request to the badge.")
)

PARTS = (
    EDITIONS,
    FRAMEWORK,
    CONSULTATION,
    PROGRAMME,
    LIVE,
    STOCKTAKING,
    SELECTION,
    PRACTICES,
    PARTNERSHIPS,
    REGIONAL,
    REVIEW,
    DESK,
    PROMOTION,
    REGISTRATION,
)
NAVIGATION = tuple(part for part in PARTS if part.url_name)
"""What the masthead leads to."""
