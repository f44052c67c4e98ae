"""What a search may find of the vocabulary: lines, goals, targets, countries."""

from __future__ import annotations

from collections.abc import Iterator

from montada.framework.models import ActionLine, Country, GenevaTarget, Goal
from montada.language import operations as language
from montada.language.engine.values import IndexedRecord


def publish_framework() -> int:
    """Let the vocabulary be found as it is; return how many rows changed."""
    return language.publish(texts=_records())


def _records() -> Iterator[IndexedRecord]:
    for line in ActionLine.objects.all():
        yield IndexedRecord(
            kind="action-line",
            key=line.code,
            title=line.title,
            body=line.scope,
            facets={"line": (line.code,)},
        )
    for goal in Goal.objects.all():
        yield IndexedRecord(
            kind="goal",
            key=str(goal.number),
            title=goal.title,
            body=goal.official_title,
            facets={"goal": (str(goal.number),)},
        )
    for target in GenevaTarget.objects.prefetch_related("action_lines"):
        yield IndexedRecord(
            kind="geneva-target",
            key=target.letter,
            title=target.text,
            facets={"line": tuple(line.code for line in target.action_lines.all())},
        )
    for country in Country.objects.all():
        yield IndexedRecord(
            kind="country",
            key=country.iso3,
            title=country.name,
            body=country.formal_name,
            facets={"country": (country.iso3,)},
            is_name_only=True,
        )
