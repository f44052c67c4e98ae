"""Searching, and each result with where it is and why it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from montada.discovery.choices import URL_NAMES, Kind
from montada.discovery.queries.countries import NamedCountry, country_named
from montada.discovery.queries.facets import Facet, country_names, facets_of
from montada.djangokit.page_language import listed
from montada.language import queries as language
from montada.language.engine.folding import folded
from montada.language.engine.fusion import LEAST_MEANING
from montada.language.engine.names import script_of
from montada.language.engine.snippets import Piece, snippet_of, words_matched
from montada.language.engine.text import direction_of
from montada.language.engine.values import Found, Hit, Near

if TYPE_CHECKING:
    from montada.language.models import IndexedText

Pieces = tuple[Piece, ...]

MOST_SHOWN = language.MOST_FOUND
LONGEST_TITLE = 300
"""Characters of a title that a list shows."""


@dataclass(frozen=True, slots=True)
class Result:
    """One record that was found, in one of its languages."""

    kind: str
    kind_name: str
    key: str
    language: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    url: str
    score: float
    why: tuple[str, ...]
    """Sentences, in the reader's language."""

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def title_text(self) -> str:
        return "".join(piece.text for piece in self.title)

    def as_json(self) -> dict[str, Any]:
        """Return the result as commands and the API tell it."""
        return {
            "id": self.key,
            "kind": self.kind,
            "title": self.title_text,
            "language": self.language,
            "url": self.url,
            "score": self.score,
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True)
class Search:
    """A search: what was asked, what was found, and what may have been meant."""

    text: str
    reader: str
    found: Found
    facets: tuple[Facet, ...]
    country: str
    """Name of the country that the query names; "" without one."""
    meant: str
    """The query with its words spelt as in the index; "" where they are."""


def search(
    text: str, *, reader: str, choice: Mapping[str, Sequence[str]] | None = None
) -> Search:
    """
    Return what a query finds for a reader of one of the six languages.

    `choice` narrows it: facet of `FACETS` to values, any of which will do. A query
    without a word finds nothing.
    """
    choice = choice or {}
    words = language.words_in(text)
    named = country_named(words)
    found = language.find(_query(words, reader, choice, named))
    return Search(
        text=words,
        reader=reader,
        found=found,
        facets=facets_of(found.counts, choice, reader),
        country=country_names(reader).get(named.iso3, "") if named else "",
        meant=_meant(words, found.hits),
    )


def _query(
    words: str,
    reader: str,
    choice: Mapping[str, Sequence[str]],
    named: NamedCountry | None,
) -> language.Query:
    """Return the query; a country's name finds its page first, then all it has."""
    if named is None:
        return language.Query(words, reader, choice)
    country = {"country": (named.iso3,)}
    is_its_name = named.is_all and not named.is_city
    return language.Query(
        words,
        reader,
        choice,
        favoured=country,
        favoured_are_found=named.is_all,
        named=country | {"kind": (Kind.COUNTRY,)} if is_its_name else {},
        right=named.words,
    )


def reader_of(text: str) -> str:
    """Return the language of who writes a query, where nothing else tells."""
    return language.language_of_query(language.words_in(text), "en")


def _meant(text: str, hits: Iterable[Hit]) -> str:
    """Return the query with misspelt words put right, if that found something."""
    near = [near for hit in hits for near in hit.near if _is_spelling(near)]
    meant = text
    # The likest last, so that it is the one that is kept.
    right = {n.asked: n.text for n in sorted(near, key=lambda n: n.likeness)}
    for asked, word in right.items():
        meant = meant.replace(asked, word)
    return meant if meant != text else ""


def _is_spelling(near: Near) -> bool:
    """Return whether it is another spelling, not another script or language."""
    same_script = script_of(folded(near.text)) == script_of(folded(near.asked))
    return same_script and near.likeness < 1


def results_of(search: Search, hits: Sequence[Hit]) -> list[Result]:
    """Return some of the hits as a list shows them. Two queries."""
    wordings = language.wordings_of(hits)
    return [
        _result(search, hit, wordings[hit.text_id])
        for hit in hits
        if hit.text_id in wordings
    ]


def _result(search: Search, hit: Hit, rows: Sequence[IndexedText]) -> Result:
    row = _shown(search, hit, rows)
    title, snippet = _marked(search, hit, row)
    kind = Kind(row.kind)
    with translation.override(search.reader):
        return Result(
            kind=kind.value,
            kind_name=str(kind.label),
            key=row.key,
            language=row.language,
            title=title,
            snippet=snippet,
            url=reverse(URL_NAMES[kind], args=[row.key]),
            score=hit.score,
            why=tuple(_reasons(search, hit, rows)),
        )


def _marked(search: Search, hit: Hit, row: IndexedText) -> tuple[Pieces, Pieces]:
    """Return title and snippet of a row, what was asked for marked."""
    terms = {*language.terms_of(search.text, row.read_as)}
    terms |= {part for n in hit.near for part in n.term.split()}
    title = snippet_of(row.title, row.read_as, terms, length=LONGEST_TITLE)
    return title, snippet_of(row.body, row.read_as, terms) if row.body else ()


def _shown(search: Search, hit: Hit, rows: Sequence[IndexedText]) -> IndexedText:
    """Return the reader's own wording, else the one that was found."""
    own = [row for row in rows if row.language == search.reader]
    return own[0] if own else next(row for row in rows if row.pk == hit.text_id)


def _reasons(search: Search, hit: Hit, rows: Sequence[IndexedText]) -> Iterator[str]:
    if words := _words(search, hit, rows):
        yield _("Words: %(words)s") % {"words": listed(words)}
    names = dict.fromkeys(near.text for near in hit.near)
    if names:
        yield _("Like “%(asked)s”: %(names)s") % {
            "asked": hit.near[0].asked,
            "names": listed(names),
        }
    if hit.is_favoured and search.country:
        yield _("Concerns %(country)s") % {"country": search.country}
    if hit.meaning is not None and hit.meaning >= LEAST_MEANING:
        yield _("Close in meaning")


def _words(search: Search, hit: Hit, rows: Sequence[IndexedText]) -> tuple[str, ...]:
    """Return the words it shares with the query, as the wording that has them does."""
    if not hit.has_words:
        return ()
    own = (row for row in rows if row.read_as == search.found.language)
    found = (words_matched([*t, *b]) for t, b in (_marked(search, hit, r) for r in own))
    return next(filter(None, found), ())
