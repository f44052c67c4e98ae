"""What no source states: listed, so that somebody can find out."""

from __future__ import annotations

from dataclasses import dataclass

from montada.stocktaking.engine.facets import NOT_STATED, items_in
from montada.stocktaking.queries.cards import ProjectCard, project_cards
from montada.stocktaking.queries.index import project_index

FACTS = ("title", "country", "line", "stakeholder", "organisation", "year")

SHOWN = 20
"""Projects that are listed for one fact; the rest is one link away in the list."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that the sources of some projects leave open."""

    name: str
    n_projects: int
    cards: tuple[ProjectCard, ...]
    """The newest `SHOWN` of them."""

    @property
    def is_cut(self) -> bool:
        return self.n_projects > len(self.cards)


def gaps(language: str) -> list[Gap]:
    """Return, fact by fact, how many projects lack it, and the newest of them."""
    index = project_index(language)
    lacking = {
        name: items_in(index.facets.bits[name].get(NOT_STATED, 0)) for name in FACTS
    }
    shown = list({index.ids[i] for items in lacking.values() for i in items[:SHOWN]})
    by_id = dict(zip(shown, project_cards(index, shown), strict=True))
    return [
        Gap(name, len(items), tuple(by_id[index.ids[i]] for i in items[:SHOWN]))
        for name, items in lacking.items()
    ]
