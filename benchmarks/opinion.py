"""
What opinion groups cost and find: real conversations beside the repository, and sizes.

    python -m benchmarks.opinion [--shared ../shared/data/polis] [--sizes 10000x500]
                                 [--rivals] [--rival-python PATH]

Prints JSON. Of each conversation: verdict, groups, their agreement with the published
ones (adjusted Rand index over people whom both have grouped), the evidence, and the
seconds of processor of axes, groups and statistics apart from those of the evidence
(99 permutations and 20 runs without a fifth of the votes). Synthetic ones have two
planted groups; the largest is 100,000 people, 1,000 statements, five million votes, and
takes some ten minutes. Each is measured in a process of its own, on one thread.

`--rivals` has red-dwarf group the same votes: `times_as_fast` is its seconds by ours,
evidence left out, of which it has none; reading and importing are left out of both.
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

from benchmarks.apart import apart, asked_with_rivals, of_rival, peak_mb
from benchmarks.pages import machine
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
SIZES = {
    "2000x900": (2_000, 900, 225_000),
    "10000x500": (10_000, 500, 500_000),
    "100000x1000": (100_000, 1_000, 5_000_000),
}
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
        "seconds": round(grouped_at - started, 3),
        "evidence_seconds": round(evidence_at - grouped_at, 1),
        "checks_seconds": round(time.process_time() - evidence_at, 2),
        "peak_mb": peak_mb(),
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
votes = [
    {"participant_id": person, "statement_id": statement, "vote": value}
    for person, statement, value in zip(*json.load(sys.stdin))
]
began = time.process_time()
found = run_pipeline(votes=votes)
seconds = round(time.process_time() - began, 2)
groups = found.participants_df["cluster_id"].value_counts().tolist()
print(json.dumps({"groups": groups, "seconds": seconds, "peak_mb": peak_mb()}))
"""


def by_red_dwarf(name: str, python: Path) -> dict[str, Any]:
    votes, _published = votes_in(name)
    columns = (votes.people, votes.statements, votes.values)
    given = [column.tolist() for column in columns]
    return of_rival([python, "-c", RED_DWARF], PATIENCE, given)


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
