"""
Stems: one form for the inflections of a word, so that a search for one finds another.

English, French, Spanish and Russian use Snowball. Arabic uses a light stemmer: it takes
off what is written onto a word (the article, conjunctions, prepositions, endings) and
leaves patterns alone, so a broken plural (مدرسة, مدارس) keeps a stem of its own. Light
stemming finds more in Arabic than roots do, which throw too many words together.

References
----------
Larkey, Ballesteros, Connell (2002), "Improving stemming for Arabic information
retrieval: light stemming and co-occurrence analysis", SIGIR; the same (2007), "Light
stemming for Arabic information retrieval", in Arabic Computational Morphology. The
endings, their order and the shortest stems are those of their light10.
Porter (2001), "Snowball: a language for stemming algorithms".
"""

from __future__ import annotations

from functools import lru_cache

from snowballstemmer.english_stemmer import (  # type: ignore[import-untyped] # has none
    EnglishStemmer,
)
from snowballstemmer.french_stemmer import (  # type: ignore[import-untyped] # has none
    FrenchStemmer,
)
from snowballstemmer.russian_stemmer import (  # type: ignore[import-untyped] # has none
    RussianStemmer,
)
from snowballstemmer.spanish_stemmer import (  # type: ignore[import-untyped] # has none
    SpanishStemmer,
)

from montada.language.engine.folding import folded

LONGEST_WORD = 64
"""Letters of a word that are looked at: nobody searches by the rest of a longer one."""

# Named one by one: `snowballstemmer.stemmer` gives a compiled version where one is
# installed, and the stems of an index must not depend on that.
_SNOWBALL = {
    "en": EnglishStemmer,
    "fr": FrenchStemmer,
    "es": SpanishStemmer,
    "ru": RussianStemmer,
}

_FRONTS = (("و", 3), ("بال", 2), ("كال", 2), ("فال", 2), ("ال", 2), ("لل", 2))
"""And the letters that must be left, as in light10."""
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
"""In the order of light10; folding has made ة one with ه."""
_SHORTEST_WITHOUT_ENDING = 2
_PREPOSITIONS = ("ب", "ل", "ك", "ف")
_SHORTEST_WITHOUT_PREPOSITION = 4


def arabic_stem(word: str) -> str:
    """
    Return the light stem of a folded Arabic word.

    Two steps go beyond light10. What stands in front is taken off until nothing more
    can be: إلكترونية begins like an article, so one step would part it from
    الإلكترونية. And a preposition of one letter goes where four letters are left, as in
    لتعزيز; shorter words too often begin with that letter themselves (كتاب, بيان).
    """
    word = _without_fronts(word)
    for ending in _ENDINGS:
        if len(word) - len(ending) >= _SHORTEST_WITHOUT_ENDING:
            word = word.removesuffix(ending)
    while (
        word.startswith(_PREPOSITIONS)
        and len(word) - 1 >= _SHORTEST_WITHOUT_PREPOSITION
    ):
        word = word[1:]
    return word


def _without_fronts(word: str) -> str:
    """Return the word without و and articles, however many stand in front."""
    while True:
        for front, n_left in _FRONTS:
            if word.startswith(front) and len(word) - len(front) >= n_left:
                word = word.removeprefix(front)
                break
        else:
            return word


def stem(word: str, language: str) -> str:
    """
    Return the folded stem of one word.

    Snowball reads accents (fermé, but ferme), so the word is folded after it; the
    Arabic stemmer reads folded letters. A language without a stemmer of ours gives the
    folded word.
    """
    return _stem(word[:LONGEST_WORD].lower(), language)


# A text repeats its words, and Snowball in Python takes long for each.
@lru_cache(maxsize=65_536)
def _stem(word: str, language: str) -> str:
    if language == "ar":
        return arabic_stem(folded(word))
    if language in _SNOWBALL:
        # A stemmer holds the word it works on: one for each call, or threads mix them.
        return folded(_SNOWBALL[language]().stemWord(word))
    return folded(word)


def bigrams(run: str) -> list[str]:
    """Return the overlapping pairs of a run of Chinese; one character is itself."""
    if len(run) < 2:
        return [run] if run else []
    return [run[at : at + 2] for at in range(len(run) - 1)]
