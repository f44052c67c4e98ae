"""Small elections to ask about, by hand and at random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from montada.programme.engine.shares.ballots import Ballots, Cells, ballots_of_cells
from montada.programme.engine.shares.election import Election, election
from montada.programme.engine.shares.endowments import per_voter

# Three of a large group want a, b, c; two of a small one want d.
TABLE = [[1, 1, 1, 0]] * 3 + [[0, 0, 0, 1]] * 2
GROUPS = ["large"] * 3 + ["small"] * 2

tables = st.integers(1, 7).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(0, 2), min_size=n, max_size=n), min_size=1, max_size=8
    )
)


def asked_of(
    places: float, table: Any = TABLE, of: Any = None, **rules: Any
) -> Election:
    """Return the election with equal money per voter; `of` names voters' groups."""
    ballots = ballots_of_matrix(table, of)
    return election(ballots, places, [per_voter(ballots)], **rules)


def ballots_of_matrix(
    utilities: npt.ArrayLike, group_of: Sequence[str] | None = None
) -> Ballots:
    """
    Return ballots from a table (n_voters, n_proposals); 0 is no support.

    Ids are v0, v1, … and p0, p1, … with leading zeros, so that their order is the
    table's. Without `group_of` everybody is of the group "all".
    """
    table = np.asarray(utilities, dtype=np.float64)
    labels = list(group_of) if group_of is not None else ["all"] * len(table)
    groups = sorted(set(labels))
    codes = np.array([groups.index(label) for label in labels], dtype=np.int32)
    who, what = np.nonzero(table)
    return ballots_of_cells(
        (_numbered("v", table.shape[0]), tuple(groups)),
        codes,
        _numbered("p", table.shape[1]),
        Cells(who, what, table[who, what]),
    )


def _numbered(letter: str, n: int) -> tuple[str, ...]:
    width = len(str(max(n - 1, 0)))
    return tuple(f"{letter}{number:0{width}}" for number in range(n))
