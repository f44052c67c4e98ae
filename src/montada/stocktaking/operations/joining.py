"""Asking to join a project that is here already, instead of entering it again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal
from montada.stocktaking import queries
from montada.stocktaking.models import Project
from montada.stocktaking.operations import told
from montada.stocktaking.operations.standing import words_of

if TYPE_CHECKING:
    from montada.participation.models import Person


MOST_ASKED = 20
"""Projects that one person asks to join within a week; the forum writes to each."""
WEEK = timedelta(days=7)


class MemberOfItAlready(Refusal):
    code = "stocktaking.member_of_it_already"
    message = _("You look after this project already.")


class AskedToJoinAlready(Refusal):
    code = "stocktaking.asked_to_join_already"
    message = _("You have asked within the last week; your words were sent on then.")


class AskedToJoinTooOften(Refusal):
    code = "stocktaking.asked_to_join_too_often"
    message = _(
        "You have asked to join %(most)s projects within a week, which is as many as "
        "one person may. Wait for answers first."
    )


@transaction.atomic
def ask_to_join(
    *, project: Project, words: str, asked_by: Person, at: datetime
) -> None:
    """
    Tell a project's owners, or the secretariat where it has none, who wants to join.

    Raises
    ------
    MemberOfItAlready, AskedToJoinAlready, AskedToJoinTooOften
    montada.stocktaking.operations.standing.WordsMissing, WordsTooMany
    """
    if queries.may_edit(asked_by, project):
        raise MemberOfItAlready
    lately = trail.entries_since(
        at - WEEK, actor=asked_by, actions=["stocktaking.join_asked"]
    )
    if lately.filter(subject=trail.name_of(project)).exists():
        raise AskedToJoinAlready
    if lately.count() >= MOST_ASKED:
        raise AskedToJoinTooOften(most=MOST_ASKED)
    letter = told.Letter(
        "join_asked",
        project.title,
        "stocktaking:people",
        (project.slug,),
        values={
            "asked_by": asked_by.addressed_as(),
            "email": asked_by.email,
            "words": words_of(words),
        },
    )
    told.tell(letter, told.members_of(project) or told.secretariat(), at=at)
    audit.record(
        action="stocktaking.join_asked", actor=asked_by, subject=project, at=at
    )
