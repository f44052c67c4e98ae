"""
The models that tell languages apart, loaded once in a process when first asked for.

`eldc` (60 languages, C) is better and faster on few words; `py3langid` (139 languages,
numpy) stands in where eldc has no build for the machine. Both answer with chances over
every language they know, so that what is none of the six can be seen not to be.
"""

from __future__ import annotations

import math
from functools import cache

from montada.language.engine.identification import Chances, Scorer, chances_of
from montada.language.engine.text import LANGUAGES

ELDC = "eldc"
PY3LANGID = "py3langid"

_NO_LANGUAGE = 0.6
"""The score at which eldc has seen as much of the language as in invented words."""


def scorer() -> Scorer:
    """Return the best model that is installed."""
    return _loaded()[1]


def name_of_scorer() -> str:
    """Return which model answers: "eldc" or "py3langid"."""
    return _loaded()[0]


@cache
def _loaded() -> tuple[str, Scorer]:
    try:
        return ELDC, eldc_scorer()
    except ImportError:
        return PY3LANGID, py3langid_scorer()


def eldc_scorer() -> Scorer:
    """
    Return the scorer that asks eldc.

    Its score of a language is 1 - exp(-evidence), the mean evidence of a piece of a
    word. It reads only the first 1,000 bytes of a text.
    """
    # Where it has no build, the other one answers; it comes without types.
    import eldc  # type: ignore[import-untyped]  # noqa: PLC0415

    eldc.init()
    anything, ours = eldc.instance(), eldc.instance()
    anything.set_scores(20)
    ours.set_languages(list(LANGUAGES))
    ours.set_scores(len(LANGUAGES))

    def chances(text: str) -> Chances:
        scores = anything.detect_details(text).scores
        scores |= ours.detect_details(text).scores
        if not scores:
            return {}
        n_letters = sum(map(str.isalpha, text))
        scores[""] = _NO_LANGUAGE
        evidence = {
            language: -math.log(max(1.0 - score, 1e-6)) * math.sqrt(n_letters)
            for language, score in scores.items()
        }
        return chances_of(evidence, others=0.1)

    return chances


def py3langid_scorer() -> Scorer:
    """Return the scorer that asks py3langid; it needs about a second to load."""
    # Loaded only where it answers: numpy and a second; it comes without types.
    from py3langid.langid import (  # type: ignore[import-untyped]  # noqa: PLC0415
        MODEL_FILE,
        LanguageIdentifier,
    )

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def chances(text: str) -> Chances:
        ranked = dict(identifier.rank(text))
        evidence = {tag: math.log(p) for tag, p in ranked.items() if p > 0}
        return chances_of(evidence, others=0.02)

    return chances
