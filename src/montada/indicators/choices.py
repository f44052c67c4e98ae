"""Stored values of indicators, with the names people read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

UNITS = {
    "percent of population": _("percent of the population"),
    "percent of ages 15+": _("percent of people aged 15 and over"),
    "percent of schools": _("percent of schools"),
    "subscriptions per 100 people": _("subscriptions per 100 people"),
    "people": _("people"),
    "current US$": _("current US dollars"),
    "current international $": _("current international dollars"),
    "index 0-1": _("index from 0 to 1"),
}
"""Units as the series state them; one that is not here is shown as it stands."""

RELEASES = {
    "ITU estimate": _("ITU estimate"),
    "ITU estimate of December 2018": _("ITU estimate of December 2018"),
    "Measuring the Information Society 2015": _(
        "Measuring the Information Society 2015"
    ),
    "Facts and Figures 2021": _("Facts and Figures 2021"),
    "Facts and Figures 2022": _("Facts and Figures 2022"),
    "Facts and Figures 2023": _("Facts and Figures 2023"),
    "Facts and Figures 2024": _("Facts and Figures 2024"),
}
"""Publications that figures come from; one that is not here is shown as it stands."""
