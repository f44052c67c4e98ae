"""What the edition that runs rules about the register, and which day it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from montada.edition import queries as editions
from montada.stocktaking.engine.freshness import FreshnessBounds, freshness_bounds
from montada.stocktaking.models import RegisterRules

if TYPE_CHECKING:
    from montada.edition.models import Edition

GENEVA = ZoneInfo("Europe/Zurich")
"""Whose clocks count while there is no edition."""


@dataclass(frozen=True, slots=True)
class RegisterAt:
    """The register at one moment: its rules, its clock and the day by that clock."""

    edition: Edition | None
    rules: RegisterRules
    zone: ZoneInfo
    today: date

    @property
    def freshness(self) -> FreshnessBounds:
        return freshness_bounds(
            self.today,
            fresh_months=self.rules.fresh_months,
            ageing_months=self.rules.ageing_months,
        )

    def end_of(self, day: date) -> datetime:
        """Return the last minute of a day by the register's clock."""
        return datetime.combine(day, time(23, 59), self.zone)


def register_at(moment: datetime) -> RegisterAt:
    """Return what holds at `moment`. Two queries."""
    edition = editions.current_edition(moment)
    rules = RegisterRules.objects.filter(edition=edition).first() if edition else None
    zone = edition.zone if edition else GENEVA
    today = moment.astimezone(zone).date()
    return RegisterAt(edition, rules or RegisterRules(edition=edition), zone, today)
