"""
What of an opinion everybody may see, as plain values for storing.

No person is in it: places are points of five people or more, counts of fewer than five
are left out, and of cells whose neighbours would give them away (`publishing`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from montada.consultation.engine.groups import SMALLEST_GROUP
from montada.consultation.engine.opinion import ByDeclared, Opinion, Recount
from montada.consultation.engine.portrait import outline, points_of
from montada.consultation.engine.publishing import published
from montada.consultation.engine.tallies import DeclaredGroups, Tally, tally
from montada.consultation.engine.votes import FloatArray

PLACES = 4
"""After the point."""


def public_result(
    found: Opinion, reasons: dict[str, str]
) -> tuple[dict[str, Any], dict[str, dict[str, list[int]]]]:
    """
    Return the public result, and the counts by declared group that routing uses.

    Parameters
    ----------
    reasons
        Why the verdict is what it is, by language.

    Counts are [agree, disagree, pass]; those for routing are by statement id and group,
    small ones too, and are not for showing.
    """
    evidence = found.evidence
    has_voted = found.votes.n_votes_by_person() > 0
    result = {
        "verdict": found.verdict,
        "reason": reasons,
        "evidence": evidence
        and {
            "silhouette": _number(evidence.silhouette),
            "null_best": _number(evidence.null_best),
            "n_permutations": evidence.n_permutations,
            "stability": _number(evidence.stability),
            "width": _number(evidence.width),
        },
        "groups": _groups(found),
        "map": _map(found, has_voted),
        "statements": _statements(found),
        "types": _declared(found.by_type),
        "regions": _declared(found.by_region),
        "tiers": _declared(found.by_tier),
        "guests": _guests(found),
        "recounts": {
            "most_active": _recount(found.without_most_active),
            "alike": _recount(found.alike_once),
            "n_alike_sets": len(found.alike.sets),
            "is_compared": found.alike.is_compared,
        },
    }
    return result, _tallies(found)


def _groups(found: Opinion) -> list[dict[str, Any]]:
    ids = found.votes.statement_ids
    return [
        {
            "size": int((found.groups == number).sum()),
            "represents": [
                {
                    "statement": int(ids[one.statement]),
                    "stance": one.stance,
                    "z": _number(one.z),
                    "share": _number(one.share),
                }
                for one in represents
            ],
        }
        for number, represents in enumerate(found.represents)
    ]


def _map(found: Opinion, has_voted: Any) -> dict[str, Any]:
    points = points_of(found.axes.places[has_voted], found.groups[has_voted])
    scale = max((max(abs(p.x), abs(p.y)) for p in points), default=0.0) or 1.0
    drawn = [(p.x / scale, p.y / scale, p.n_people, p.group) for p in points]
    return {
        "scale": scale,
        "points": [[_number(x), _number(y), n, g] for x, y, n, g in drawn],
        "outlines": [
            [
                [_number(x), _number(y)]
                for x, y in outline([(x, y) for x, y, _n, g in drawn if g == group])
            ]
            for group in range(found.n_groups)
        ],
    }


def _statements(found: Opinion) -> dict[str, dict[str, Any]]:
    """Return what is known by statement; counts of fewer than five are left out."""
    everybody = found.everybody
    tables = {
        "groups": _cells(found.counts, everybody) if found.n_groups else None,
        "types": _cells_by(found.by_type, everybody),
        "regions": _cells_by(found.by_region, everybody),
        "tiers": _cells_by(found.by_tier, everybody),
    }
    numbers: dict[str, FloatArray | None] = {
        "consensus": found.consensus,
        "by_type": found.by_type.consensus if found.by_type else None,
        "by_region": found.by_region.consensus if found.by_region else None,
        "bridging": found.bridging,
        "divides": found.divides,
        "without_most_active": found.without_most_active.consensus,
        "alike_once": found.alike_once.consensus,
    }
    return {
        name: {
            "counts": _counts(everybody, 0, column)
            if everybody.seen[0, column] >= SMALLEST_GROUP
            else None,
            **{
                key: None if values is None else _number(values[column])
                for key, values in numbers.items()
            },
            **{
                key: None if table is None else [row[column] for row in table]
                for key, table in tables.items()
            },
        }
        for column, name in enumerate(found.votes.statement_ids)
    }


def _cells_by(by: ByDeclared | None, everybody: Tally) -> list[list[Any]] | None:
    return None if by is None else _cells(by.counts, everybody)


def _cells(counts: Tally, everybody: Tally) -> list[list[Any]]:
    """Return [agree, disagree, pass] by group and statement; None what is not shown."""
    public = published(counts, everybody)
    n_groups, n_statements = counts.agree.shape
    return [
        [
            _counts(public.counts, group, column)
            if public.is_shown[group, column]
            else None
            for column in range(n_statements)
        ]
        for group in range(n_groups)
    ]


def _counts(counts: Tally, group: int, column: int) -> list[int]:
    parts = (counts.agree, counts.disagree, counts.passed)
    return [int(part[group, column]) for part in parts]


def _declared(by: ByDeclared | None) -> list[dict[str, Any]]:
    if by is None:
        return []
    sizes = np.bincount(by.groups.of[by.groups.of >= 0], minlength=len(by.groups.names))
    return [
        {"code": name, "size": int(size)}
        for name, size in zip(by.groups.names, sizes, strict=True)
    ]


def _guests(found: Opinion) -> dict[str, Any]:
    """Return guests' counts by statement, where five of them voted."""
    guests = found.guests
    if guests is None or guests.n_people < SMALLEST_GROUP:
        return {"size": 0, "counts": {}}
    seen = guests.counts.seen[0]
    return {
        "size": guests.n_people,
        "counts": {
            name: _counts(guests.counts, 0, column)
            for column, name in enumerate(found.votes.statement_ids)
            if seen[column] >= SMALLEST_GROUP
        },
    }


def _recount(recount: Recount) -> int:
    return int(recount.left_out.sum())


def _tallies(found: Opinion) -> dict[str, dict[str, list[int]]]:
    by = found.by_type
    groups = by.groups if by else DeclaredGroups((), found.groups)
    counts = tally(found.votes, groups.of, len(groups.names)) if by else found.everybody
    names = groups.names or ("",)
    return {
        pk: {name: _counts(counts, row, column) for row, name in enumerate(names)}
        for column, pk in enumerate(found.votes.statement_ids)
    }


def _number(value: Any) -> float:
    return round(float(value), PLACES)
