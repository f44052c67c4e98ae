"""Small elections to ask about, by hand and at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from montada.programme.engine.shares.ballots import ballots_of_matrix
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
