"""Up to four projects side by side, part by part, and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from montada.language.engine.dates import written_date
from montada.language.engine.numbers import in_digits
from montada.language.engine.text import LocalizedText
from montada.stocktaking.choices import Distinction
from montada.stocktaking.engine.freshness import FreshnessBounds
from montada.stocktaking.queries.project_page import ProjectPage, project_pages

MOST_COMPARED = 4

Value = LocalizedText | str
Cell = tuple[Value, ...]
"""What one project says in one row; empty where it says nothing."""


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    SOME = "some"
    """Not every project says it, and those that do say the same."""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[Cell, ...]
    """In the order of the projects."""

    projects: tuple[ProjectPage, ...]

    @property
    def told(self) -> list[tuple[ProjectPage, Cell]]:
        return list(zip(self.projects, self.cells, strict=True))

    @property
    def verdict(self) -> Verdict:
        told = {tuple(map(str, cell)) for cell in self.cells if cell}
        if len(told) > 1:
            return Verdict.DIFFERENT
        return Verdict.SAME if all(self.cells) else Verdict.SOME


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    rows: tuple[Row, ...]
    """Those about which at least one project says something."""
    silent: tuple[str, ...]
    """Names of the others."""


@dataclass(frozen=True, slots=True)
class Comparison:
    projects: tuple[ProjectPage, ...]
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    """Slugs of no public project."""
    doubled: tuple[str, ...]
    """Slugs that were given more than once."""
    left_out: tuple[str, ...]
    """Slugs beyond the first four."""


def comparison(
    slugs: Sequence[str], language: str, bounds: FreshnessBounds | None = None
) -> Comparison:
    """Return the projects at these addresses side by side, in their order."""
    asked = tuple(dict.fromkeys(slugs))
    wanted, left_out = asked[:MOST_COMPARED], asked[MOST_COMPARED:]
    pages = tuple(project_pages(wanted, language, bounds=bounds))
    known = {page.project.slug for page in pages}
    parts = _parts(pages, language) if pages else ()
    return Comparison(
        projects=pages,
        parts=tuple(parts),
        unknown=tuple(slug for slug in wanted if slug not in known),
        doubled=tuple(slug for slug in asked if list(slugs).count(slug) > 1),
        left_out=left_out,
    )


Said = Callable[[ProjectPage], Iterable[Value | None]]


def _parts(pages: tuple[ProjectPage, ...], language: str) -> Iterable[Part]:
    for name, rows in _said(language):
        read = [
            Row(row, tuple(tuple(filter(None, said(page))) for page in pages), pages)
            for row, said in rows
        ]
        yield Part(
            name,
            tuple(row for row in read if any(row.cells)),
            tuple(row.name for row in read if not any(row.cells)),
        )


def _said(language: str) -> Iterable[tuple[str, list[tuple[str, Said]]]]:
    """Yield each part's name with its rows, and what a project says in each."""
    yield _("Facts"), _facts(language)
    yield (
        _("Classification"),
        [
            (_("Action lines"), _lines),
            (_("Goals"), lambda it: _titles(it, "goals")),
            (_("Targets"), lambda it: [link.row.code for link in it.links["targets"]]),
            (
                _("Objectives of the Global Digital Compact"),
                lambda it: _titles(it, "objectives"),
            ),
        ],
    )
    yield _("Evidence"), [(_("Results that were measured"), _evidence)]
    yield (
        _("Money"),
        [
            (_("Budget"), lambda it: [it.money.budget]),
            (_("Funded"), lambda it: [it.money.funded]),
            (_("Missing"), lambda it: [it.money.gap]),
            (_("Own share"), lambda it: [it.money.own_share]),
            (_("Donors"), lambda it: it.money.donors),
        ],
    )
    yield _("What others need to do the same"), _replication()
    yield (
        _("Partners"),
        [(_("Partners"), lambda it: [p.name for p in it.record.partners])],
    )
    yield _("Standing"), _standing(language)


def _facts(language: str) -> list[tuple[str, Said]]:
    def period(it: ProjectPage) -> Iterable[str]:
        ends = (it.record.starts_on, it.record.ends_on)
        if any(ends):
            days = (written_date(day, language) if day else "…" for day in ends)
            yield " – ".join(days)

    return [
        (_("Organisation"), lambda it: [_name(it.project.organisation)]),
        (_("Country"), lambda it: [_name(it.project.country)]),
        (_("Stakeholder group"), lambda it: [_name(it.project.stakeholder_group)]),
        (_("Type of entry"), lambda it: [it.entry_type]),
        (_("Status"), lambda it: [it.status]),
        (_("Reach"), lambda it: [it.coverage]),
        (_("Meant for"), lambda it: it.beneficiaries),
        (_("Period"), period),
        (_("Places"), _places),
    ]


def _replication() -> list[tuple[str, Said]]:
    names = replication_names()

    def said(name: str) -> Said:
        return lambda it: [getattr(it.record.replication, name)]

    return [(title, said(name)) for name, title in names.items()]


def replication_names() -> dict[str, str]:
    """Return the conditions of `record.Replication`, as people read them."""
    return {
        "connectivity": _("Connectivity"),
        "income": _("Income"),
        "languages": _("Languages"),
        "legal_base": _("Legal base"),
        "institution": _("Institution"),
        "skills": _("Skills"),
    }


def _standing(language: str) -> list[tuple[str, Said]]:
    def distinctions(it: ProjectPage) -> Iterable[str]:
        for one in it.project.distinctions.all():
            name = str(Distinction(one.kind).label)
            year = in_digits(str(one.year), language, digits=settings.DIGITS)
            said = _("%(distinction)s, %(year)s") % {"distinction": name, "year": year}
            yield said if one.year else name

    return [
        (
            _("Freshness"),
            lambda it: [it.freshness.text if it.freshness else ""],
        ),
        (
            _("Endorsed by"),
            lambda it: [_name(one.country) for one in it.endorsed],
        ),
        (_("Nominations and prizes"), distinctions),
    ]


def _name(row: Any) -> LocalizedText | None:
    return row.name if row else None


def _titles(it: ProjectPage, links: str) -> list[LocalizedText]:
    return [link.row.title for link in it.links[links]]


def _lines(it: ProjectPage) -> list[str]:
    """Return the action lines with their codes, as lists name them."""
    return [it.labels["line"][link.row.pk].text for link in it.links["lines"]]


def _places(it: ProjectPage) -> list[str]:
    return [
        place.name or (country.text if country else "") for place, country in it.places
    ]


def _evidence(it: ProjectPage) -> Iterable[str]:
    for shown in it.evidence:
        row = shown.row
        values = " → ".join(filter(None, (shown.baseline, shown.value)))
        parts = " ".join(filter(None, (values, row.unit)))
        yield f"{row.indicator}: {parts}" if parts else row.indicator
