"""What a form offers to choose from, in the reader's language and order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.translation import gettext_lazy as _

from montada.edition import queries as edition
from montada.framework import queries as framework
from montada.language.engine.folding import sort_key
from montada.participation.choices import FEMININE, FormOfAddress

if TYPE_CHECKING:
    from montada.edition.models import Edition
    from montada.framework.models import ActionLine, Country

CONTINENTS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


@dataclass(frozen=True, slots=True)
class RolePlaces:
    """Where a role can be held; each under the key by which a form sends it."""

    editions: Mapping[str, Edition]
    countries: Mapping[str, Country]
    action_lines: Mapping[str, ActionLine]


def role_places(language: str) -> RolePlaces:
    """Return editions newest first, countries by name, lines in order: 3 queries."""
    countries = sorted(
        framework.countries(),
        key=lambda country: sort_key(country.name.shown_to(language).text),
    )
    return RolePlaces(
        editions={row.slug: row for row in edition.editions()},
        countries={row.iso3: row for row in countries},
        action_lines={row.code: row for row in framework.action_lines()},
    )


def forms_of_address() -> list[tuple[Any, Any]]:
    """Return ways to address somebody, by gender: in English two look the same."""
    pairs = FormOfAddress.choices
    return [
        ("", _("By the name alone")),
        (_("As a man"), [pair for pair in pairs if pair[0] not in FEMININE]),
        (_("As a woman"), [pair for pair in pairs if pair[0] in FEMININE]),
    ]


@lru_cache(maxsize=8)
def timezones(language: str) -> tuple[tuple[str, str], ...]:
    """Return time zones as (name, "city – name"), by city."""
    locale = Locale.parse(language)
    named = [
        (
            zone,
            f"{get_timezone_location(zone, locale=locale, return_city=True)} – {zone}",
        )
        for zone in available_timezones()
        if zone.startswith(CONTINENTS)
    ]
    return tuple(sorted(named, key=lambda pair: sort_key(pair[1])))
