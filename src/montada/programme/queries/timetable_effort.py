"""How much may be spent on a timetable, and who may stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.engine.timetable.solving import Progress

MOST_SECONDS = 24 * 3600
MOST_ITERATIONS = 10**12
MOMENT = 0.001
"""Seconds that are left where none are."""
LAST_STEPS = 0.02
"""Share of the seconds that is kept for writing the plan."""
EXPLAINING = 0.0005
"""Seconds that are kept for telling why one session is left out."""

Watch = Callable[[Progress], bool]
"""Is told how far the search is, many times a second; says whether it may go on."""


class EffortOutOfRange(Refusal):
    code = "programme.effort_out_of_range"
    message = _(
        "Ask for more than 0 seconds and at most a day, for 0 iterations or more, and "
        "for a seed of 0 or more."
    )


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: iterations if given, else seconds; and the seed of chance."""

    seed: int = 1
    seconds: float = 20
    iterations: int | None = None

    def check(self) -> None:
        """Refuse what cannot be searched for."""
        if not (
            0 < self.seconds <= MOST_SECONDS
            and 0 <= (self.iterations or 0) <= MOST_ITERATIONS
            and 0 <= self.seed < 2**63
        ):
            raise EffortOutOfRange

    def without(self, seconds: float) -> Effort:
        """Return what is left of it after some seconds."""
        return replace(self, seconds=max(self.seconds - seconds, MOMENT))

    def limit(self, clock: Callable[[], float], share: float = 1) -> Watch:
        """Return what says whether a share of it, from now on, is not yet spent."""
        end = clock() + self.seconds * share * (1 - LAST_STEPS)

        def keep_going(progress: Progress) -> bool:
            if self.iterations is not None:
                return progress.iterations < self.iterations
            return clock() < end - EXPLAINING * progress.n_unplaced

        return keep_going


def watched(limit: Watch, watch: Watch | None) -> Watch:
    """Return what goes on while both say so, and tells the second of every step."""
    if watch is None:
        return limit
    return lambda progress: watch(progress) and limit(progress)
