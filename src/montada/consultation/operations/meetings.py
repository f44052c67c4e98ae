"""What can happen to meetings of a consultation, and who is asked to speak up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.engine.values import MeetingPlan
from montada.consultation.models import ConsultationMeeting
from montada.consultation.operations.calls import check_secretariat
from montada.consultation.operations.told import invite_voice
from montada.consultation.operations.words import note_words
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_text, harmless_words
from montada.participation import queries as people

if TYPE_CHECKING:
    from montada.edition.models import Edition
    from montada.participation.models import Person


class MeetingWithoutTitle(Refusal):
    code = "consultation.meeting_without_title"
    message = _("Give the meeting a title.")


class MeetingEndsFirst(Refusal):
    code = "consultation.meeting_ends_first"
    message = _("A meeting ends after it starts.")


@transaction.atomic
def set_meeting(
    *,
    edition: Edition,
    plan: MeetingPlan,
    meeting: ConsultationMeeting | None = None,
    set_by: Person | None,
    at: datetime,
) -> ConsultationMeeting:
    """
    Set up a meeting, or say otherwise what one is; minutes are written after it.

    Raises
    ------
    NotTheSecretariat, MeetingWithoutTitle, MeetingEndsFirst
    """
    check_secretariat(set_by, edition)
    plan = replace(
        plan,
        title=harmless_text(plan.title),
        place=harmless_text(plan.place),
        agenda=harmless_text(plan.agenda),
        minutes=harmless_text(plan.minutes),
    )
    if not plan.title:
        raise MeetingWithoutTitle
    if plan.ends_at <= plan.starts_at:
        raise MeetingEndsFirst
    row = meeting or ConsultationMeeting(edition=edition)
    for name in MeetingPlan.__slots__:
        setattr(row, name, getattr(plan, name))
    row.documents = [
        {name: harmless_words(words) for name, words in document.items()}
        for document in plan.documents
    ]
    row.save()
    audit.record(
        action="consultation.meeting_set",
        actor=set_by,
        subject=row,
        at=at,
        details={"title": plan.title.as_json(), "starts": plan.starts_at.isoformat()},
    )
    return row


@transaction.atomic
def invite_missing_voice(  # noqa: PLR0913 - a letter has that many sides
    *,
    edition: Edition,
    email: str,
    language: str,
    axis: str,
    value: str,
    words: str = "",
    invited_by: Person,
    at: datetime,
) -> None:
    """
    Invite somebody to contribute whose voice is missing.

    The letter says on which side voices are missing, in the language of its reader.

    Raises
    ------
    NotTheSecretariat, WordsTooMany
    """
    check_secretariat(invited_by, edition)
    with translation.override(language):
        side = queries.value_in_words(axis, value, language)
        path = reverse("consultation:index")
    invite_voice(
        email=email.strip().lower(),
        language=language,
        values={
            "edition": edition,
            "side": side,
            "words": note_words(words),
            "url": people.forum_address(path),
        },
        at=at,
    )
    audit.record(
        action="consultation.voice_invited",
        actor=invited_by,
        subject=edition,
        at=at,
        details={"axis": axis, "value": value},
    )
