"""What is in the way of a plan, in words, and how much it weighs for an edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from montada.audit import queries as audit
from montada.programme.choices import Level
from montada.programme.engine.timetable.checker import checked
from montada.programme.engine.timetable.explain import reasons_of
from montada.programme.engine.timetable.plan import Finding, plain_cost, plain_counts
from montada.programme.engine.timetable.problem import Placement, Problem
from montada.programme.engine.warnings import LABELS, warnings_of
from montada.programme.models import Plan, Session
from montada.programme.queries.hours import local
from montada.programme.queries.plan_words import words_of
from montada.programme.queries.planning import pinned
from montada.programme.queries.standing import Standing, standing_of

FITS = "not_found"
"""What the engine says of a session that nothing keeps out."""
HEAVIEST_FIRST = (Level.CANNOT, Level.NOT_RELEASED, Level.WARNING)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that is wrong with a plan; `sessions` are slugs."""

    rule: str
    level: str
    sessions: tuple[str, ...]
    words: str

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label)


@dataclass(frozen=True, slots=True)
class Worth:
    """
    What a plan is worth as it stands.

    Attributes
    ----------
    cost : weight times count over all labels
    soft : count by label, those missed only
    n_by_level : conflicts by `Level`
    unplaced : slugs
    """

    n_placed: int
    cost: int | float
    soft: Mapping[str, int | float]
    n_by_level: Mapping[str, int]
    unplaced: tuple[str, ...]


def conflicts_of(plan: Plan) -> list[Conflict]:
    """
    Return every conflict of a plan, the heaviest first.

    Raises
    ------
    NoDays
    """
    return conflicts_in(standing_of(plan))


def conflicts_in(standing: Standing) -> list[Conflict]:
    """Return every conflict of a plan as it stands, the heaviest first."""
    return _worded(_findings(standing.problem, standing.placements), standing)


def conflicts_of_move(
    plan: Plan, session: Session, room: Any, starts_at: datetime
) -> list[Conflict]:
    """Return the conflicts that a session would have in a room at a moment."""
    return conflicts_of_moves(plan, {session.pk: (room.pk, starts_at)})


def conflicts_of_moves(
    plan: Plan, moved: Mapping[int, tuple[int | None, datetime | None]]
) -> list[Conflict]:
    """
    Return the conflicts that some sessions would have.

    Parameters
    ----------
    moved : number of each session -> room and moment; without a room it is nowhere
    """
    standing = standing_of(plan)
    slugs, zone = standing.names.slugs, standing.problem.zone
    ids = {slugs[session] for session in moved}
    new = [
        Placement(slugs[session], str(room), local(starts_at, zone))
        for session, (room, starts_at) in moved.items()
        if room is not None and starts_at is not None
    ]
    others = (p for p in standing.placements if p.session not in ids)
    findings = _findings(standing.problem, [*others, *new])
    return _worded((f for f in findings if not ids.isdisjoint(f.sessions)), standing)


def by_session(conflicts: Iterable[Conflict]) -> dict[str, list[Conflict]]:
    """Return the conflicts of each session, by slug, in their order."""
    found: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        for slug in conflict.sessions:
            found[slug].append(conflict)
    return found


@audit.remembered("timetable.", "programme.", "edition.", "participation.")
def worth_of(plan: Plan) -> Worth:
    """Return what a plan is worth now, whatever the last solving said of it."""
    standing = standing_of(plan)
    report = checked(standing.problem, standing.placements)
    counts: dict[str, int] = dict.fromkeys(HEAVIEST_FIRST, 0)
    for finding in _findings(standing.problem, standing.placements):
        counts[_level(finding, standing)] += 1
    return Worth(
        n_placed=len(standing.placements),
        cost=plain_cost(report.price),
        soft=plain_counts(report.soft),
        n_by_level=counts,
        unplaced=report.unplaced,
    )


def reasons_in(standing: Standing) -> dict[str, list[str]]:
    """
    Return why sessions have no place in a plan, in words by slug.

    Nothing of those that fit in as it stands.
    """
    problem = pinned(standing.problem, standing.rows)
    return {
        slug: [words_of(finding, standing.names) for finding in reasons]
        for slug, reasons in reasons_of(problem, standing.placements)
        if reasons[0].rule != FITS
    }


def _findings(problem: Problem, placements: Sequence[Placement]) -> Iterator[Finding]:
    yield from checked(problem, placements).hard
    yield from warnings_of(problem, placements)


def _level(finding: Finding, standing: Standing) -> str:
    return standing.levels.get(LABELS.get(finding.rule, finding.rule), Level.CANNOT)


def _worded(findings: Iterable[Finding], standing: Standing) -> list[Conflict]:
    conflicts = [
        Conflict(
            rule=finding.rule,
            level=_level(finding, standing),
            sessions=finding.sessions,
            words=words_of(finding, standing.names),
        )
        for finding in findings
    ]
    return sorted(conflicts, key=lambda one: HEAVIEST_FIRST.index(Level(one.level)))
