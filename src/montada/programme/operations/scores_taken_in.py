"""Scores that come as a table: a row for each score, or for each reviewer's all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.djangokit.table_files import Cells, TableFile, table_file
from montada.djangokit.tables import ImportReport, said_beyond
from montada.language.engine.folding import folded
from montada.programme.choices import ProposalState
from montada.programme.models import Criterion, Proposal, Score
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.scores import (
    LONGEST_REVIEWER,
    check_points,
    keep_scores,
)
from montada.programme.operations.words import kept_line
from montada.programme.queries.scores import criteria_of

if TYPE_CHECKING:
    from montada.participation.models import Person

COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    "reference": (
        *("reference", "proposal", "number", "référence", "proposition"),
        *("المرجع", "المقترح", "رقم المقترح"),
    ),
    "reviewer": ("reviewer", "évaluateur", "évaluatrice", "المحكم", "المقيم"),
    "criterion": ("criterion", "critère", "المعيار"),
    "points": ("points", "score", "note", "النقاط", "الدرجة"),
}
"""How columns may be called in files: English, French, Arabic."""

LONGEST_NAME = 60
"""Characters of a cell that a report repeats."""
_POINTS = re.compile(r"\d{1,4}([.,٫]\d{1,6})?")


class ScoreColumnsMissing(Refusal):
    code = "programme.score_columns_missing"
    message = _(
        "The file needs the columns reference and reviewer, and either criterion and "
        "points or a column for each criterion of the rubric."
    )


class NoCriteria(Refusal):
    code = "programme.no_criteria"
    message = _("Publish the criteria first: points are given by them.")


class _Said(NamedTuple):
    """One score as a row says it; `field` is the column that holds the points."""

    row: int
    field: str
    reference: str
    reviewer: str
    criterion: str
    points: str


@dataclass(frozen=True, slots=True)
class _Known:
    criteria: Mapping[str, Criterion]
    """By every name that a file may call them, folded."""
    proposals: Mapping[str, Proposal]
    before: Mapping[tuple[int, int, str], Decimal]


class _Wrong(Exception):
    """Said of a row, never raised to a caller."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


