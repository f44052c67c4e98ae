"""What rows and versions gain when somebody translates a project's texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.stocktaking.choices import VersionState
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.models import Project
from montada.stocktaking.operations.columns import words_of
from montada.stocktaking.queries.translating import Translated


def keep_translations(
    *, project: Project, texts: Mapping[Translated, LocalizedText]
) -> bool:
    """
    Let row and versions gain translations; return whether anything changed.

    Part of a larger decision: the operation that takes it leaves the audit entry and
    lets searches find the words.
    """
    has_changed = "title" in texts and project.title != texts["title"]
    project.title = texts.get("title", project.title)
    newest = project.versions.filter(state=VersionState.PUBLISHED).first()
    in_work = project.versions.exclude(state=VersionState.PUBLISHED)
    for version in filter(None, (newest, *in_work)):
        record = _gained(version.record, texts)
        if record != version.record:
            version.record = record
            # Its revision stays: what somebody writes in it is no other than before.
            version.save(update_fields=["record"])
            has_changed = True
    if has_changed:
        summary = newest.record.summary if newest else NO_TEXT
        project.words = words_of(project.title, summary)
        project.save(update_fields=["title", "words"])
    return has_changed


def _gained(
    record: ProjectRecord, texts: Mapping[Translated, LocalizedText]
) -> ProjectRecord:
    """Return the record with the texts whose original it has in the same words."""
    same: Iterable[Translated] = (
        name for name, text in texts.items() if str(record.text(name)) == str(text)
    )
    return record.with_texts({name: texts[name] for name in same})
