"""
Themes: which contributions and statements are about the same.

Groups grow by average linkage: the two that are most alike on average become one, as
long as that average is at least `ALIKE`. Average and not nearest, so that no chain of
neighbours joins what has nothing in common; no number of themes is asked for, and what
is like nothing stays on its own. What people put under one theme begins as one group,
and two such groups are never joined.

The answer depends on what the texts say alone, not on their order or their names: they
are put in the order of their contents first.

References
----------
Sokal, Michener (1958), "A statistical method for evaluating systematic relationships",
University of Kansas Science Bulletin 38 (average linkage).
Lance, Williams (1967), "A general theory of classificatory sorting strategies",
Computer Journal 9: the update of averages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from montada.consultation.engine.themes_likeness import (
    Likeness,
    Read,
    Text,
    likeness,
    nearness_of_labels,
    read,
)
from montada.language.engine.vectors import Vectors

ALIKE = 0.4
"""
Average likeness within a theme. Of texts of one consultation that have nothing else in
common it is .15 to .3, of texts about one thing from .4 up.
"""

MOST_COMPARED = 2_500
"""Texts that are compared each with each; more join the themes of these."""
_AT_ONCE = 500

BOUND = 1e6
"""Likeness of what people put together: no average with others undoes it."""


@dataclass(frozen=True, slots=True)
class Group:
    """
    Texts that belong together, by their places in what was asked.

    Attributes
    ----------
    places : the text that is most like all others first
    likeness : mean of all pairs by meaning and words; 1 for a text on its own
    labels : labels that half the labelled texts have, the weightiest first
    decided : the theme under which people put some of it; "" for none
    """

    places: tuple[int, ...]
    likeness: float
    labels: tuple[str, ...]
    decided: str

    @property
    def is_alone(self) -> bool:
        return len(self.places) == 1


def grouped(texts: Sequence[Text], vectors: Vectors | None = None) -> list[Group]:
    """
    Return every text in exactly one group, the largest group first.

    Parameters
    ----------
    vectors : shape (n_texts, dimensions), unit rows, optional
        What the texts mean in any language; zeros where it is not known. Without them
        texts are compared by words, and texts of two languages hardly ever meet.
    """
    order = sorted(range(len(texts)), key=lambda at: _contents(texts[at], vectors, at))
    in_order = [texts[at] for at in order]
    rows = read(in_order, None if vectors is None else vectors[order])
    compared = _compared(in_order)
    groups = _linked(rows.rows(compared), [in_order[at].decided for at in compared])
    members = [[int(compared[at]) for at in group] for group in groups]
    others = np.setdiff1d(np.arange(len(texts)), compared)
    members = _joined_by(others, members, rows, in_order)
    described = [_group(group, rows, in_order) for group in members]
    described.sort(key=lambda group: (-len(group.places), group.places))
    return [_renamed(group, order) for group in described]


def _compared(texts: Sequence[Text]) -> NDArray[np.int64]:
    """Return places from end to end, and the first under each theme of people."""
    step = -(-len(texts) // MOST_COMPARED) or 1
    first = {text.decided: at for at, text in reversed([*enumerate(texts)])}
    first.pop("", None)
    return np.union1d(np.arange(0, len(texts), step), np.array([*first.values()], int))


def _contents(text: Text, vectors: Vectors | None, at: int) -> tuple[object, ...]:
    meaning = b"" if vectors is None else vectors[at].tobytes()
    own = (text.words, text.language, text.terms, text.decided, text.labels)
    return (*own, meaning, text.key)


def _linked(rows: Read, decided: Sequence[str]) -> list[list[int]]:
    """Return groups of rows by average linkage, down to `ALIKE`."""
    n = len(decided)
    if not n:
        return []
    near = likeness(rows, rows) + nearness_of_labels(rows, rows)
    _bind(near, decided)
    np.fill_diagonal(near, -np.inf)
    members = [[at] for at in range(n)]
    sizes, is_open = np.ones(n), np.ones(n, bool)
    nearest = near.argmax(axis=1)
    best = near[np.arange(n), nearest]
    while best[one := int(best.argmax())] >= ALIKE:
        one, other = sorted((one, int(nearest[one])))
        _average(near, sizes, is_open, one, other)
        members[one] += members[other]
        members[other] = []
        _look_again(near, nearest, is_open, one, other)
        best = near[np.arange(n), nearest]
    return [sorted(group) for group in members if group]


def _bind(near: Likeness, decided: Sequence[str]) -> None:
    """Hold together what people put under one theme, and apart what under two."""
    numbers = {name: n for n, name in enumerate(sorted({*decided, ""}))}
    group = np.array([numbers[name] for name in decided])
    is_decided = group > 0
    both = np.logical_and.outer(is_decided, is_decided)
    near[both] = np.where(np.equal.outer(group, group), BOUND, -BOUND)[both]


def _average(
    near: Likeness,
    sizes: NDArray[np.float64],
    is_open: NDArray[np.bool_],
    a: int,
    b: int,
) -> None:
    """Let group `a` take in `b`: its likeness to others is the mean over its texts."""
    whole = sizes[a] + sizes[b]
    row = (near[a] * sizes[a] + near[b] * sizes[b]) / whole
    sizes[a], is_open[b] = whole, False
    row[~is_open] = row[a] = -np.inf
    near[a], near[:, a] = row, row
    near[b] = near[:, b] = -np.inf


def _look_again(
    near: Likeness,
    nearest: NDArray[np.int64],
    is_open: NDArray[np.bool_],
    a: int,
    b: int,
) -> None:
    """Find the nearest group again, where it was one of two that are now one."""
    lost = is_open & ((nearest == a) | (nearest == b))
    lost[a] = True
    nearest[lost] = near[lost].argmax(axis=1)
    at = np.arange(len(nearest))
    nearest[is_open & (near[:, a] > near[at, nearest])] = a


def _joined_by(
    others: NDArray[np.int64],
    members: list[list[int]],
    rows: Read,
    texts: Sequence[Text],
) -> list[list[int]]:
    """Let each other text join the group that it is most like, or stay on its own."""
    found = [list(group) for group in members]
    home = {texts[at].decided: n for n, group in enumerate(members) for at in group}
    home.pop("", None)
    for start in range(0, len(others), _AT_ONCE):
        some = others[start : start + _AT_ONCE]
        means = _means(rows.rows(some), rows, members)
        for at, mean in zip(some, means, strict=True):
            best = home.get(texts[at].decided, int(mean.argmax()))
            if texts[at].decided or mean[best] >= ALIKE:
                found[best].append(int(at))
            else:
                found.append([int(at)])
    return [sorted(group) for group in found]


def _means(some: Read, rows: Read, members: Sequence[Sequence[int]]) -> Likeness:
    """Return the mean likeness of some texts to each group."""
    places = np.array([at for group in members for at in group])
    starts = np.cumsum([0, *(len(group) for group in members)])[:-1]
    others = rows.rows(places)
    near = likeness(some, others) + nearness_of_labels(some, others)
    sizes = np.array([len(group) for group in members], np.float32)
    means = np.add.reduceat(near, starts, axis=1) / sizes
    return means.astype(np.float32)


def _group(places: Sequence[int], rows: Read, texts: Sequence[Text]) -> Group:
    own = rows.rows(np.asarray(places))
    near = likeness(own, own)
    np.fill_diagonal(near, 0)
    n = len(places)
    means = near.sum(axis=1) / max(n - 1, 1)
    order = sorted(range(n), key=lambda at: (-round(float(means[at]), 5), at))
    mine = [texts[at] for at in places]
    return Group(
        places=tuple(places[at] for at in order),
        likeness=round(float(means.mean()), 4) if n > 1 else 1.0,
        labels=_labels(mine),
        decided=next((text.decided for text in mine if text.decided), ""),
    )


def _labels(texts: Sequence[Text]) -> tuple[str, ...]:
    """Return the labels that at least half of the texts with labels have."""
    labelled = [text.labels for text in texts if text.labels]
    weight: defaultdict[str, float] = defaultdict(float)
    n_with: Counter[str] = Counter()
    for label, own in (one for labels in labelled for one in labels):
        n_with[label] += 1
        weight[label] += own
    common = [label for label in n_with if 2 * n_with[label] >= len(labelled)]
    return tuple(sorted(common, key=lambda label: (-round(weight[label], 5), label)))


def _renamed(group: Group, order: Sequence[int]) -> Group:
    return Group(
        tuple(order[at] for at in group.places),
        group.likeness,
        group.labels,
        group.decided,
    )
