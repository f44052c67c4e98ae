"""Contributions on their way, and the calls they answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from montada.consultation import operations
from montada.consultation.engine.values import Identity
from montada.consultation.models import Call, Contribution
from montada.edition.models import Edition
from montada.participation.models import Person
from tests.factories.edition import make_edition, make_phase

WORDS = (
    "Oases and remote villages can run networks of their own if spectrum is shared and "
    "people are trained: this session hears those who did it and those who regulate."
)


def an_open_edition(at: datetime, **values: Any) -> Edition:
    """An edition whose consultation opened a month ago and closes in a month."""
    edition = make_edition(**values)
    make_phase(edition, at - timedelta(days=30), at + timedelta(days=30))
    operations.open_calls(edition=edition, at=at)
    return edition


def call_of(edition: Edition, kind: str = "views") -> Call:
    return Call.objects.select_related("edition").get(edition=edition, kind=kind)


def an_identity(**told: Any) -> Identity:
    """Somebody of civil society in Egypt who agrees to be read."""
    usual: dict[str, Any] = {
        "language": "en",
        "author_name": "Nadia",
        "stakeholder_group_id": "civil",
        "country_id": "EGY",
        "may_publish": True,
    }
    return Identity(**usual | told)


def a_draft_input(
    author: Person,
    edition: Edition,
    *,
    at: datetime,
    kind: str = "views",
    answers: dict[str, Any] | None = None,
    **told: Any,
) -> Contribution:
    """A draft of views that is ready to be sent."""
    row = operations.begin_contribution(
        call=call_of(edition, kind), written_in="en", begun_by=author, at=at
    )
    said: dict[str, Any] = {"title": "Networks of oases", "summary": WORDS}
    return operations.save_contribution(
        contribution=row,
        identity=an_identity(**told),
        answers=said | (answers or {}),
        revision=0,
        saved_by=author,
        at=at,
    )


def an_input(
    author: Person, edition: Edition, *, at: datetime, **told: Any
) -> Contribution:
    """Views that were sent."""
    draft = a_draft_input(author, edition, at=at, **told)
    return operations.submit_contribution(
        contribution=draft, submitted_by=author, at=at
    )


def accept(row: Contribution, by: Person, at: datetime) -> Contribution:
    return operations.accept_contribution(contribution=row, accepted_by=by, at=at)


def schedule(row: Contribution, by: Person, at: datetime) -> Contribution:
    return operations.schedule_contribution(
        contribution=row,
        session_at=at + timedelta(days=120),
        session_url="/sessions/oases/",
        scheduled_by=by,
        at=at,
    )


def merge(a: Contribution, b: Contribution, by: Person, at: datetime) -> Contribution:
    return operations.merge_contributions(
        contribution=a, into=b, words="The same oases.", merged_by=by, at=at
    )


def decline(row: Contribution, by: Person, at: datetime) -> Contribution:
    return operations.decline_contribution(
        contribution=row,
        reason="no_place",
        words="There were five requests for each place.",
        declined_by=by,
        at=at,
    )
