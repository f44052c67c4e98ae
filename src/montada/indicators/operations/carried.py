"""The figures that this version carries, stored as often as one likes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from montada.djangokit.tables import ImportReport
from montada.indicators.operations.naming import OWN
from montada.indicators.operations.wide import import_figures
from montada.indicators.operations.world_use import import_world_internet_use


@transaction.atomic
def load_own_figures(*, at: datetime) -> list[ImportReport]:
    """Store the figures of countries and ITU's estimates; return a report of each."""
    return [
        import_figures(
            path=OWN / "figures.csv",
            series_path=OWN / "figures_series.csv",
            imported_by=None,
            at=at,
        ),
        import_world_internet_use(
            path=OWN / "world_internet_use.csv", imported_by=None, at=at
        ),
    ]
