"""Approved translations of titles that come in a file, as one decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from montada.audit import operations as audit
from montada.djangokit.tables import ImportReport, numbered, rows_of
from montada.language.engine.folding import sort_key
from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import LANGUAGES, TextState
from montada.stocktaking.engine.translations import with_translation
from montada.stocktaking.models import Project
from montada.stocktaking.operations.gaining import keep_translations
from montada.stocktaking.operations.publishing import publish_projects
from montada.stocktaking.operations.translating import LONGEST

if TYPE_CHECKING:
    from montada.participation.models import Person

COLUMN = "title_"
"""Before the tag of a language: the name of a column of translations."""

BATCH = 500
"""Titles that are looked for, and projects that are published, in one statement."""


@dataclass(frozen=True, slots=True)
class TitleTranslated:
    """One row: a title as its source writes it, and its translation."""

    number: int
    """As a spreadsheet counts: the head is 1."""
    title: str
    country_id: str
    """ISO 3166-1 alpha-3; "" where the row names no country."""
    language: str
    words: str


def load_translations(
    *, path: Path, approved_by: Person | None, at: datetime
) -> ImportReport:
    """
    Approve the translations in a CSV file: `title`, `country`, `title_ar` or others.

    An empty translation says nothing, and is no row.

    Raises
    ------
    TableNotThere, TableUnreadable, TableMalformed, ColumnsMissing, ColumnsTwice,
    ColumnNameless
    """
    report = ImportReport()
    rows = [
        TitleTranslated(
            number, row["title"], row["country"], name.removeprefix(COLUMN), words
        )
        for number, row in numbered(rows_of(path, ("title", "country")), report)
        for name, words in row.items()
        if name.startswith(COLUMN) and words
    ]
    return approve_translations(
        rows=rows, approved_by=approved_by, at=at, report=report
    )


@transaction.atomic
def approve_translations(
    *,
    rows: Sequence[TitleTranslated],
    approved_by: Person | None,
    at: datetime,
    report: ImportReport | None = None,
) -> ImportReport:
    """
    Approve translations of titles; return what became of each row.

    `report` says already what was refused as the file was read.

    Projects are met by title and country, without a country by title alone; each that
    is met gains the words. What somebody approved already stays.
    """
    report, changed = report or ImportReport(), dict[int, Project]()
    projects = _by_title(row.title for row in rows)
    for row in rows:
        met = [
            project
            for project in projects[_key(row.title)]
            if row.country_id in ("", project.country_id)
        ]
        if fault := _fault(row, met):
            report.note(row.number, "refused", "title", fault)
            continue
        new = [project for project in met if _translate(project, row, approved_by)]
        changed.update((project.pk, project) for project in new)
        _tell(report, row, met, new)
    ids = list(changed)
    for start in range(0, len(ids), BATCH):
        publish_projects(ids=ids[start : start + BATCH])
    if changed:
        audit.record(
            action="stocktaking.translations_approved",
            actor=approved_by,
            subject=next(iter(changed.values())),
            at=at,
            details={"projects": len(changed), "rows": report.read},
        )
    return report


def _key(title: str) -> str:
    return (sort_key(title) or title)[:300]


def _by_title(titles: Iterable[str]) -> dict[str, list[Project]]:
    keys = sorted({_key(title) for title in titles})
    found: dict[str, list[Project]] = defaultdict(list)
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        for project in Project.objects.public().filter(sort_key__in=batch):
            found[project.sort_key].append(project)
    return found


def _fault(row: TitleTranslated, met: Sequence[Project]) -> str:
    words = harmless_words(row.words)
    if row.language not in LANGUAGES:
        return _("There is no language “%(tag)s” in the forum.") % {
            "tag": row.language[:20]
        }
    if not words:
        return _("The translation is missing.")
    if len(words) > LONGEST["title"]:
        return _("The translation is too long.")
    return "" if met else _("No public project has this title.")


def _translate(
    project: Project, row: TitleTranslated, approved_by: Person | None
) -> bool:
    wording = project.title.wordings.get(row.language)
    if wording is not None and wording.state == TextState.APPROVED:
        return False
    by = approved_by.pk if approved_by else None
    words = harmless_words(row.words)
    title = with_translation(project.title, row.language, words, TextState.APPROVED, by)
    return keep_translations(project=project, texts={"title": title})


def _tell(
    report: ImportReport,
    row: TitleTranslated,
    met: Sequence[Project],
    new: Sequence[Project],
) -> None:
    stands = {project.title.by_language.get(row.language) for project in met}
    if new:
        report.note(row.number, "accepted")
    elif stands == {harmless_words(row.words)}:
        report.note(row.number, "unchanged")
    else:
        kept = _("Other words are approved already and stay.")
        report.note(row.number, "skipped", f"title_{row.language}", kept)
