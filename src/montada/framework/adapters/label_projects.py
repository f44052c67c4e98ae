"""Titles of prizes, those of one project together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rapidfuzz import fuzz, utils

from montada.framework.adapters.label_texts import Example, prize_titles

_ALIKE = 80
"""Similarity of two titles, 0 to 100, from which they count as one project."""
_SAME_WORDS = 85
"""The same for the words that both have, where the shorter title has three words."""


def titles_of_prizes(
    folder: Path, language_of: Callable[[str], str]
) -> Iterator[Example]:
    """Yield prize titles with their language; one project's titles share a group."""
    found = list(prize_titles(folder))
    for one, group in zip(found, _projects([one.text for one in found]), strict=True):
        yield replace(one, language=language_of(one.text), group=group)


def _projects(titles: Sequence[str]) -> list[str]:
    """Return for each title the first one that is like it, or like one like it."""
    plain = [utils.default_process(title) for title in titles]
    first = list(range(len(titles)))
    for at in range(len(titles)):
        for before in range(at):
            if first[at] != first[before] and _are_alike(plain[at], plain[before]):
                merged = first[at]
                first = [first[before] if one == merged else one for one in first]
    return [titles[place] for place in first]


def _are_alike(one: str, other: str) -> bool:
    if fuzz.token_sort_ratio(one, other) >= _ALIKE:
        return True
    shorter = min(len(one.split()), len(other.split()))
    return shorter > 2 and fuzz.token_set_ratio(one, other) >= _SAME_WORDS
