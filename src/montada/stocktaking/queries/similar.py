"""Projects beside a project: of one place and line, and those that sound alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from montada.language import queries as language
from montada.language.engine.shingles import Hashes, dice, shingles
from montada.language.engine.text import LocalizedText
from montada.stocktaking.models import Project

SHOWN = 6

MOST_ALIKE = 5
READ = 20
"""Hits of a search that are looked at: many share a word and no more."""

SIMILAR_MEANING = 0.45
"""Centred cosine from which projects are shown side by side before one is sent in."""
SAME_MEANING = 0.75
SIMILAR_LETTERS = 0.5
SAME_LETTERS = 0.8
"""Share of five-letter runs that two titles have in common (Dice)."""


@dataclass(frozen=True, slots=True)
class SimilarProject:
    slug: str
    title: LocalizedText
    country: LocalizedText | None
    score: float
    """0 to 1: how close in meaning, or in letters where these are closer."""
    is_likely_same: bool


def similar_projects(project: Project) -> list[Project]:
    """
    Return other projects of the same country and action line, newest first. One query.

    Nothing where the country or the line is not stated: everything would be similar.
    """
    lines = [line.pk for line in project.action_lines.all()]
    if project.country_id is None or not lines:
        return []
    others = (
        Project.objects.public()
        .filter(country=project.country_id, action_lines__in=lines)
        .exclude(pk=project.pk)
    )
    return list(
        others.distinct().only("slug", "title", "first_year", "last_year")[:SHOWN]
    )


def similar_to(text: str, reader: str, exclude: str = "") -> tuple[SimilarProject, ...]:
    """
    Return published projects that say about the same, in any language, closest first.

    Parameters
    ----------
    text
        A title; on further lines, if there is more, the beginning of the summary.
    reader
        In whose language a title of a word or two is read.
    exclude
        Slug of the project that is being written, if it is published already.

    Returns
    -------
    At most `MOST_ALIKE`. Where no encoder works only titles that share most of their
    letters.
    """
    query = language.Query(text, reader, choice={"kind": ("project",)})
    hits = language.find(query).hits[:READ]
    wordings = language.wordings_of(hits)
    title = shingles(text.strip().split("\n")[0])
    scores: dict[str, tuple[float, bool]] = {}
    for hit in hits:
        rows = wordings.get(hit.text_id, [])
        letters = _likeness(title, (row.title for row in rows))
        score = _judged(letters, hit.meaning or 0.0)
        if rows and score and rows[0].key != exclude:
            scores[rows[0].key] = score
    return _with_titles(scores)


def _likeness(title: Hashes, others: Iterable[str]) -> float:
    return max((dice(title, shingles(other)) for other in others), default=0.0)


def _judged(letters: float, meaning: float) -> tuple[float, bool] | None:
    """Return a score and whether it is likely the same; None if it is not alike."""
    if letters < SIMILAR_LETTERS and meaning < SIMILAR_MEANING:
        return None
    is_same = letters >= SAME_LETTERS or meaning >= SAME_MEANING
    return round(max(letters, min(meaning, 1.0)), 4), is_same


def _with_titles(scores: dict[str, tuple[float, bool]]) -> tuple[SimilarProject, ...]:
    best = sorted(scores, key=lambda slug: (-scores[slug][0], slug))[:MOST_ALIKE]
    found = Project.objects.public().select_related("country")
    projects = {project.slug: project for project in found.filter(slug__in=best)}
    return tuple(
        SimilarProject(
            slug,
            projects[slug].title,
            country.name if (country := projects[slug].country) else None,
            *scores[slug],
        )
        for slug in best
        if slug in projects
    )
