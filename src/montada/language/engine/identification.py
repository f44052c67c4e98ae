"""
Which of the six languages a text is written in, and how sure one can be.

A model says how likely each language is that it knows; this module decides what it is
shown and what its answer is worth. Each script is judged apart, so that an Arabic text
full of English names stays Arabic, and each part weighs as much as it has letters.

What cannot be told: two languages of one script in one sentence, a name that several
languages share ("Informe", "Rapport"), Japanese in Chinese characters alone, Arabic in
Latin letters without digits.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from montada.language.engine.clean import readable
from montada.language.engine.text import LANGUAGES

Chances = Mapping[str, float]
"""Language tag to chance (0–1); "" is no language at all. Sums to 1 or is empty."""

Scorer = Callable[[str], Chances]
"""A model: chances over every language it knows, for a text of at most `PIECE`."""

PIECE = 300
"""Letters a model is shown at once: eldc reads 1,000 bytes."""

_N_PIECES = 12
"""Pieces of one script that are read, spread evenly over a long text."""

_TOO_UNSURE = 0.1
"""Below this chance the answer is "none"."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+|\b[\w-]{1,63}\.[\w-]{2,63}/\S*"
)
_LATIN = "A-Za-z\xaa\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f\u1e00-\u1eff"
_WORD = re.compile(
    "(?P<arabic>[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8"
    "\u06ea-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff]+)"
    "|(?P<cyrillic>[\u0400-\u052f]+)"
    "|(?P<chinese>[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+)"
    f"|(?P<latin>[{_LATIN}]+(?:['’][{_LATIN}]+)*)"
    r"|(?P<other>[^\W\d_])"
)
_WRITTEN_IN = {
    "arabic": ("ar",),
    "cyrillic": ("ru",),
    "chinese": ("zh",),
    "latin": ("en", "fr", "es"),
}
_LETTERS_PER_CHARACTER = {"chinese": 3}
"""A Chinese character says about as much as three letters."""

_FEWEST_LETTERS = 2

_LATIN_OR_DIGIT_WORD = re.compile(r"\b[0-9A-Za-z']{1,40}\b")
_ARABIZI = re.compile(
    r"(?=[\w']{4})(?:[2356789](?!(?:st|nd|rd|th|[eè]me|bis)\b)[a-z]{3}|[a-z]+[2356789][a-z])",
    re.IGNORECASE,
)
_ARABIZI_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Guess:
    """
    A language and how sure it is.

    Attributes
    ----------
    language : one of the six tags, or ""
        "" where nothing speaks for one of the six.
    confidence : 0 to 1
        The share of the text's letters that are likely to be in this language: the
        model's chance of it against every other language it knows and against no
        language, weighed by letters. A clear sentence has more than 0.9; a word that
        several languages share, or a text half in another language, about 0.5.
        0 where the language is "". Of the first three words of 6,000 sentences of the
        United Nations, answers above 0.9 were right 998 times in a thousand or more,
        those between 0.5 and 0.6 six times in seven.
    """

    language: str
    confidence: float


NO_GUESS = Guess("", 0.0)


def identified(text: str, scorer: Scorer) -> Guess:
    """Return which of the six languages most of `text` is in."""
    words = _ADDRESS.sub(" ", readable(text).text)
    by_script = _words_by_script(words)
    weights = {
        script: sum(map(len, found)) * _LETTERS_PER_CHARACTER.get(script, 1)
        for script, found in by_script.items()
    }
    if _is_arabizi(words):
        del by_script["latin"]
    shares = dict.fromkeys(LANGUAGES, 0.0)
    for script, languages in _WRITTEN_IN.items():
        chances = _mean_chances(by_script.get(script, []), scorer)
        for language in languages:
            shares[language] = weights.get(script, 0) * chances.get(language, 0.0)
    n_letters = sum(weights.values())
    best = max(LANGUAGES, key=shares.__getitem__)
    if n_letters < _FEWEST_LETTERS or shares[best] < _TOO_UNSURE * n_letters:
        return NO_GUESS
    return Guess(best, round(shares[best] / n_letters, 4))


def _words_by_script(text: str) -> dict[str, list[str]]:
    by_script: dict[str, list[str]] = defaultdict(list)
    for word in _WORD.finditer(text):
        by_script[word.lastgroup or ""].append(word[0])
    return by_script


def _mean_chances(words: list[str], scorer: Scorer) -> dict[str, float]:
    """Return the mean of the model's chances over pieces, by their length."""
    total: dict[str, float] = defaultdict(float)
    pieces = _pieces(words)
    n_letters = sum(map(len, pieces))
    for piece in filter(None, pieces):
        for language, chance in scorer(piece).items():
            total[language] += chance * len(piece) / n_letters
    return total


def _pieces(words: list[str]) -> list[str]:
    """Return at most `_N_PIECES` pieces, spread evenly over the words."""
    joined = " ".join(words)
    step = max(PIECE, len(joined) // _N_PIECES)
    starts = range(0, max(len(joined) - PIECE // 2, 1), step)
    return [joined[start : start + PIECE].strip() for start in starts]


def _is_arabizi(text: str) -> bool:
    """Return whether many words are Arabic in Latin letters and digits: 3aleikum."""
    n_words = n_arabizi = 0
    for word in _LATIN_OR_DIGIT_WORD.finditer(text):
        n_words += not word[0].isdecimal()
        n_arabizi += bool(_ARABIZI.match(word[0]))
    return n_arabizi > _ARABIZI_SHARE * n_words


def chances_of(evidence: Mapping[str, float], *, others: float) -> dict[str, float]:
    """
    Return chances from log-likelihoods, one of the six being likelier beforehand.

    Parameters
    ----------
    evidence : language tag to log-likelihood
        May hold "": the log-likelihood of no language at all.
    others : 0 to 1
        How often a text is in one other language that the model knows, against one
        of the six.
    """
    if not evidence:
        return {}
    highest = max(evidence.values())
    likelihoods = {
        language: math.exp(value - highest)
        * (1.0 if language in LANGUAGES or not language else others)
        for language, value in evidence.items()
    }
    total = sum(likelihoods.values())
    return {language: value / total for language, value in likelihoods.items()}