@transaction.atomic
def take_scores_in(
    *,
    edition: Any,
    path: Path,
    taken_by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> ImportReport:
    """
    Take in a table (CSV, XLSX, JSON) of scores: whole, or not at all.

    The report counts scores, and names every row that cannot be: a proposal or
    criterion that is not there, points out of range, a score that stands twice. Safe
    to repeat; what a reviewer gave before is replaced. `dry_run` only reports.

    Raises
    ------
    NotTheSecretariat, NoCriteria, ScoreColumnsMissing
    montada.djangokit.table_files: what a file is refused for
    """
    check_secretariat(taken_by, edition)
    known = _known(edition)
    table = table_file(path)
    report, new, seen = ImportReport(), [], set[tuple[int, int, str]]()
    for said in _said(table, known, report):
        try:
            score = _score(said, known, seen, at)
        except _Wrong as wrong:
            report.note(said.row, "refused", wrong.field, wrong.reason)
            continue
        place = (score.proposal_id, score.criterion_id, score.reviewer)
        old = known.before.get(place)
        is_same = old == score.points
        report.note(
            said.row,
            "unchanged" if is_same else "accepted" if old is None else "changed",
        )
        if not is_same:
            new.append(score)
    if new and not report.n_refused and not dry_run:
        keep_scores(new)
        audit.record(
            action="programme.scores_taken_in",
            actor=taken_by,
            subject=edition,
            at=at,
            details={"counts": dict(report.counts)},
        )
    return report


def _known(edition: Any) -> _Known:
    rows = criteria_of(edition)
    if not rows:
        raise NoCriteria
    criteria = {
        folded(name): row
        for row in rows
        for name in (*row.name.by_language.values(), row.key)
    }
    proposals = Proposal.objects.filter(edition=edition)
    scores = Score.objects.filter(proposal__edition=edition)
    return _Known(
        criteria,
        {row.reference: row for row in proposals.only("pk", "reference", "state")},
        {
            (proposal, criterion, reviewer): points
            for proposal, criterion, reviewer, points in scores.values_list(
                "proposal", "criterion", "reviewer", "points"
            )
        },
    )


def _said(table: TableFile, known: _Known, report: ImportReport) -> Iterator[_Said]:
    """
    Yield every score that the table holds; empty cells of criteria hold none.

    A row with cells beyond the last column is refused in the report. Points under a
    name that is no criterion are yielded, too, for that to be said of them; other
    columns that are not read are named once.
    """
    by_name = {folded(name): name for name in table.columns if name}
    found = {
        column: next((by_name[n] for n in map(folded, names) if n in by_name), "")
        for column, names in COLUMN_NAMES.items()
    }
    is_long = bool(found["criterion"] and found["points"])
    taken = {found["reference"], found["reviewer"]}
    named = [name for name in table.columns if name and name not in taken]
    wide = [name for name in named if folded(name) in known.criteria]
    if not (found["reference"] and found["reviewer"] and (is_long or wide)):
        raise ScoreColumnsMissing
    long = {found["criterion"], found["points"]} if is_long else set()
    unread, told = [n for n in named if n not in (long or wide)], set[str]()
    for number, cells in table.rows():
        if why := said_beyond(cells):
            report.note(number, "refused", reason=why)
            continue
        who = (_cell(cells, found["reference"]), _cell(cells, found["reviewer"]))
        filled = {name for name in unread if _cell(cells, name)}
        astray = set() if is_long else {n for n in filled if _is_points(cells, n)}
        for name in sorted(filled - astray - told):
            told.add(name)
            reason = _now("The column “%(column)s” is not read.")
            report.remark(number, name, reason % {"column": name[:LONGEST_NAME]})
        if is_long:
            criterion = _cell(cells, found["criterion"])
            points = _cell(cells, found["points"])
            yield _Said(number, found["points"], *who, criterion, points)
            continue
        for name in (*wide, *sorted(astray)):
            if points := _cell(cells, name):
                yield _Said(number, name, *who, name, points)


def _cell(cells: Cells, name: str) -> str:
    return str(cells.get(name, "")).strip()


def _is_points(cells: Cells, name: str) -> bool:
    return _POINTS.fullmatch(_cell(cells, name)) is not None


def _score(
    said: _Said, known: _Known, seen: set[tuple[int, int, str]], at: datetime
) -> Score:
    proposal = known.proposals.get(said.reference.upper())
    if proposal is None:
        reason = _now("No proposal of this edition is called “%(reference)s”.")
        shown = {"reference": said.reference[:LONGEST_NAME]}
        raise _Wrong("reference", reason % shown)
    if proposal.state != ProposalState.RECEIVED:
        reason = _now("Something was decided about %(reference)s already.")
        raise _Wrong("reference", reason % {"reference": proposal.reference})
    criterion = known.criteria.get(folded(said.criterion))
    if criterion is None:
        reason = _now("The rubric has no criterion “%(key)s”.")
        raise _Wrong("criterion", reason % {"key": said.criterion[:LONGEST_NAME]})
    reviewer = _reviewer(said.reviewer)
    points = _points(said, criterion)
    place = (proposal.pk, criterion.pk, reviewer)
    if place in seen:
        reason = _now("This reviewer's points by “%(criterion)s” stand further up.")
        raise _Wrong(said.field, reason % {"criterion": str(criterion.name)})
    seen.add(place)
    return Score(
        proposal=proposal,
        criterion=criterion,
        reviewer=reviewer,
        points=points,
        given_at=at,
    )


def _reviewer(written: str) -> str:
    try:
        name = kept_line(written, longest=LONGEST_REVIEWER)
    except Refusal as refusal:
        raise _Wrong("reviewer", str(refusal)) from None
    if not name:
        raise _Wrong("reviewer", _now("It names no reviewer."))
    return name


def _points(said: _Said, criterion: Criterion) -> Decimal:
    if not _POINTS.fullmatch(said.points):
        reason = _now("“%(points)s” is no number of points.")
        raise _Wrong(said.field, reason % {"points": said.points[:LONGEST_NAME]})
    given = Decimal(re.sub("[,٫]", ".", said.points))
    try:
        check_points(criterion, given)
    except Refusal as refusal:
        raise _Wrong(said.field, str(refusal)) from None
    return given
