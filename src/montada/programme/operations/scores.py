"""Scores: the points that reviewers give, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.choices import ProposalState
from montada.programme.models import Criterion, Proposal, Score
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.proposals import held_proposal, record_proposal
from montada.programme.operations.words import kept_line
from montada.programme.queries.scores import criteria_of

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_REVIEWER = 200
TENTH = Decimal("0.1")


class ReviewerMissing(Refusal):
    code = "programme.reviewer_missing"
    message = _("Say whose points these are. Only the secretariat reads the name.")


class CriterionUnknown(Refusal):
    code = "programme.criterion_unknown"
    message = _("The rubric has no criterion “%(key)s”.")


class PointsOutOfRange(Refusal):
    code = "programme.points_out_of_range"
    message = _("Points by “%(criterion)s” are from 0 to %(most)s, by tenths.")


class NotScored(Refusal):
    code = "programme.not_scored"
    message = _("Points are given to proposals about which nothing is decided yet.")


@transaction.atomic
def give_scores(
    *,
    proposal: Proposal,
    reviewer: str,
    points: Mapping[str, Decimal | None],
    given_by: Person | None,
    at: datetime,
) -> int:
    """
    Set a reviewer's points by criterion key; None takes points back.

    Criteria that are not named stay as they are. Returns how many points changed.

    Raises
    ------
    NotTheSecretariat, NotScored, ReviewerMissing, CriterionUnknown, PointsOutOfRange,
    WordsTooMany
    """
    row = held_proposal(proposal)
    check_secretariat(given_by, row.edition)
    if row.state != ProposalState.RECEIVED:
        raise NotScored
    name = kept_line(reviewer, longest=LONGEST_REVIEWER)
    if not name:
        raise ReviewerMissing
    criteria = {one.key: one for one in criteria_of(row.edition)}
    for key, given in points.items():
        if key not in criteria:
            raise CriterionUnknown(key=key[:40])
        if given is not None:
            check_points(criteria[key], given)
    n_changed = _set(row, name, {criteria[key]: n for key, n in points.items()}, at)
    if n_changed:
        # Without the reviewer: the trail is read by more people than scores are.
        record_proposal("programme.scored", row, given_by, at, points=n_changed)
    return n_changed


def check_points(criterion: Criterion, given: Decimal) -> None:
    """
    Raise unless points are from 0 to the criterion's most, in tenths.

    Raises
    ------
    PointsOutOfRange
    """
    is_number = given.is_finite() and 0 <= given <= criterion.most
    if not is_number or given != given.quantize(TENTH):
        raise PointsOutOfRange(criterion=str(criterion.name), most=criterion.most)


def _set(
    row: Proposal,
    reviewer: str,
    points: Mapping[Criterion, Decimal | None],
    at: datetime,
) -> int:
    own = Score.objects.filter(proposal=row, reviewer=reviewer)
    before = dict(own.values_list("criterion_id", "points"))
    changed = {
        criterion: given
        for criterion, given in points.items()
        if before.get(criterion.pk) != given
    }
    gone = [criterion.pk for criterion, given in changed.items() if given is None]
    own.filter(criterion__in=gone).delete()
    keep_scores(
        Score(
            proposal=row,
            criterion=criterion,
            reviewer=reviewer,
            points=given,
            given_at=at,
        )
        for criterion, given in changed.items()
        if given is not None
    )
    return len(changed)


def keep_scores(scores: Iterable[Score]) -> None:
    """Save points; those that the reviewer gave before are replaced."""
    Score.objects.bulk_create(
        scores,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["proposal", "criterion", "reviewer"],
        update_fields=["points", "given_at"],
    )
