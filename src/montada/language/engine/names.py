"""
Names across spellings and scripts: Masr for مصر, goverment for government.

Words of one script are compared letter by letter; words of two scripts by their sound,
the consonants in Latin letters, because vowels are what transcriptions disagree about.
Short words are left alone: "kr" would be Cairo, a village (قرية) and a core.

What it gets wrong: Arabic letters that Latin ones do not tell apart (س and ص, ت and ط)
meet; names that were translated and not transcribed (Algiers, الجزائر) do not meet.
`data/places.txt` lists those of cities.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from montada.language.engine.folding import folded
from montada.language.engine.values import Near

SHORTEST_SOUND = 4
SHORTEST_ALONE = 3
"""Consonants that a word must have to be known by its sound, and one that is all the
query: too many words share three."""

LIKENESS_OF_SOUND = 0.8

SHORTEST_SPELLING = 5
"""Letters that a word must have to be corrected: shorter ones have too many neighbours
one letter away."""

LETTERS_A_SLIP = 6
"""Letters of a word for which one slip of the pen is forgiven, beyond the first."""

MOST_NEAR = 3

_ARABIC = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنه", "btsghkddrzsšsdtzgfkklmnh", strict=True))
_RUSSIAN = dict(zip("бвгджзклмнпрстфхцчшщ", "bfgdgzklmnbrstfksššš", strict=True))
_LATIN = dict(zip("bcdfghjklmnpqrstvxzš", "bkdfghgklmnbkrstfszš", strict=True))
_LATIN_PAIRS = re.compile("sch|tch|[cs]h|th|c(?=[eiy])|dh|[gk]h|ph|dj")
_SOUND_OF_PAIR = {"dh": "d", "gh": "g", "kh": "k", "ph": "f", "dj": "g"} | {
    pair: "s" for pair in ("c", "th")
}
"""Every other pair sounds like ش."""

_ARABIC_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=.{3})")
_LATIN_ARTICLE = re.compile("^(?:al|el)(?=[^aeiou].{2})")


def script_of(word: str) -> str:
    """Return "ar", "ru" or "latin" by the first letter; "" for any other script."""
    first = word[:1]
    if "\u0620" <= first <= "\u06ff":
        return "ar"
    if "\u0400" <= first <= "\u04ff":
        return "ru"
    return "latin" if first.isascii() and first.isalpha() else ""


def sound_of(word: str) -> str:
    """
    Return the consonants of a folded word in Latin letters, no letter twice in a row.

    "" for a script that writes no consonants, and for a word with hardly any. A final
    h is silent in either script (القاهرة, Makkah), and 'ain has no sound here.
    """
    script = script_of(word)
    if script == "ar":
        sounds = _sounds(_ARABIC_ARTICLE.sub("", word), _ARABIC)
    elif script == "ru":
        sounds = _sounds(word, _RUSSIAN)
    elif script == "latin":
        plain = _LATIN_PAIRS.sub(
            lambda pair: _SOUND_OF_PAIR.get(pair[0], "š"), _LATIN_ARTICLE.sub("", word)
        )
        sounds = _sounds(plain, _LATIN)
    else:
        return ""
    return "".join(letter for letter, _run in groupby(sounds)).removesuffix("h")


def _sounds(word: str, letters: Mapping[str, str]) -> str:
    return "".join(letters.get(letter, "") for letter in word)


def n_slips(word: str) -> int:
    """Return how many letters may be wrong, missing or changed places in a word."""
    if len(word) < SHORTEST_SPELLING or any(map(str.isdigit, word)):
        return 0
    return 1 + (len(word) - SHORTEST_SPELLING + 2) // LETTERS_A_SLIP


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word as an index has it; `text` as written, `key` folded."""

    language: str
    text: str
    key: str
    term: str
    sound: str


class Spellings:
    """The words of an index, ready to be asked for those near to a word."""

    def __init__(self, words: Iterable[Spelling]) -> None:
        self._by_key: dict[str, list[Spelling]] = defaultdict(list)
        self._by_sound: dict[str, list[Spelling]] = defaultdict(list)
        for word in words:
            self._by_key[word.key].append(word)
            if len(word.sound) >= SHORTEST_ALONE:
                self._by_sound[word.sound].append(word)
        self._keys: list[str] = list(self._by_key)

    def near(
        self, word: str, *, is_known: bool = False, is_alone: bool = False
    ) -> list[Near]:
        """
        Return words that somebody may mean by one word, likest first, one a term.

        One that is spelt right (it stands in a title, or the caller knows it) is only
        looked for in other scripts.
        """
        key = folded(word)
        shortest = SHORTEST_ALONE if is_alone else SHORTEST_SOUND
        found = dict.fromkeys(self._sounding_like(key, shortest), LIKENESS_OF_SOUND)
        if not is_known and key not in self._by_key:
            found |= self._spelt_like(key)
        best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0].text))
        return [
            Near(word, w.text, w.language, w.term, round(likeness, 3))
            for w, likeness in islice(_one_a_term(best), MOST_NEAR)
        ]

    def _sounding_like(self, key: str, shortest: int) -> list[Spelling]:
        sound = sound_of(key)
        if len(sound) < shortest:
            return []
        own, alike = script_of(key), self._by_sound.get(sound, [])
        return [word for word in alike if script_of(word.key) != own]

    def _spelt_like(self, key: str) -> dict[Spelling, float]:
        slips = n_slips(key)
        if not slips:
            return {}
        near = process.extract(
            key, self._keys, scorer=OSA.distance, score_cutoff=slips, limit=MOST_NEAR
        )
        return {
            word: 1 - distance / len(key)
            for other, distance, _place in near
            if script_of(other) == script_of(key)
            for word in self._by_key[other]
        }


def _one_a_term(
    words: Iterable[tuple[Spelling, float]],
) -> Iterator[tuple[Spelling, float]]:
    """Yield the first word of each term: the others find the same texts."""
    seen: set[tuple[str, str]] = set()
    for word, likeness in words:
        if (word.language, word.term) not in seen:
            seen.add((word.language, word.term))
            yield word, likeness
