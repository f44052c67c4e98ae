"""Requests of the consultation become proposals: each once, and unchanged itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from montada.audit import operations as audit
from montada.edition import queries as editions
from montada.programme.operations.kinds import open_kinds
from montada.programme.operations.merging import follow_merging
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.taking_one import Taking
from montada.programme.queries.requests import requests_of

if TYPE_CHECKING:
    from montada.participation.models import Person
    from montada.programme.models import Proposal


@transaction.atomic
def take_in_requests(
    *, edition: Any, taken_by: Person | None, at: datetime
) -> list[Proposal]:
    """
    Make proposals of an edition's requests for sessions and stands; return the new.

    Requests that were taken in before are passed over, so twice is once. What was
    merged in the consultation goes on as a part of its target's proposal. Kinds of
    sessions are opened where the edition has none. Contributions are not changed.

    Raises
    ------
    NotTheSecretariat
    """
    check_secretariat(taken_by, edition)
    editions.locked_edition(edition.pk)
    kinds = list(edition.session_kinds.all()) or open_kinds(
        edition=edition, opened_by=taken_by, at=at
    )
    taking = Taking(edition, kinds, taken_by, at)
    requests = requests_of(edition)
    new = [taking.taken(row) for row in requests if row.pk not in taking.proposals]
    for row in requests:
        if row.merged_into_id is not None:
            follow_merging(part=taking.proposals[row.pk], followed_by=taken_by, at=at)
    if new:
        audit.record(
            action="programme.requests_taken_in",
            actor=taken_by,
            subject=edition,
            at=at,
            details={"proposals": [row.reference for row in new]},
        )
    return new
