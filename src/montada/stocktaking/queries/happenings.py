"""What can happen to a project that people who follow it hear of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from montada.stocktaking.choices import Distinction
from montada.stocktaking.models import Project


class NewsKind(StrEnum):
    NEW = "new"
    VERSION = "version"
    ENDORSED = "endorsed"
    DISTINCTION = "distinction"
    ARCHIVED = "archived"
    RETURNED = "returned"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose news: of some projects everything, of the rest what is new there."""

    slugs: frozenset[str] = frozenset()
    organisation_ids: frozenset[int] = frozenset()
    country_ids: frozenset[str] = frozenset()
    line_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewsItem:
    """What happened to one project; `project` is None once readers may not see it."""

    kind: NewsKind
    at: datetime
    project: Project | None
    distinction: str = ""
    """A value of `Distinction`."""
    year: int | None = None

    @property
    def said(self) -> str:
        """Return what happened, in the reader's words, without the project's title."""
        if self.kind == NewsKind.DISTINCTION:
            return self._said_of_distinction()
        return {
            NewsKind.NEW: _("New in the register"),
            NewsKind.VERSION: _("A new version was published"),
            NewsKind.ENDORSED: _("Endorsed by the focal point of its country"),
            NewsKind.ARCHIVED: _("Archived: it was not updated for a long time"),
            NewsKind.RETURNED: _("In the register again"),
            NewsKind.REMOVED: _("Taken from the register"),
        }[self.kind]

    def _said_of_distinction(self) -> str:
        name = str(Distinction(self.distinction).label)
        if self.year is None:
            return name
        said = _("%(distinction)s, %(year)s")
        return said % {"distinction": name, "year": self.year}


@dataclass(frozen=True, slots=True)
class News:
    """The newest items, and how many of each kind there are."""

    items: tuple[NewsItem, ...] = ()
    counts: Mapping[NewsKind, int] = field(default_factory=Counter)

    @property
    def n_items(self) -> int:
        return sum(self.counts.values())

    @property
    def n_more(self) -> int:
        return self.n_items - len(self.items)

    @property
    def said_counts(self) -> list[str]:
        """Return how many there are of each kind, in the reader's words."""
        return [
            _counted(kind, self.counts[kind]) for kind in NewsKind if self.counts[kind]
        ]


def _counted(kind: NewsKind, n: int) -> str:
    said = {
        NewsKind.NEW: ngettext("%(n)s new project", "%(n)s new projects", n),
        NewsKind.VERSION: ngettext("%(n)s new version", "%(n)s new versions", n),
        NewsKind.ENDORSED: ngettext("%(n)s endorsement", "%(n)s endorsements", n),
        NewsKind.DISTINCTION: ngettext(
            "%(n)s nomination or prize", "%(n)s nominations and prizes", n
        ),
        NewsKind.ARCHIVED: ngettext(
            "%(n)s archived project", "%(n)s archived projects", n
        ),
        NewsKind.RETURNED: ngettext(
            "%(n)s project in the register again",
            "%(n)s projects in the register again",
            n,
        ),
        NewsKind.REMOVED: ngettext(
            "%(n)s project taken from the register",
            "%(n)s projects taken from the register",
            n,
        ),
    }
    return said[kind] % {"n": n}
