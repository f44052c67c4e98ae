"""What a search finds, as a page, a command or a program is told of it."""

from montada.discovery.queries.countries import NamedCountry, country_named
from montada.discovery.queries.facets import FACETS, Facet, FacetValue
from montada.discovery.queries.search import (
    MOST_SHOWN,
    Result,
    Search,
    reader_of,
    results_of,
    search,
)

__all__ = [
    "FACETS",
    "MOST_SHOWN",
    "Facet",
    "FacetValue",
    "NamedCountry",
    "Result",
    "Search",
    "country_named",
    "reader_of",
    "results_of",
    "search",
]
