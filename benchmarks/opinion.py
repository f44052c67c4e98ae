"""
What opinion groups cost and find: real conversations beside the repository, and sizes.

    python -m benchmarks.opinion [--shared ../shared/data/polis] [--sizes 10000x500]
                                 [--rivals] [--rival-python PATH]

Prints JSON. Of each conversation: verdict, groups, their agreement with the published
ones (adjusted Rand index over people whom both have grouped), the evidence, and seconds
of processor: from votes in memory to axes, groups and statistics (`seconds`, of them
`matrix_seconds` until votes are in order), and of the evidence (99 permutations and 20
runs without a fifth of the votes). Synthetic ones have two planted groups; the largest
is 100,000 people, 1,000 statements, five million votes, and takes some five minutes.
Each is measured in a process of its own, on one thread.

`--rivals` has red-dwarf group the same votes: `times_as_fast` is its seconds by ours.
Both start from votes in memory, in the form that each takes (columns; a list of dicts),
and end with axes and places, k-means and silhouettes for two to five groups, counts and
tests of each statement in each group, what represents each, and consensus over groups
and over everybody; the fastest of the runs in `MOMENTS` seconds counts. Reading,
importing and the evidence, of which red-dwarf has none, are left out. Left in is what
only one of them does: weights for routing there (under 1 %), here what divides, and
twenty starts of each k-means instead of one.

Published groups depend on the history of a conversation: they are to compare, not to
reach.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.apart import apart, asked_with_rivals, of_rival, peak_mb
from benchmarks.pages import machine
from montada.consultation.engine.axes import Axes, opinion_axes
from montada.consultation.engine.bridging import bridging
from montada.consultation.engine.consensus import common_ground, divides
from montada.consultation.engine.evidence import evidence_for
from montada.consultation.engine.groups import Grouping, best_grouping, rand_index
from montada.consultation.engine.integrity import voting_alike
from montada.consultation.engine.opinion import VOTES_TO_BE_GROUPED
from montada.consultation.engine.reading import votes_of
from montada.consultation.engine.representing import representative
from montada.consultation.engine.tallies import tally, tally_of_all
from montada.consultation.engine.votes import (
    UNGROUPED,
    BoolArray,
    IntArray,
    VoteMatrix,
    vote_matrix,
)

SEED = 1
SIZES = {
    "2000x900": (2_000, 900, 225_000),
    "10000x500": (10_000, 500, 500_000),
    "100000x1000": (100_000, 1_000, 5_000_000),
}
MOMENTS = 3.0
"""
Seconds of processor in which each is made again and again; the fastest counts.

The first run also takes memory from the machine, and its other work slows some.
"""

PATIENCE = 600
"""Seconds of processor that a rival has."""


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
    seconds, matrix_seconds = np.inf, np.inf
    columns = given(votes)
    begun = time.process_time()
    while time.process_time() - begun < MOMENTS:
        started = time.process_time()
        votes = _in_order(votes, columns)
        matrix_seconds = min(matrix_seconds, time.process_time() - started)
        axes, grouped, found = _found(votes)
        seconds = min(seconds, time.process_time() - started)
    if found is None:
        return {"groups": None}
    groups = _spread_out(found, grouped)
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
        "seconds": round(seconds, 3),
        "matrix_seconds": round(matrix_seconds, 3),
        "evidence_seconds": round(evidence_at - grouped_at, 1),
        "checks_seconds": round(time.process_time() - evidence_at, 2),
        "peak_mb": peak_mb(),
    }


def given(votes: VoteMatrix) -> tuple[IntArray, IntArray, NDArray[np.int8]]:
    """Return people, statements and values, person by person as most exports hold."""
    order = votes.by_person
    return votes.people[order], votes.statements[order], votes.values[order]


def _in_order(
    votes: VoteMatrix, columns: tuple[IntArray, IntArray, NDArray[np.int8]]
) -> VoteMatrix:
    people, statements, values = columns
    return vote_matrix(
        people=people,
        statements=statements,
        values=values,
        participant_ids=votes.participant_ids,
        statement_ids=votes.statement_ids,
    )


def _found(votes: VoteMatrix) -> tuple[Axes, BoolArray, Grouping | None]:
    """Return axes, who is grouped and the groups, with all statistics made."""
    axes = opinion_axes(votes)
    n_needed = min(VOTES_TO_BE_GROUPED, votes.n_statements)
    grouped = votes.n_votes_by_person() >= n_needed
    found = best_grouping(axes.places[grouped], np.random.default_rng(SEED))
    if found:
        groups = _spread_out(found, grouped)
        counts = tally(votes, groups, int(groups.max()) + 1)
        representative(counts)
        for one in (counts, tally_of_all(votes)):
            common_ground(one)
            divides(one)
    return axes, grouped, found


def _spread_out(found: Grouping, grouped: BoolArray) -> IntArray:
    groups = np.full(len(grouped), UNGROUPED)
    groups[grouped] = found.groups
    return groups


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


def conversations(shared: Path) -> Iterator[Path]:
    """Yield the files of votes of real conversations."""
    if not shared.is_dir():
        raise SystemExit(f"{shared} is not there.")
    yield from sorted(shared.glob("openData/*/participants-votes.csv"))
    yield from sorted(shared.glob("fixtures/*/votes.json"))


def votes_in(name: str) -> tuple[VoteMatrix, dict[str, str]]:
    """Return the votes of a size or a file, and each person's published group."""
    if name in SIZES:
        return planted(*SIZES[name]), {}
    path = Path(name)
    if path.suffix == ".json":
        rows = json.loads(path.read_text(encoding="utf-8"))
        table = [[str(cell) for cell in row.values()] for row in rows]
        math = json.loads(path.with_name("math-pca2.json").read_text(encoding="utf-8"))
        return votes_of([list(rows[0]), *table]), _groups_in(math)
    with path.open(encoding="utf-8", newline="") as file:
        published = {r["participant"]: r["group-id"] for r in csv.DictReader(file)}
    with path.open(encoding="utf-8", newline="") as file:
        return votes_of(csv.reader(file)), published


