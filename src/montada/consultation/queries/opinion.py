"""The last result: what unites, what divides, where people stand, who was counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from montada.audit import queries as audit
from montada.consultation.choices import StatementState, VoterTier
from montada.consultation.models import OpinionPlace, OpinionRun, Statement, Voter
from montada.consultation.queries.statements import statement_rules
from montada.framework import queries as framework
from montada.language.engine.text import NO_TEXT, LocalizedText

NO_GUESTS = {"size": 0, "counts": {}}
"""Of results from before guests voted, and where fewer than five did."""

MOST_SHOWN = 10
"""Statements of a list."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What at least five people said to a statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def agree_percent(self) -> float:
        return 100 * self.agree / self.seen if self.seen else 0.0

    @property
    def disagree_percent(self) -> float:
        return 100 * self.disagree / self.seen if self.seen else 0.0


@dataclass(frozen=True, slots=True)
class Column:
    """A group over which consensus is taken: found, or declared."""

    key: str
    name: LocalizedText
    """Empty for groups found: they are numbered."""
    label: str | Promise
    """Not in words yet: the answer is kept for readers of all languages."""
    n_people: int


@dataclass(frozen=True, slots=True)
class Row:
    """
    One statement with what was counted; numbers between 0 and 1 are as the engine's.

    `cells` are its counts by opinion group, by stakeholder group, by region and by
    tier; None where too few voted to show them.
    """

    statement: Statement
    counts: Counts | None
    consensus: float
    by_type: float | None
    by_region: float | None
    bridging: float
    divides: float
    without_most_active: float
    alike_once: float
    cells: dict[str, list[Counts | None]]
    stance: str = ""
    """Of a group it represents: "agree" or "disagree"."""
    z: float = 0.0

    @property
    def group_cells(self) -> list[Counts | None]:
        return self.cells["groups"]

    @property
    def type_cells(self) -> list[Counts | None]:
        return self.cells["types"]

    @property
    def region_cells(self) -> list[Counts | None]:
        return self.cells["regions"]

    @property
    def tier_cells(self) -> list[Counts | None]:
        return self.cells["tiers"]


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    number: int
    """1 is the largest."""
    n_people: int
    represents: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """Everything that the page of results shows; of no single person."""

    verdict: str
    reasons: dict[str, str]
    """By language."""
    evidence: dict[str, Any] | None
    n_voters: int
    n_votes: int
    is_few: bool
    fewest_voters: int
    done_at: datetime
    engine: str
    seed: int
    groups: tuple[OpinionGroup, ...]
    map: dict[str, Any]
    types: tuple[Column, ...]
    regions: tuple[Column, ...]
    tiers: tuple[Column, ...]
    unites: tuple[Row, ...]
    divides: tuple[Row, ...]
    rows: tuple[Row, ...]
    """All open statements with votes, what unites most first."""
    recounts: dict[str, Any]


def latest_run(edition: Any) -> OpinionRun | None:
    """Return the newest computation that is done."""
    return OpinionRun.objects.filter(edition=edition, is_done=True).first()


def run_under_way(edition: Any) -> OpinionRun | None:
    """Return the computation that is going on, or was interrupted."""
    return OpinionRun.objects.filter(edition=edition, is_done=False).first()


