"""What must come before what: parts of a series, with the time between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """
    Attributes
    ----------
    before : of each session, those that precede it -> units from the start of one to
        the start of the other, at least: what lies between them has room too
    following : the same the other way round
    circles : ids of sessions that wait for one another, each circle once
    """

    before: tuple[dict[int, int], ...]
    following: tuple[dict[int, int], ...]
    circles: tuple[tuple[str, ...], ...]


def series_of(
    after: Sequence[Sequence[str]], ids: Sequence[str], n_units: Sequence[int]
) -> Series:
    """
    Return all orders that follow from the stated ones.

    Inside a circle only stated orders hold: one session less makes them possible.
    """
    number = {name: n for n, name in enumerate(ids)}
    stated = [[number[name] for name in names] for names in after]
    circles = _circles(stated)
    in_circle = {n for circle in circles for n in circle}
    before: list[dict[int, int]] = [{} for _id in ids]
    for n in _sorted(stated, in_circle):
        for earlier in stated[n]:
            if n in in_circle or earlier in in_circle:
                _at_least(before[n], earlier, n_units[earlier])
                continue
            _at_least(before[n], earlier, n_units[earlier])
            for first, gap in before[earlier].items():
                _at_least(before[n], first, gap + n_units[earlier])
    following: list[dict[int, int]] = [{} for _id in ids]
    for n, earlier_ones in enumerate(before):
        for earlier, gap in earlier_ones.items():
            following[earlier][n] = gap
    return Series(
        before=tuple(before),
        following=tuple(following),
        circles=tuple(tuple(ids[n] for n in circle) for circle in circles),
    )


def _at_least(gaps: dict[int, int], earlier: int, gap: int) -> None:
    gaps[earlier] = max(gap, gaps.get(earlier, 0))


def _sorted(stated: Sequence[Sequence[int]], in_circle: set[int]) -> list[int]:
    """Return the sessions so that each comes after what precedes it, circles first."""
    order = dict.fromkeys(sorted(in_circle))
    for root in range(len(stated)):
        waiting = [root]
        while waiting:
            n = waiting[-1]
            missing = [e for e in stated[n] if e not in order]
            if n in order or not missing:
                order.setdefault(n)
                waiting.pop()
            else:
                waiting.extend(missing)
    return list(order)


def _circles(stated: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected parts that are circles (Tarjan 1972)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    circles = []
    for root in range(len(stated)):
        if root in index:
            continue
        work = [(root, iter(stated[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            n, rest = work[-1]
            following = next((m for m in rest if m not in index), None)
            if following is not None:
                index[following] = low[following] = len(index)
                stack.append(following)
                work.append((following, iter(stated[following])))
                continue
            work.pop()
            for m in stated[n]:
                if m in stack:
                    low[n] = min(low[n], low[m])
            if low[n] == index[n]:
                part = stack[stack.index(n) :]
                del stack[stack.index(n) :]
                if len(part) > 1 or n in stated[n]:
                    circles.append(sorted(part))
    return circles
