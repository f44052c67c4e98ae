"""Words that somebody may mean by a word of a query: misspelt, or in other letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from montada.language.adapters import fulltext
from montada.language.engine.analysis import normalised, words_of
from montada.language.engine.stop_words import is_stop_word
from montada.language.engine.values import Near
from montada.language.queries.index.words import places_in, spellings
from montada.language.queries.tools import stop_words, terms_of

MOST_WORDS = 12
"""Words of a query for which like ones are looked for."""


def near_words(
    text: str, asked: fulltext.Asked, right: frozenset[str]
) -> dict[str, list[Near]]:
    """Return, for each word or place of a query, like words and other names."""
    language, found = asked.language, defaultdict[str, list[Near]](list)
    known = spellings()
    words = [
        word
        for word in words_of(normalised(text), language)
        if word.language != "zh"
        and word.folded not in right
        and not is_stop_word(word.folded, word.language, stop_words())
    ]
    for word in words[:MOST_WORDS]:
        is_known = not asked.held.isdisjoint(word.stem.split())
        near = known.near(word.text, is_known=is_known, is_alone=len(words) == 1)
        if others := [n for n in near if n.term not in asked.terms]:
            found[word.text] = others
    for place in _other_names(text, language):
        found[place.asked].append(place)
    return found


def _other_names(text: str, language: str) -> Iterator[Near]:
    """Yield the names in other languages of the places that a query names."""
    for asked, place in places_in(text):
        for tag, name in place.names:
            if tag != language:
                yield Near(asked, name, tag, " ".join(terms_of(name, tag)), 1.0)