@audit.remembered("consultation.", "framework.")
def opinion_page(edition: Any) -> OpinionPage | None:
    """Return the last result for its page; None before the first."""
    run = latest_run(edition)
    if run is None:
        return None
    result, rules = run.result, statement_rules(edition.pk)
    rows = _rows(edition, result)
    by_pk = {row.statement.pk: row for row in rows}
    open_rows = [r for r in rows if r.statement.state == StatementState.OPEN]
    shown = [row for row in open_rows if row.counts]
    unites = sorted(shown, key=lambda row: (-row.consensus, row.statement.pk))
    divides = sorted(shown, key=lambda row: (-row.divides, row.statement.pk))
    return OpinionPage(
        verdict=result["verdict"],
        reasons=result["reason"],
        evidence=result["evidence"],
        n_voters=run.n_voters,
        n_votes=run.n_votes,
        is_few=run.n_voters < rules.fewest_voters,
        fewest_voters=rules.fewest_voters,
        done_at=run.done_at or run.begun_at,
        engine=run.engine,
        seed=run.seed,
        groups=tuple(_groups(result, by_pk)),
        map=result["map"],
        types=tuple(_columns(result["types"], _type_names())),
        regions=tuple(_columns(result["regions"], _region_names(edition))),
        tiers=tuple(_columns([*result["tiers"], *_guests(result)], {})),
        unites=tuple(row for row in unites if row.consensus > 0)[:MOST_SHOWN],
        divides=tuple(row for row in divides if row.divides > 0)[:MOST_SHOWN],
        rows=tuple(unites),
        recounts=result["recounts"],
    )


def counts_of(edition: Any, ids: Iterable[int]) -> dict[int, Counts]:
    """Return the last counts of statements that at least five people answered."""
    run = latest_run(edition)
    told = run.result["statements"] if run else {}
    found = {pk: told.get(str(pk), {}).get("counts") for pk in ids}
    return {pk: Counts(*counts) for pk, counts in found.items() if counts}


def own_place(edition: Any, voter: Voter | None) -> OpinionPlace | None:
    """Return where a voter stands in the last result: for nobody else to see."""
    run = latest_run(edition)
    if run is None or voter is None:
        return None
    return OpinionPlace.objects.filter(run=run, voter=voter).first()


def _rows(edition: Any, result: dict[str, Any]) -> list[Row]:
    statements = Statement.objects.public().filter(edition=edition)
    found = statements.select_related("stakeholder_group").in_bulk()
    guests = _told_of_guests(result)["counts"]
    is_beside = bool(_guests(result))
    return [
        _row(found[int(pk)], told, [guests.get(pk)] if is_beside else [])
        for pk, told in result["statements"].items()
        if int(pk) in found
    ]


def _guests(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the guests as one more tier, if there are five of them."""
    size = _told_of_guests(result)["size"]
    return [{"code": VoterTier.GUEST, "size": size}] if size else []


def _told_of_guests(result: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = result.get("guests", NO_GUESTS)
    return told


def _row(statement: Statement, told: dict[str, Any], guests: list[Any]) -> Row:
    kinds = ("groups", "types", "regions", "tiers")
    numbers = (
        "consensus",
        "by_type",
        "by_region",
        "bridging",
        "divides",
        "without_most_active",
        "alike_once",
    )
    return Row(
        statement=statement,
        counts=Counts(*told["counts"]) if told["counts"] else None,
        cells={
            kind: [
                Counts(*cell) if cell else None
                for cell in [*(told[kind] or []), *(guests if kind == "tiers" else [])]
            ]
            for kind in kinds
        },
        **{name: told[name] for name in numbers},
    )


def _groups(result: dict[str, Any], by_pk: dict[int, Row]) -> list[OpinionGroup]:
    groups = []
    for number, told in enumerate(result["groups"], 1):
        represents = []
        for one in told["represents"]:
            row = by_pk.get(one["statement"])
            if row is not None:
                told_of = {"stance": one["stance"], "z": one["z"]}
                represents.append(replace(row, **told_of))
        groups.append(OpinionGroup(number, told["size"], tuple(represents)))
    return groups


def _columns(
    told: list[dict[str, Any]], names: dict[str, LocalizedText]
) -> list[Column]:
    tiers = dict(VoterTier.choices)
    return [
        Column(
            one["code"],
            names.get(one["code"], NO_TEXT),
            tiers.get(one["code"], one["code"]),
            one["size"],
        )
        for one in told
    ]


def _type_names() -> dict[str, LocalizedText]:
    return {group.code: group.name for group in framework.stakeholder_groups()}


def _region_names(edition: Any) -> dict[str, LocalizedText]:
    of_voters = Voter.objects.filter(edition=edition, country__region__isnull=False)
    rows = of_voters.order_by().values_list("country__region", "country__region__name")
    return dict(rows.distinct())
