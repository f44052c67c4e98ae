"""
Differences: in what two texts that look alike do not say the same.

The check is by words, so it is coarse: it may tell alike texts apart, which costs a
reader a glance, and it knows no irony. What it never does is call two texts the same
that deny each other in plain words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from montada.language.engine.polarity import Kind, Mark, Marked

OPPOSITE: frozenset[Kind] = frozenset({"negation", "opposite"})
"""Differences that turn a statement around; the others change what it speaks of."""

_BY_VALUE: tuple[Kind, ...] = ("number", "date", "country")
_BY_SIDE: tuple[Kind, ...] = ("opposite", "contrast")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two texts differ, in the words of each."""

    kind: Kind
    first: tuple[str, ...]
    second: tuple[str, ...]


def differences(
    first: Marked,
    second: Marked,
    prefixes: Mapping[str, int],
    *,
    share_letters: bool = True,
) -> tuple[Difference, ...]:
    """
    Return in what two texts differ that decides, with the words of each.

    Across languages words cannot be set against words: only whether one of the texts
    denies at all, and numbers, dates and countries, are compared. Texts that do not
    `share_letters` are said to deny each other only in what both speak of.
    """
    found = [_by_value(first, second, kind) for kind in _BY_VALUE]
    if first.language == second.language:
        found.append(_negations(first, second, share_letters))
        found.append(_prefixed(first, second, prefixes))
        found.extend(_poles(first, second))
    else:
        found.append(_negations_across(first, second))
    return tuple(difference for difference in found if difference)


def _of(kind: Kind, first: Sequence[Mark], second: Sequence[Mark]) -> Difference:
    return Difference(
        kind, tuple(m.written for m in first), tuple(m.written for m in second)
    )


def _by_value(first: Marked, second: Marked, kind: Kind) -> Difference | None:
    mine, yours = first.of(kind), second.of(kind)
    more = Counter(m.value for m in mine)
    more.subtract(m.value for m in yours)
    if kind == "country":  # How often a country is named says nothing.
        for shared in {m.value for m in mine} & {m.value for m in yours}:
            del more[shared]
    only_mine = [m for m in mine if more[m.value] > 0]
    only_yours = [m for m in yours if more[m.value] < 0]
    return _of(kind, only_mine, only_yours) if only_mine or only_yours else None


def _negations(first: Marked, second: Marked, share_letters: bool) -> Difference | None:
    """Return the negations of which one text has more, or that deny other words."""
    mine, yours = first.of("negation"), second.of("negation")
    words = first.written.keys() & second.written.keys()
    alone = _unmatched(mine, yours, words), _unmatched(yours, mine, words)
    if share_letters and len(mine) != len(yours):
        return _of("negation", *alone)
    denied = (
        [mark for mark in alone[0] if mark.upon & second.written.keys()],
        [mark for mark in alone[1] if mark.upon & first.written.keys()],
    )
    if len(mine) != len(yours):
        return _of("negation", *denied) if any(denied) else None
    return _of("negation", *denied) if all(denied) else None


def _negations_across(first: Marked, second: Marked) -> Difference | None:
    """Return what denies a sentence of one text where nothing does so in the other."""
    mine = [mark for mark in first.of("negation") if mark.value == "not"]
    yours = [mark for mark in second.of("negation") if mark.value == "not"]
    return _of("negation", mine, yours) if bool(mine) != bool(yours) else None


def _unmatched(
    marks: Sequence[Mark], others: Sequence[Mark], in_both: Set[str]
) -> list[Mark]:
    """Return the marks left when each is set against one that denies the same."""
    left = list(others)
    alone: list[Mark] = []
    for mark in marks:
        same = next((other for other in left if _is_same(mark, other, in_both)), None)
        if same is None:
            alone.append(mark)
        else:
            left.remove(same)
    return alone


def _is_same(mark: Mark, other: Mark, in_both: Set[str]) -> bool:
    """
    Return whether two denials share a word, and neither denies one the other spares.

    `in_both` are the words of both texts: "not support taxes" against "not support
    quotas" where both texts speak of taxes and of quotas.
    """
    if not (mark.upon or other.upon):
        return True
    is_moved = (mark.upon - other.upon) & in_both and (other.upon - mark.upon) & in_both
    return bool(mark.upon & other.upon) and not is_moved


def _prefixed(
    first: Marked, second: Marked, prefixes: Mapping[str, int]
) -> Difference | None:
    """Return words of one text that the other has with a prefix that denies them."""
    mine = _denied_by_prefix(first, second, prefixes)
    yours = _denied_by_prefix(second, first, prefixes)
    if not mine and not yours:
        return None
    return Difference(
        "negation",
        (*(denied for denied, _plain in mine), *(plain for _denied, plain in yours)),
        (*(plain for _denied, plain in mine), *(denied for denied, _plain in yours)),
    )


def _denied_by_prefix(
    denying: Marked, plain: Marked, prefixes: Mapping[str, int]
) -> list[tuple[str, str]]:
    only_denying = denying.written.keys() - plain.written.keys()
    return [
        (denying.written[prefix + stem], plain.written[stem])
        for stem in sorted(plain.written.keys() - denying.written.keys())
        for prefix, shortest in prefixes.items()
        if len(stem) >= shortest and prefix + stem in only_denying
    ]


def _poles(first: Marked, second: Marked) -> Iterator[Difference]:
    """Yield the pairs of opposite words that stand on different sides in the texts."""
    for kind in _BY_SIDE:
        mine, yours = first.of(kind), second.of(kind)
        for pair in sorted({mark.value[:-1] for mark in mine}):
            turned = _turned(
                [m for m in mine if m.value[:-1] == pair],
                [m for m in yours if m.value[:-1] == pair],
            )
            if turned:
                yield _of(kind, *turned)


def _turned(
    mine: Sequence[Mark], yours: Sequence[Mark]
) -> tuple[list[Mark], list[Mark]] | None:
    """Return the marks of one pair that stand against each other, if any do."""
    more = Counter(m.value[-1] for m in mine)
    more.subtract(m.value[-1] for m in yours)
    for one, other in ("+-", "-+"):
        if more[one] > 0 > more[other]:
            return (
                [m for m in mine if m.value[-1] == one],
                [m for m in yours if m.value[-1] == other],
            )
    crossed = [
        (m, y)
        for m in mine
        for y in yours
        if m.value != y.value and len(m.upon & y.upon) > _most_shared(m, yours)
    ]
    return ([m for m, _y in crossed], [y for _m, y in crossed]) if crossed else None


def _most_shared(mark: Mark, others: Sequence[Mark]) -> int:
    """Return how many words it bears upon a mark shares with one of the same side."""
    same = (other for other in others if other.value == mark.value)
    return max((len(other.upon & mark.upon) for other in same), default=0)
