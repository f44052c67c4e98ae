"""What a project's row repeats of its published version, to narrow lists by."""

from __future__ import annotations

from collections.abc import Iterable

from montada.language.engine.folding import folded, sort_key
from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.models import Project


def set_columns(project: Project, record: ProjectRecord) -> None:
    """Let the row say what the record says; nothing is written."""
    title = str(record.title)
    project.title = record.title
    project.words = words_of(record.title, record.summary)
    # A title of signs alone folds to nothing; an empty key means "no title".
    project.sort_key = (sort_key(title) or title)[:300]
    project.entry_type = record.entry_type
    project.status = record.status
    project.coverage = record.coverage
    project.written_in = record.written_in
    project.has_evidence = bool(record.evidence)
    project.has_gap = bool(record.money.gap)


def words_of(*texts: LocalizedText) -> str:
    """Return what a list finds texts by: each wording folded, on a line of its own."""
    return "\n".join(
        folded(wording.text) for text in texts for wording in text.wordings.values()
    )


def set_places(told: Iterable[tuple[Project, ProjectRecord]]) -> None:
    """Write the countries in which each project works, in place of those before."""
    table = Project.countries_of_work.through
    told = list(told)
    table.objects.filter(project__in=[project.pk for project, _record in told]).delete()
    rows = [
        table(project_id=project.pk, country_id=country_id)
        for project, record in told
        for country_id in sorted(
            {place.country_id for place in record.places if place.country_id}
        )
    ]
    table.objects.bulk_create(rows, batch_size=500)
