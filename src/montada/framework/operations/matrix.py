"""Changing the matrix: one cell, one new version, the old one still citable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.framework.models import ActionLine, Goal, MatrixLink, Target
from montada.language.engine.harmless import harmless_text
from montada.language.engine.text import LocalizedText


class NoSuchCell(Refusal):
    code = "framework.no_such_cell"
    message = _("The matrix has no cell for action line %(line)s and goal %(goal)s.")


class TargetNotOfGoal(Refusal):
    code = "framework.target_not_of_goal"
    message = _("Goal %(goal)s has no such target: %(targets)s.")


class TargetsWithoutLink(Refusal):
    code = "framework.targets_without_link"
    message = _("A cell that is not linked names no targets: %(targets)s.")


class CellWithoutRationale(Refusal):
    code = "framework.cell_without_rationale"
    message = _("Say why: the change is kept with its reason and can be cited.")


class CellNotChanged(Refusal):
    code = "framework.cell_not_changed"
    message = _("The cell already says this; nothing was changed.")


class CellChangedMeanwhile(Refusal):
    code = "framework.cell_changed_meanwhile"
    message = _(
        "Somebody has changed this cell meanwhile. Read what it says now, then send "
        "yours again."
    )


@transaction.atomic
def change_matrix_cell(  # noqa: PLR0913 - what a decision says is written out
    *,
    action_line_id: str,
    goal_id: int,
    is_linked: bool,
    targets: Sequence[str],
    rationale: LocalizedText,
    seen: int | None = None,
    changed_by: AbstractBaseUser,
    at: datetime,
) -> MatrixLink:
    """
    Say from now on whether a line serves a goal, through which targets, and why.

    Makes the next version of the whole matrix; earlier versions stay as they were.
    `seen` is the version in which this cell was last changed for all that the person
    knows, 0 for none; without it nobody asks.

    Raises
    ------
    NoSuchCell, TargetNotOfGoal, TargetsWithoutLink, CellWithoutRationale,
    CellNotChanged, CellChangedMeanwhile
    """
    # Locking all lines keeps two facilitators from making the same version number.
    lines = {line.code: line for line in ActionLine.objects.select_for_update()}
    line = lines.get(action_line_id)
    if line is None or not Goal.objects.filter(pk=goal_id).exists():
        raise NoSuchCell(line=action_line_id, goal=goal_id)
    known = Target.objects.filter(goal_id=goal_id).values_list("code", flat=True)
    in_order = _checked_targets(targets, list(known), goal_id, is_linked)
    rationale = harmless_text(rationale)
    if not rationale:
        raise CellWithoutRationale
    before = _cell_before(action_line_id, goal_id)
    said = (before.is_linked, before.targets, before.rationale)
    if said == (is_linked, in_order, rationale):
        raise CellNotChanged
    if seen not in (None, before.version):
        raise CellChangedMeanwhile
    newest = MatrixLink.objects.aggregate(newest=Max("version"))["newest"] or 0
    link = MatrixLink.objects.create(
        version=newest + 1,
        action_line=line,
        goal_id=goal_id,
        is_linked=is_linked,
        targets=in_order,
        rationale=rationale,
        changed_at=at,
        changed_by_id=changed_by.pk,
    )
    audit.record(
        action="framework.matrix_cell_changed",
        actor=changed_by,
        subject=link,
        at=at,
        reason=str(rationale),
        details=_difference(before, link),
    )
    return link


def _checked_targets(
    targets: Sequence[str], known: list[str], goal_id: int, is_linked: bool
) -> list[str]:
    """Return the targets in the goal's order."""
    foreign = sorted(set(targets) - set(known))
    if foreign:
        raise TargetNotOfGoal(goal=goal_id, targets=", ".join(foreign))
    if targets and not is_linked:
        raise TargetsWithoutLink(targets=", ".join(targets))
    return [code for code in known if code in targets]


def _cell_before(action_line_id: str, goal_id: int) -> MatrixLink:
    newest = (
        MatrixLink.objects.filter(action_line_id=action_line_id, goal_id=goal_id)
        .order_by("-version")
        .first()
    )
    return newest or MatrixLink(version=0, is_linked=False, targets=[])


def _difference(before: MatrixLink, after: MatrixLink) -> dict[str, object]:
    return {
        "version": after.version,
        "action_line": after.action_line_id,
        "goal": after.goal_id,
        "was_linked": before.is_linked,
        "is_linked": after.is_linked,
        "targets_before": before.targets,
        "targets": after.targets,
    }
