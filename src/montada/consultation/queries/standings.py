"""Where contributions go on that became something else, as those say who have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from montada.consultation.engine.values import Standing
from montada.consultation.models import Contribution
from montada.consultation.signals import standings_asked


def standings(of: Sequence[Contribution], reader: Any) -> dict[int, Standing]:
    """Return how contributions stand elsewhere, for a reader, by primary key."""
    answers: list[tuple[Any, Any]] = standings_asked.send(
        sender=Contribution, contributions=of, reader=reader
    )
    return {pk: one for _receiver, told in answers for pk, one in told.items()}


def with_standings(
    of: Sequence[Contribution], reader: Any
) -> list[tuple[Contribution, Standing | None]]:
    """Return contributions, each with how it stands elsewhere."""
    known = standings(of, reader)
    return [(row, known.get(row.pk)) for row in of]
