"""
Measures: how good an answer is, and how far chance may have made it so.

References
----------
Wilson (1927), "Probable inference, the law of succession, and statistical inference",
JASA 22; Brown, Cai, DasGupta (2001), "Interval estimation for a binomial proportion",
Statistical Science 16, on why not the usual one. Efron, Tibshirani (1993), "An
introduction to the bootstrap", chapter 13 (percentiles). Voorhees (1999), "The TREC-8
question answering track report", for the mean reciprocal rank.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

Z_95 = 1.959964
"""Half the width, in standard deviations, of 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its 95 % interval, from `n` cases."""

    value: float
    low: float
    high: float
    n: int


def share(n_right: int, n: int) -> Measured:
    """
    Return a share with Wilson's interval.

    Raises
    ------
    ValueError
        If there are no cases, or more right ones than cases.
    """
    if not 0 <= n_right <= n or n == 0:
        raise ValueError(f"{n_right} of {n} is not a share")
    p, z2 = n_right / n, Z_95**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At the ends the bound is the share itself; arithmetic misses it by 1e-17.
    low, high = min(middle - half, p), max(middle + half, p)
    return Measured(p, max(0.0, low), min(1.0, high), n)


def accuracy(expected: Sequence[Hashable], given: Sequence[Hashable]) -> Measured:
    """Return the share of answers that are the expected ones."""
    pairs = zip(expected, given, strict=True)
    return share(sum(one == other for one, other in pairs), len(expected))


def top_k(
    expected: Sequence[Hashable], given: Sequence[Sequence[Hashable]], k: int
) -> Measured:
    """Return the share of answers whose first `k` hold the expected one."""
    pairs = zip(expected, given, strict=True)
    return share(sum(one in answers[:k] for one, answers in pairs), len(expected))


def f1(n_true: int, n_false: int, n_missed: int) -> float:
    """
    Return the harmonic mean of precision and recall; 0 where nothing was right.

    Parameters
    ----------
    n_true, n_false, n_missed : int
        Labels given rightly, given wrongly, and wrongly not given.
    """
    either = 2 * n_true + n_false + n_missed
    return 2 * n_true / either if either else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean of at least one value."""
    return sum(values) / len(values)


def bootstrap(
    values: Sequence[float],
    *,
    rng: Random,
    n_draws: int = 1_000,
    statistic: Callable[[Sequence[float]], float] = mean,
) -> Measured:
    """
    Return a statistic of the values with the 95 % percentile interval of the bootstrap.

    Parameters
    ----------
    values
        One for each independent case; at least one.
    rng
        The source of chance; one seed gives one interval.
    """
    if not values:
        raise ValueError("no cases to measure")
    n = len(values)
    draws = sorted(statistic(rng.choices(values, k=n)) for _draw in range(n_draws))
    n_outside = int(0.025 * n_draws)
    return Measured(statistic(values), draws[n_outside], draws[-1 - n_outside], n)


def mean_reciprocal_rank(ranks: Sequence[float], *, rng: Random) -> Measured:
    """Return the mean of 1/rank of the wanted text, with a bootstrap interval."""
    return bootstrap([1 / rank for rank in ranks], rng=rng)
