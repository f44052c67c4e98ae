"""Public contributions as rows, for programs and spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from montada.consultation.models import Contribution, ContributionStep
from montada.consultation.queries.trace import signed_in_words

if TYPE_CHECKING:
    from montada.edition.models import Edition

COLUMNS = (
    "number",
    "call",
    "state",
    "title",
    "language",
    "signed_as",
    "signed_by",
    "stakeholder_group",
    "seat_country",
    "region_spoken_of",
    "late",
    "received_at",
    "merged_into",
    "reason",
    "session_at",
    "session",
)


def public_contributions(of: Edition) -> QuerySet[Contribution]:
    """Return what anybody may read of an edition, the newest first."""
    rows = Contribution.objects.public().filter(call__edition=of)
    return rows.select_related(
        "call", "stakeholder_group", "country", "region", "merged_into"
    )


def public_rows(of: Edition, reader: str) -> list[dict[str, Any]]:
    """Return public contributions by the names of `COLUMNS`. Two queries."""
    rows = list(public_contributions(of))
    steps = ContributionStep.objects.filter(contribution__in=rows, state="declined")
    # The author's own word on it, an appeal, has none.
    steps = steps.exclude(reason="")
    reasons = dict(steps.values_list("contribution_id", "reason"))
    return [
        {
            "number": row.receipt,
            "call": row.call.kind,
            "state": row.state,
            "title": str(row.title),
            "language": row.language,
            "signed_as": row.signed_as,
            "signed_by": signed_in_words(row, reader),
            "stakeholder_group": row.stakeholder_group_id or "",
            "seat_country": row.country_id or "",
            "region_spoken_of": row.region_id or "world",
            "late": row.is_late,
            "received_at": row.submitted_at.isoformat() if row.submitted_at else "",
            "merged_into": _number_of(row.merged_into),
            "reason": reasons.get(row.pk, "") if row.state == "declined" else "",
            "session_at": row.session_at.isoformat() if row.session_at else "",
            "session": row.session_url,
        }
        for row in rows
    ]


def _number_of(row: Contribution | None) -> str:
    """Return a number that leads somewhere: not that of what nobody may read."""
    return row.receipt if row is not None and row.may_publish else ""
