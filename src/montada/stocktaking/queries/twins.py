"""Records of the register that likely are one project."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from montada.language import queries as language
from montada.stocktaking.engine.duplicates import Candidate, twins
from montada.stocktaking.models import Project, ProjectSource

KIND = "project"


@dataclass(frozen=True, slots=True)
class LikelyTwins:
    first: str
    second: str
    """Slugs of two public projects."""
    titles: tuple[str, str]
    is_same: bool
    """Likely one project; else alike, to be looked at."""
    reasons: dict[str, float]
    """"identifier", "title", "meaning" → 0 to 1."""


def likely_twins() -> list[LikelyTwins]:
    """
    Return pairs of public projects that likely are one, the surest first.

    Pairs that are linked already are left out. Meaning is compared where vectors are
    there. Some statements, whatever the number of projects.
    """
    sources: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, system, name in ProjectSource.objects.values_list(
        "project_id", "system", "identifier"
    ):
        sources[pk].append((system, name))
    rows = list(
        Project.objects.public()
        .order_by("pk")
        .values_list("pk", "slug", "title", "country_id", "same_as_id")
    )
    candidates = [
        Candidate(slug, str(title), country, tuple(sources[pk]))
        for pk, slug, title, country, _twin in rows
    ]
    twin_of = {pk: twin for pk, *_, twin in rows}
    vectors = language.vectors_of_records(KIND, [slug for _pk, slug, *_ in rows])
    linked = {frozenset(pair) for pair in twin_of.items()}
    return [
        LikelyTwins(
            candidates[pair.first].slug,
            candidates[pair.second].slug,
            (candidates[pair.first].title, candidates[pair.second].title),
            pair.is_same,
            {kind: score for kind, score in pair.reasons.items()},
        )
        for pair in twins(candidates, vectors)
        if frozenset((rows[pair.first][0], rows[pair.second][0])) not in linked
    ]
