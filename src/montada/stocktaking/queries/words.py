"""What projects are found by in their list: words in every language they stand in."""

from __future__ import annotations

import json
from functools import lru_cache

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from montada.audit import queries as audit
from montada.language.engine.folding import sort_key
from montada.stocktaking.choices import VersionState
from montada.stocktaking.models import Project, ProjectVersion

ABOUT = ("stocktaking.", "organisation.", "selection.", "framework.")
"""Decisions after which lists of projects may say something else."""


@audit.remembered(*ABOUT)
def words_of_projects() -> dict[int, str]:
    """
    Return the folded words of each public project, by its key. One query.

    All wordings of the title, the organisation's name and the published summary.
    """
    published = ProjectVersion.objects.filter(
        project=OuterRef("pk"), state=VersionState.PUBLISHED
    )
    # As stored: reading every record whole would take ten times as long.
    summary = published.order_by("-number").values(
        summary=KeyTextTransform("summary", "record")
    )
    rows = (
        Project.objects.public()
        .order_by()
        .values_list(
            "pk",
            Cast("title", TextField()),
            Cast("organisation__name", TextField()),
            Subquery(summary[:1], output_field=TextField()),
        )
    )
    return {
        pk: " ".join(_folded(stored) for stored in texts if stored)
        for pk, *texts in rows.iterator(chunk_size=5_000)
    }


@lru_cache(maxsize=50_000)
def _folded(stored: str) -> str:
    """Return the folded words of a stored text: decisions leave most texts alone."""
    wordings = json.loads(stored).get("wordings", {})
    return " ".join(sort_key(wording["text"]) for wording in wordings.values())
