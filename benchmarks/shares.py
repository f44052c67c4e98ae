"""
What equal shares costs, and what each rule gives to small groups.

    python -m benchmarks.shares [--seeds 1 2 3] [--peer PYTHON]

Prints JSON. Voters are of five groups (45, 25, 15, 10, 5 of 100), proposals have a home
in one (30, 25, 20, 15, 10); a voter supports three in ten of the own group's and one in
25 of the others. Each size is measured in a process of its own: seconds of wall and of
processor time for one run of equal shares, for the whole choice (Add1, then support),
for its reasons, and for sequential Phragmén; megabytes at the peak, of which a process
that has only read the ballots holds `before_mb`.

`rules` shows 2,000 voters, 300 proposals, 60 places, drawn with seed 7: places by the
group in which a proposal is at home, chosen proposals that a voter of each group
supports on average, and the part of voters who support none.

With `--peer`, a Python that has pabutools installed chooses from the smallest size.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.apart import apart, peak_mb
from benchmarks.pages import commit, machine
from benchmarks.phragmen import sequential_phragmen
from montada.programme.engine.shares.ballots import Ballots, Cells, ballots_of_cells
from montada.programme.engine.shares.completion import selection
from montada.programme.engine.shares.election import Election, election
from montada.programme.engine.shares.endowments import ENDOWMENTS, groupings
from montada.programme.engine.shares.equal_shares import equal_shares
from montada.programme.engine.shares.measures import n_chosen_supported
from montada.programme.engine.shares.reasons import reasons

GROUPS = (0.45, 0.25, 0.15, 0.10, 0.05)
HOMES = (0.30, 0.25, 0.20, 0.15, 0.10)
SIZES = ((200, 100, 30), (2_000, 300, 60), (20_000, 1_000, 100))
AT_A_TIME = 1_000
"""Voters drawn together, so that the drawing does not set the peak of memory."""

PEER = """
import json, sys, time
from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat
from pabutools.election import Instance, Project
from pabutools.fractions import frac
from pabutools.rules import method_of_equal_shares
asked = json.load(open(sys.argv[1]))
projects = [Project(f"p{n}", 1) for n in range(asked["n_proposals"])]
instance = Instance(projects, budget_limit=asked["places"])
ballots = [ApprovalBallot([projects[p] for p in one]) for one in asked["ballots"]]
profile = ApprovalProfile(ballots, instance=instance)
began = time.perf_counter()
chosen = method_of_equal_shares(
    instance, profile, sat_class=Cardinality_Sat,
    voter_budget_increment=frac(1, len(ballots)))
