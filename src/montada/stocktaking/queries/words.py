"""What projects are found by in their list: words in every language they stand in."""

from __future__ import annotations

from django.db.models import Q

from montada.language.engine.folding import sort_key
from montada.participation import queries as participation
from montada.stocktaking.models import Project

ABOUT = ("stocktaking.", "organisation.", "selection.", "framework.")
"""Decisions after which lists of projects may say something else."""

MOST_WORDS = 12
"""A longer query is asked by its longest words."""


def projects_with(query: str) -> list[int] | None:
    """
    Return the keys of public projects that hold all words of a query; `None` without
    any word. One query.

    Parts of words count. They may stand in any wording of the title or the published
    summary, and in any name of the organisation.
    """
    wanted = {word for said in query.split() if (word := sort_key(said))}
    if not wanted:
        return None
    found = Project.objects.public().order_by()
    for word in sorted(wanted, key=lambda word: (-len(word), word))[:MOST_WORDS]:
        named = participation.organisations_like(word).values("pk")
        found = found.filter(Q(words__contains=word) | Q(organisation__in=named))
    return list(found.values_list("pk", flat=True))