def _groups_in(math: dict[str, Any]) -> dict[str, str]:
    base = math["base-clusters"]
    members = dict(zip(base["id"], base["members"], strict=True))
    return {
        str(person): str(group["id"])
        for group in math["group-clusters"]
        for cell in group["members"]
        for person in members[cell]
    }


RED_DWARF = """
import json, sys, time
from benchmarks.apart import peak_mb
from reddwarf.implementations.polis import run_pipeline
from reddwarf.utils.matrix import generate_raw_matrix
votes = [
    {"participant_id": person, "statement_id": statement, "vote": value}
    for person, statement, value in zip(*json.load(sys.stdin))
]
def fastest(asked):
    best, begun = float("inf"), time.process_time()
    while time.process_time() - begun < float(sys.argv[1]):
        started = time.process_time()
        asked(votes=votes)
        best = min(best, time.process_time() - started)
    return round(best, 3)
found = run_pipeline(votes=votes)
groups = found.participants_df["cluster_id"].value_counts().tolist()
print(json.dumps({
    "groups": groups,
    "seconds": fastest(run_pipeline),
    "matrix_seconds": fastest(generate_raw_matrix),
    "peak_mb": peak_mb(),
}))
"""


def by_red_dwarf(name: str, python: Path) -> dict[str, Any]:
    votes, _published = votes_in(name)
    columns = [column.tolist() for column in given(votes)]
    return of_rival([python, "-c", RED_DWARF, str(MOMENTS)], PATIENCE, columns)


def beside_rivals(name: str, asked: argparse.Namespace) -> dict[str, Any]:
    """Return what we and, where asked, red-dwarf find in the same votes."""
    result: dict[str, Any] = apart("opinion", "--one", name)
    if asked.rivals:
        theirs = result["red_dwarf"] = by_red_dwarf(name, asked.rival_python)
        if "seconds" in theirs and result.get("seconds"):
            result["times_as_fast"] = round(theirs["seconds"] / result["seconds"], 1)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure opinion groups.")
    parser.add_argument("--shared", type=Path, help="folder of real conversations")
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=list(SIZES))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = asked_with_rivals(parser)
    if asked.one:
        print(json.dumps(measured(*votes_in(asked.one))))
        return
    real = conversations(asked.shared) if asked.shared else ()
    names = {path.parent.name: str(path) for path in real}
    names |= {size: size for size in asked.sizes}
    results = {said: beside_rivals(name, asked) for said, name in names.items()}
    versions = {"machine": machine(), "numpy": np.__version__, "seed": SEED}
    json.dump({**versions, "results": results}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
