"""
Ties: a public seed and the proposals' ids decide, nothing else.

Prices count as equal where they differ by less than one part in a thousand million:
sums of fractions are exact to some fifteen digits, so what is equal on paper never
differs by more, whatever the order of adding up. Among equals the proposal comes first
whose SHA-256 of "seed:id" (UTF-8, in hexadecimal) is alphabetically first. Anybody can
compute it: printf '1:p17' | sha256sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from montada.programme.engine.shares.ballots import IntArray

TIE = 1e-9
"""Relative difference up to which two numbers are the same."""


def tie_order(ids: Sequence[str], seed: int) -> IntArray:
    """Return the place of each id in the order of ties, from 0."""
    digests = [
        sha256(f"{seed}:{name}".encode("utf-8", "backslashreplace")).hexdigest()
        for name in ids
    ]
    order = np.empty(len(ids), dtype=np.int64)
    order[sorted(range(len(ids)), key=digests.__getitem__)] = np.arange(len(ids))
    return order
