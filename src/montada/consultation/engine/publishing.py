"""
What may be published of counts by group: no small number is to be read, nor worked out.

A vote is secret. Where few of a group voted, their count says what each of them voted;
and where all groups but one are shown, the last one is the difference to the total.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from montada.consultation.engine.groups import SMALLEST_GROUP
from montada.consultation.engine.tallies import Tally
from montada.consultation.engine.votes import BoolArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """
    Counts with those left out that would give people away.

    `is_shown` (n_groups, n_statements) says which cells may be read; in `counts` the
    others are 0.
    """

    counts: Tally
    is_shown: BoolArray


def published(counts: Tally, everybody: Tally) -> Published:
    """
    Return what may be shown of counts by group beside the counts of everybody.

    A cell is hidden where fewer than five of a group voted. Where what is hidden of a
    statement, with the people who are in no group, comes to fewer than five, the
    smallest cell that is shown is hidden too, until it does not.

    Parameters
    ----------
    counts : Tally (n_groups, n_statements)
    everybody : Tally (1, n_statements)
        Of all people, in groups or not.

    Unanimous groups of five or more are shown: whoever knows who is in one then knows
    their vote. Two publications of the same votes in other groups are not guarded
    against each other.
    """
    seen = counts.seen
    is_shown = (seen >= SMALLEST_GROUP) | (seen == 0)
    ungrouped = everybody.seen[0] - seen.sum(axis=0)
    for column in range(seen.shape[1]):
        is_shown[:, column] = _guarded(
            seen[:, column], is_shown[:, column], int(ungrouped[column])
        )
    shown = Tally(
        *(
            np.where(is_shown, part, 0)
            for part in (counts.agree, counts.disagree, counts.passed)
        )
    )
    return Published(shown, is_shown)


def _guarded(seen: IntArray, is_shown: BoolArray, ungrouped: int) -> BoolArray:
    """Return what is shown of one statement so that the rest is no small number."""
    is_shown = is_shown.copy()
    while 0 < seen[~is_shown].sum() + ungrouped < SMALLEST_GROUP:
        can_be_hidden = np.flatnonzero(is_shown & (seen > 0))
        if not len(can_be_hidden):
            break
        is_shown[can_be_hidden[np.argmin(seen[can_be_hidden])]] = False
    return is_shown
