"""
What opinion groups cost and find: real conversations beside the repository, and sizes.

    python -m benchmarks.opinion [--large] [--shared ../shared/data/polis]

Prints JSON. Of each conversation: verdict, groups, their agreement with the published
ones (adjusted Rand index over people whom both have grouped), the evidence, and the
seconds of processor of axes, groups and statistics apart from those of the evidence
(99 permutations and 20 runs without a fifth of the votes). Synthetic ones have two
planted groups; with --large also 100,000 people, 1,000 statements, five million votes.
`red_dwarf_seconds` is there where that package is installed. Published groups depend on
the history of a conversation: they are to compare, not to reach.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from montada.consultation.engine.axes import opinion_axes
from montada.consultation.engine.bridging import bridging
from montada.consultation.engine.evidence import evidence_for
from montada.consultation.engine.groups import best_grouping, rand_index
from montada.consultation.engine.integrity import voting_alike
from montada.consultation.engine.opinion import VOTES_TO_BE_GROUPED
from montada.consultation.engine.reading import votes_of
from montada.consultation.engine.representing import representative
from montada.consultation.engine.tallies import tally
from montada.consultation.engine.votes import UNGROUPED, VoteMatrix, vote_matrix

SEED = 1
SIZES = {"2000x900": (2_000, 900, 225_000), "10000x500": (10_000, 500, 500_000)}
LARGE = {"100000x1000": (100_000, 1_000, 5_000_000)}


def planted(n_people: int, n_statements: int, n_votes: int) -> VoteMatrix:
    """Return votes of two camps that part on half of the statements."""
    rng = np.random.default_rng(SEED)
    people = rng.integers(0, n_people, n_votes)
    statements = rng.integers(0, n_statements, n_votes)
    camps = rng.integers(0, 2, n_people)
    profile = rng.choice([-1, 1], n_statements)
    parts = rng.random(n_statements) < 0.5
    turned = np.where((camps[people] == 1) & parts[statements], -1, 1)
    said = rng.choice([1, 0, -1], n_votes, p=[0.7, 0.15, 0.15])
    return vote_matrix(
        people=people,
        statements=statements,
        values=(profile[statements] * turned * said).astype(np.int8),
        participant_ids=map(str, range(n_people)),
        statement_ids=map(str, range(n_statements)),
    )


def measured(votes: VoteMatrix, published: dict[str, str]) -> dict[str, Any]:
    """Return what was found in the votes, and the seconds it took."""
    started = time.process_time()
    axes = opinion_axes(votes)
    n_needed = min(VOTES_TO_BE_GROUPED, votes.n_statements)
    grouped = votes.n_votes_by_person() >= n_needed
    found = best_grouping(axes.places[grouped], np.random.default_rng(SEED))
    if found is None:
        return {"groups": None}
    groups = np.full(votes.n_people, UNGROUPED)
    groups[grouped] = found.groups
    representative(tally(votes, groups, int(groups.max()) + 1))
    grouped_at = time.process_time()
    evidence = evidence_for(votes, grouped, axes, found, SEED, lambda: True)
    evidence_at = time.process_time()
    alike = voting_alike(votes)
    bridging(votes, axes)
    return {
        "people": votes.n_people,
        "statements": votes.n_statements,
        "votes": len(votes.values),
        "groups": np.bincount(found.groups).tolist(),
        "are_clear": evidence.beats_chance and evidence.is_stable,
        "silhouette": round(evidence.silhouette, 3),
        "null_best": round(evidence.null_best, 3),
        "permutations": evidence.n_permutations,
        "stability": round(evidence.stability, 3),
        "width": round(evidence.width, 2),
        "agrees_with_published": _agreement(votes, groups, published),
        "sets_alike": [len(rows) for rows in alike.sets[:5]],
        "seconds": round(grouped_at - started, 2),
        "evidence_seconds": round(evidence_at - grouped_at, 1),
        "checks_seconds": round(time.process_time() - evidence_at, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _agreement(
    votes: VoteMatrix, groups: np.ndarray, published: dict[str, str]
) -> float | None:
    both = [
        (int(group), published[name])
        for name, group in zip(votes.participant_ids, groups, strict=True)
        if group != UNGROUPED and published.get(name)
    ]
    if not both:
        return None
    ours, theirs = (
        np.unique(side, return_inverse=True)[1] for side in zip(*both, strict=True)
    )
    return round(rand_index(ours, theirs), 3)


def conversation(folder: Path) -> dict[str, Any]:
    path = folder / "participants-votes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {r["participant"]: r["group-id"] for r in csv.DictReader(file)}
    with path.open(encoding="utf-8", newline="") as file:
        result = measured(votes_of(csv.reader(file)), published)
    if find_spec("reddwarf"):
        result["red_dwarf_seconds"] = _red_dwarf(path)
    return result


def _red_dwarf(path: Path) -> float:
    # It is no dependency: only where somebody has installed it to compare.
    run_pipeline = import_module("reddwarf.implementations.polis").run_pipeline

    with path.open(encoding="utf-8", newline="") as file:
        votes = votes_of(csv.reader(file))
    cells = zip(votes.people, votes.statements, votes.values, strict=True)
    listed = [
        {"participant_id": int(p), "statement_id": int(s), "vote": int(v)}
        for p, s, v in cells
    ]
    started = time.process_time()
    run_pipeline(votes=listed)
    return round(time.process_time() - started, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared/data/polis"))
    parser.add_argument("--large", action="store_true")
    chosen = parser.parse_args()
    folders = sorted((chosen.shared / "openData").glob("*/"))
    results = {folder.name: conversation(folder) for folder in folders}
    sizes = {**SIZES, **(LARGE if chosen.large else {})}
    results |= {name: measured(planted(*size), {}) for name, size in sizes.items()}
    machine = {"machine": platform.machine(), "cores": os.cpu_count()}
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    print(json.dumps({**machine, **versions, "seed": SEED, "results": results}))


if __name__ == "__main__":
    main()
