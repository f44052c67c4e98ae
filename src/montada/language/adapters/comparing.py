"""
The words by which texts are told apart: our own list, and CLDR's countries and months.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from montada.language.engine.cues import Phrases, tokens_of
from montada.language.engine.polarity import Lexicon
from montada.language.engine.quantities import TIMES
from montada.language.engine.stop_words import StopWords

FILE = Path(__file__).parents[1] / "data" / "polarity.toml"

_BRACKETS = re.compile(r"\s*\(.*?\)")
_CALENDARS = {"ar": ("ar", "ar_LB", "ar_DZ", "ar_MA")}
"""Arabic names the months in several ways, by country."""

_COMMON_WORDS = frozenset({"مالي"})
"""Names that are mostly something else: "financial"."""
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB"})

_WRITTEN_ONTO = ("ب", "ل", "ك")
"""Prepositions that Arabic writes onto a name: بمصر, للسودان."""


def lexicon(language: str, stop_words: StopWords) -> Lexicon:
    """Return the deciding words of one of the six languages."""
    words = _listed()[language]
    return Lexicon(
        negations=Phrases(_negations(words), language),
        denying_nothing=Phrases([(p, "") for p in words["except"]], language),
        poles=Phrases(_poles(words), language),
        numbers=Phrases(_numbers(words), language),
        names=Phrases(_names(language), language),
        prefixes={
            prefix: int(shortest)
            for prefix, _colon, shortest in (
                entry.partition(":") for entry in words["prefixes"].split()
            )
        },
        stop_stems=frozenset(
            token.stem
            for word in stop_words[language]
            for token in tokens_of(word, language)
        ),
    )


@cache
def _listed() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _negations(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for label, key in (("not", "negations"), ("lack", "lacks")):
        for phrase in words[key].split():
            yield phrase, label


def _poles(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the phrases of every pair with their side; one word may have several."""
    for kind, key in (("opposite", "poles"), ("contrast", "contrasts")):
        for number, sides in enumerate(words[key]):
            for sign, side in zip("+-", sides, strict=True):
                for phrase in side.split("|"):
                    yield phrase, f"{kind}-{number}{sign}"


def _numbers(words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, before in (("numbers", ""), ("scales", TIMES)):
        for entry in words[key].split():
            word, _equals, value = entry.partition("=")
            yield f"={word}", before + value


def _names(language: str) -> Iterator[tuple[str, str]]:
    for tag in _CALENDARS.get(language, (language,)):
        for width in ("format", "stand-alone"):
            for number, name in Locale.parse(tag).months[width]["wide"].items():
                yield _exact(name), f"month-{number}"
    for code, name in Locale.parse(language).territories.items():
        if code.isdigit() or code in _NO_COUNTRIES or name in _COMMON_WORDS:
            continue
        for form in _forms(_BRACKETS.sub("", name), language):
            yield form, f"country-{code}"


def _forms(name: str, language: str) -> Iterator[str]:
    """Yield the ways in which a country stands in a sentence."""
    if language == "ru":
        yield name  # By its stem: Египет, в Египте.
        return
    yield _exact(name)
    if language == "ar":
        for letter in _WRITTEN_ONTO:
            joined = "لل" if letter == "ل" else f"{letter}ال"
            with_article = name.startswith("ال")
            yield _exact(joined + name[2:] if with_article else letter + name)


def _exact(name: str) -> str:
    return " ".join(f"={word}" for word in name.split())