took = time.perf_counter() - began
print(json.dumps({"seconds": took, "chosen": sorted(int(p.name[1:]) for p in chosen)}))
"""


def drawn(
    n_voters: int, n_proposals: int, seed: int
) -> tuple[Ballots, npt.NDArray[np.int64]]:
    """Return ballots, and the group in which each proposal is at home."""
    rng = np.random.default_rng(seed)
    group_of = rng.choice(len(GROUPS), size=n_voters, p=GROUPS)
    home = rng.choice(len(HOMES), size=n_proposals, p=HOMES)
    parts = []
    for start in range(0, n_voters, AT_A_TIME):
        some = group_of[start : start + AT_A_TIME]
        chance = np.where(home[None, :] == some[:, None], 0.30, 0.04)
        who, what = np.nonzero(rng.random((len(some), n_proposals)) < chance)
        parts.append((who + start, what))
    who, what = (np.concatenate(column) for column in zip(*parts, strict=True))
    names = tuple(str(number) for number in range(len(GROUPS)))
    ballots = ballots_of_cells(
        (tuple(f"v{number:05}" for number in range(n_voters)), names),
        group_of,
        tuple(f"p{number:04}" for number in range(n_proposals)),
        Cells(who, what, np.ones(len(who))),
    )
    return ballots, home


def timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, {
        "seconds": round(time.perf_counter() - wall, 4),
        "cpu_seconds": round(time.process_time() - cpu, 4),
    }


def measured(size: tuple[int, int, int], seed: int) -> dict[str, Any]:
    """Measure one size with one seed, for each endowment."""
    n_voters, n_proposals, places = size
    ballots, _home = drawn(n_voters, n_proposals, seed)
    answer: dict[str, Any] = {"size": size, "seed": seed, "before_mb": peak_mb()}
    for endowment in ENDOWMENTS:
        asked = election(ballots, places, groupings(ballots, endowment))
        run, once = timed(partial(equal_shares, asked, asked.money))
        choice, whole = timed(partial(selection, asked))
        _told, explained = timed(partial(reasons, choice))
        _taken, phragmen = timed(partial(sequential_phragmen, asked))
        answer[endowment] = {
            "bought_at_once": len(run.purchases),
            "bought": len(choice.bought),
            "chosen": len(choice.chosen),
            "factor": round(choice.factor, 4),
            "runs": choice.n_runs,
            "one_run": once,
            "whole_choice": whole,
            "reasons": explained,
            "phragmen": phragmen,
        }
    return {**answer, "peak_mb": peak_mb()}


def rules() -> list[dict[str, Any]]:
    """Return what each rule gives to the groups: the table of the explanation."""
    ballots, home = drawn(2_000, 300, 7)
    asked = {
        name: election(ballots, 60, groupings(ballots, name)) for name in ENDOWMENTS
    }
    votes = ballots.n_supporters()
    by_votes = np.lexsort((asked["voter"].order, -votes))
    in_turn = [
        int(proposal)
        for group in range(len(GROUPS))
        for proposal in _favourites(asked["voter"], group)[:12]
    ]
    chosen: dict[str, Sequence[int]] = {
        "most votes": by_votes[:60].tolist(),
        **{
            f"equal shares, {name}": selection(one).chosen
            for name, one in asked.items()
        },
        "phragmen, voter": [
            one.proposal for one in sequential_phragmen(asked["voter"])
        ],
        "top 12 of each group": in_turn,
    }
    return [
        {"rule": name, **_given(ballots, home, one)} for name, one in chosen.items()
    ]


def _favourites(asked: Election, group: int) -> npt.NDArray[np.int64]:
    votes = asked.ballots.support((asked.ballots.group_of == group).astype(np.float64))
    return np.lexsort((asked.order, -votes))


def _given(
    ballots: Ballots, home: npt.NDArray[np.int64], chosen: Sequence[int]
) -> dict[str, Any]:
    once = sorted(set(chosen))
    count = n_chosen_supported(ballots, once)
    sizes = ballots.by_group(np.ones(len(count)))
    return {
        "places": np.bincount(home[once], minlength=len(GROUPS)).tolist(),
        "mean_supported": (ballots.by_group(count) / sizes).round(1).tolist(),
        "with_nothing": round(float((count == 0).mean()), 4),
    }


def peer(python: Path, seed: int) -> dict[str, Any]:
    """Choose from the smallest size with pabutools, and say if we agree."""
    n_voters, n_proposals, places = SIZES[0]
    ballots, _home = drawn(n_voters, n_proposals, seed)
    lists: list[list[int]] = [[] for _voter in ballots.voters]
    for proposal in range(n_proposals):
        for voter in ballots.cells_of(proposal)[0]:
            lists[voter].append(proposal)
    asked = {"n_proposals": n_proposals, "places": places, "ballots": lists}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(asked, file)
        file.flush()
        said = subprocess.run(
            [python, "-c", PEER, file.name], capture_output=True, text=True, check=True
        )
    theirs = json.loads(said.stdout.splitlines()[-1])
    ours = selection(election(ballots, places, groupings(ballots, "voter"))).bought
    return {
        "seed": seed,
        "seconds": round(theirs["seconds"], 3),
        "both_chose": len(set(ours) & set(theirs["chosen"])),
        "they_chose": len(theirs["chosen"]),
        "we_bought": len(ours),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--peer", type=Path, help="a Python with pabutools installed")
    parser.add_argument("--one", type=int, nargs=4, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.one:
        *size, seed = wish.one
        print(json.dumps(measured((size[0], size[1], size[2]), seed)))
        return 0
    answer: dict[str, Any] = {
        "machine": machine(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "rules": rules(),
        "sizes": [
            apart("shares", "--one", *map(str, (*size, seed)))
            for size in SIZES
            for seed in wish.seeds
        ],
    }
    if wish.peer:
        answer["peer"] = [peer(wish.peer, seed) for seed in wish.seeds]
    print(json.dumps(answer, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
