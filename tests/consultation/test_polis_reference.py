"""Against Polis' own numbers, and real conversations (data beside the repository)."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from montada.consultation.engine.axes import Axes, opinion_axes
from montada.consultation.engine.groups import best_grouping, rand_index
from montada.consultation.engine.opinion import VOTES_TO_BE_GROUPED, opinion
from montada.consultation.engine.reading import votes_of
from montada.consultation.engine.representing import standing
from montada.consultation.engine.tallies import Tally, tally
from montada.consultation.engine.votes import UNGROUPED, VoteMatrix, vote_matrix
from tests.consultation.polis import group_informed_consensus, polis_priority

POLIS = Path(__file__).parents[3] / "shared" / "data" / "polis"
META_PRIORITY = 49
"""Polis gives every statement about the people asked 7²."""

pytestmark = pytest.mark.skipif(
    not POLIS.is_dir(), reason="the data beside the repository is not here"
)


@dataclass(frozen=True)
class Published:
    """A conversation as Polis published it, its columns in our order."""

    math: dict[str, Any]
    votes: VoteMatrix
    axes: Axes
    counts: Tally

    @property
    def ids(self) -> list[int]:
        return [int(name) for name in self.votes.statement_ids]

    def in_order(self, numbers: list[float]) -> np.ndarray:
        by_id = dict(zip(self.math["tids"], numbers, strict=True))
        return np.array([by_id[name] for name in self.ids])

    def by_id(self, numbers: dict[str, float]) -> np.ndarray:
        return np.array([numbers[str(name)] for name in self.ids])


@pytest.fixture(
    scope="module", params=["below-100-ptpts", "25ptpt-3gp-no-strict-with-meta"]
)
def published(request: pytest.FixtureRequest) -> Published:
    folder = POLIS / "fixtures" / request.param
    math = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
    rows = json.loads((folder / "votes.json").read_text(encoding="utf-8"))
    people = [str(r.get("pid", r.get("participant_id"))) for r in rows]
    statements = [str(r.get("tid", r.get("statement_id"))) for r in rows]
    votes = numbered(people, statements, [r["vote"] for r in rows], math["tids"])
    out = {*math["mod-out"], *math["meta-tids"]}
    groups = published_groups(math, votes)
    return Published(
        math=math,
        votes=votes,
        axes=opinion_axes(silenced(votes, out), held_back=0),
        counts=tally(votes, groups, len(math["group-clusters"])),
    )


def numbered(
    people: list[str], statements: list[str], values: list[int], ids: list[int]
) -> VoteMatrix:
    names, columns = sorted(set(people)), [str(number) for number in ids]
    return vote_matrix(
        people=[names.index(name) for name in people],
        statements=[columns.index(name) for name in statements],
        values=values,
        participant_ids=names,
        statement_ids=columns,
    )


def silenced(votes: VoteMatrix, out: set[int]) -> VoteMatrix:
    """Return what Polis takes axes of: everybody passed on what was taken out."""
    is_out = np.array([int(name) in out for name in votes.statement_ids])
    kept = votes.of(~is_out[votes.statements])
    columns, n = np.flatnonzero(is_out), votes.n_people
    return vote_matrix(
        people=np.concatenate([kept.people, np.tile(np.arange(n), len(columns))]),
        statements=np.concatenate([kept.statements, np.repeat(columns, n)]),
        values=np.concatenate([kept.values, np.zeros(n * len(columns), np.int8)]),
        participant_ids=votes.participant_ids,
        statement_ids=votes.statement_ids,
    )


def published_groups(math: dict[str, Any], votes: VoteMatrix) -> np.ndarray:
    base = math["base-clusters"]
    members = dict(zip(base["id"], base["members"], strict=True))
    groups = np.full(votes.n_people, UNGROUPED)
    for group in math["group-clusters"]:
        for person in (p for cell in group["members"] for p in members[cell]):
            groups[votes.participant_ids.index(str(person))] = group["id"]
    return groups


def test_means_are_polis(published: Published) -> None:
    centre = published.in_order(published.math["pca"]["center"])

    # Inside Polis agreeing is -1.
    np.testing.assert_allclose(published.axes.mean, -centre, atol=1e-6)


def test_axes_are_polis_up_to_sign(published: Published) -> None:
    for ours, theirs in zip(
        published.axes.components, published.math["pca"]["comps"], strict=True
    ):
        theirs = published.in_order(theirs)  # noqa: PLW2901 - the same in our order
        turned = theirs * np.sign(ours @ theirs)
        np.testing.assert_allclose(ours, turned, atol=1e-6)


def test_extremities_are_polis(published: Published) -> None:
    theirs = published.in_order(published.math["pca"]["comment-extremity"])

    np.testing.assert_allclose(published.axes.extremity, theirs, atol=1e-6)


def test_places_of_people_are_polis_up_to_sign(published: Published) -> None:
    base = published.math["base-clusters"]
    alone = [
        (published.votes.participant_ids.index(str(members[0])), x, y)
        for members, x, y in zip(base["members"], base["x"], base["y"], strict=True)
        if len(members) == 1
    ]
    rows = [row for row, _x, _y in alone]
    theirs = np.abs([place for _row, *place in alone])

    np.testing.assert_allclose(np.abs(published.axes.places[rows]), theirs, atol=1e-6)


def test_group_informed_consensus_is_polis(published: Published) -> None:
    theirs = published.by_id(published.math["group-aware-consensus"])

    ours = group_informed_consensus(published.counts)
    np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_representativeness_is_polis(published: Published) -> None:
    for group, listed in published.math["repness"].items():
        for row in listed:
            found = standing(published.counts, row["repful-for"])
            cell = int(group), published.ids.index(row["tid"])
            ours = [found.share[cell], found.share_z[cell], found.ratio[cell]]
            theirs = [row["p-success"], row["p-test"], row["repness"]]
            np.testing.assert_allclose(ours, theirs, atol=1e-6)
            assert found.ratio_z[cell] == pytest.approx(row["repness-test"], abs=1e-6)


def test_priorities_are_polis(published: Published) -> None:
    theirs = published.by_id(published.math["comment-priorities"])
    is_meta = np.isin(published.ids, published.math["meta-tids"])

    ours = polis_priority(published.counts, published.axes.extremity)

    expected = np.where(is_meta, META_PRIORITY, ours)
    np.testing.assert_allclose(expected, theirs, atol=1e-6)


def conversation(name: str) -> tuple[VoteMatrix, VoteMatrix, dict[str, str]]:
    """Return the wide and the long votes, and the published group of each person."""
    folder = POLIS / "openData" / name
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        wide = list(csv.reader(file))
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        long = votes_of(csv.reader(file))
    place = wide[0].index("group-id")
    return votes_of(wide), long, {row[0]: row[place] for row in wide[1:]}


def test_both_exports_of_a_conversation_hold_the_same_votes() -> None:
    wide, long, _groups = conversation("brexit-consensus")

    assert (wide.participant_ids, wide.statement_ids) == (
        long.participant_ids,
        long.statement_ids,
    )
    np.testing.assert_array_equal(wide.values, long.values)


@pytest.mark.parametrize("name", ["15-per-hour-seattle", "london.youth.policing"])
def test_where_groups_are_no_clearer_than_chance_none_are_said(name: str) -> None:
    _wide, votes, _groups = conversation(name)

    found = opinion(votes, seed=1)

    assert (found.verdict, found.n_groups) == ("no_clear_groups", 0)


@pytest.mark.parametrize("name", ["canadian-electoral-reform", "vtaiwan.uberx"])
def test_clear_groups_of_real_conversations_are_those_published(name: str) -> None:
    # That they are clear takes seconds: `python -m benchmarks.opinion`.
    votes, _long, published_of = conversation(name)
    grouped = votes.n_votes_by_person() >= VOTES_TO_BE_GROUPED

    places = opinion_axes(votes).places[grouped]
    found = best_grouping(places, np.random.default_rng(1))

    assert found
    names = np.array(votes.participant_ids)[grouped]
    theirs = np.array([published_of[name] for name in names])
    both = theirs != ""
    assert rand_index(found.groups[both], theirs[both].astype(int)) >= 0.83
