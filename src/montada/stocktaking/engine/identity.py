"""
When two sources speak of one project.

A title, folded, names one project within a country: spelling and capitals differ from
one year's list to the next, the project does not. Where no country is stated the
organisation takes its place. Without a title only the organisation, the year and the
lines together identify it; two such rows that differ in any stay two projects.
"""

from __future__ import annotations

import hashlib

from montada.language.engine.folding import folded
from montada.stocktaking.engine.values import ProjectFacts


def identity_key(facts: ProjectFacts) -> str:
    """Return the key under which rows of one project meet: 32 hexadecimal digits."""
    title, organisation = _folded(str(facts.title)), _folded(facts.organisation_name)
    if title:
        place = facts.country_id or f"organisation {organisation}"
        parts = ["titled", place, title]
    else:
        parts = [
            "untitled",
            str(facts.country_id),
            organisation,
            str(facts.year),
            *sorted(facts.action_line_ids),
        ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _folded(words: str) -> str:
    """Return the folded words; signs alone, which fold to nothing, stay themselves."""
    return folded(words) or words.strip().casefold()
