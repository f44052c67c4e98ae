"""What the secretariat decides about a contribution; every step tells its author."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.choices import ContributionState, DeclineReason
from montada.consultation.engine.life import MERGED_AWAY, may_follow
from montada.consultation.models import Contribution
from montada.consultation.operations.calls import check_secretariat
from montada.consultation.operations.contributions import NotYourContribution
from montada.consultation.operations.steps import (
    ContributionMovedOn,
    check_not_decided_elsewhere,
    held,
    take_parts_apart,
    take_step,
)
from montada.consultation.operations.words import note_words
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.language.engine.text import LocalizedText
    from montada.participation.models import Person

State = ContributionState


class ReasonMissing(Refusal):
    code = "consultation.reason_missing"
    message = _("Give a reason from the list and say it in words: its author reads it.")


class WordsNeeded(Refusal):
    code = "consultation.words_needed"
    message = _("Say in words what is meant: its author reads it.")


class MergedIntoItself(Refusal):
    code = "consultation.merged_into_itself"
    message = _("A contribution cannot be merged into itself or into its own part.")


class MergedElsewhere(Refusal):
    code = "consultation.merged_elsewhere"
    message = _(
        "That contribution was merged into another or declined: merge into one that is "
        "on its way."
    )


class SessionMissing(Refusal):
    code = "consultation.session_missing"
    message = _("Say when the session is, or where it stands in the programme.")


@transaction.atomic
def ask_contribution_change(
    *, contribution: Contribution, words: str, asked_by: Person, at: datetime
) -> Contribution:
    """
    Ask the author for a change; they may write and send again, also after the deadline.

    Raises
    ------
    NotTheSecretariat, ContributionMovedOn, WordsNeeded, WordsTooMany
    """
    row = _decidable(contribution, State.CHANGE_ASKED, asked_by)
    said = needed_words(words)
    return take_step(row, State.CHANGE_ASKED, asked_by, at, words=said)


@transaction.atomic
def accept_contribution(
    *,
    contribution: Contribution,
    words: str = "",
    accepted_by: Person | None,
    at: datetime,
) -> Contribution:
    """
    Propose a contribution for the programme; one that was declined only on appeal.

    Raises
    ------
    NotTheSecretariat, ContributionMovedOn, WordsTooMany
    """
    row = _decidable(contribution, State.ACCEPTED, accepted_by)
    _check_appealed(row)
    row.session_url, row.session_at = "", None
    return take_step(row, State.ACCEPTED, accepted_by, at, words=note_words(words))


@transaction.atomic
def decline_contribution(
    *,
    contribution: Contribution,
    reason: str,
    words: str,
    declined_by: Person | None,
    at: datetime,
) -> Contribution:
    """
    Decline a contribution with a reason from the list and in words; both are public.

    Once more, if its author appeals: then it stays declined. What was merged into one
    that its author withdrew is decided about anew.

    Raises
    ------
    NotTheSecretariat, ContributionMovedOn, ReasonMissing, WordsTooMany
    """
    row = _decidable(contribution, State.DECLINED, declined_by)
    _check_appealed(row)
    said = note_words(words)
    if reason not in DeclineReason.values or not said:
        raise ReasonMissing
    if reason == DeclineReason.WITHDRAWN:
        take_parts_apart(row, declined_by, at)
    row.session_url, row.session_at = "", None
    return take_step(row, State.DECLINED, declined_by, at, reason=reason, words=said)


@transaction.atomic
def merge_contributions(
    *,
    contribution: Contribution,
    into: Contribution,
    words: str = "",
    merged_by: Person | None,
    at: datetime,
) -> Contribution:
    """
    Let a contribution go on as a part of another.

    Both stay as they were written, with their authors and addresses; what happens to
    the other is told to the authors of both.

    Raises
    ------
    NotTheSecretariat, ContributionMovedOn, MergedIntoItself, MergedElsewhere,
    WordsTooMany
    """
    row = _decidable(contribution, State.MERGED, merged_by)
    target = held(into)
    parts = {part.pk for part in queries.merged_below(row)}
    if target.pk == row.pk or target.pk in parts:
        raise MergedIntoItself
    if target.state in (State.DRAFT, State.DECLINED, MERGED_AWAY):
        raise MergedElsewhere
    if target.call.edition_id != row.call.edition_id:
        raise MergedElsewhere
    row.merged_into = target
    return take_step(
        row, State.MERGED, merged_by, at, words=note_words(words), into=target
    )


@transaction.atomic
def group_contribution(
    *,
    contribution: Contribution,
    theme: LocalizedText,
    grouped_by: Person,
    at: datetime,
) -> Contribution:
    """
    Read a contribution together with others under a theme; an empty one ends it.

    Raises
    ------
    NotTheSecretariat
    """
    row = held(contribution)
    check_secretariat(grouped_by, row.call.edition)
    row.grouped_under = theme
    row.save(update_fields=["grouped_under"])
    audit.record(
        action="consultation.contribution_grouped",
        actor=grouped_by,
        subject=row,
        at=at,
        details={"theme": theme.as_json()},
    )
    return row


@transaction.atomic
def schedule_contribution(
    *,
    contribution: Contribution,
    session_at: datetime | None,
    session_url: str = "",
    words: str = "",
    scheduled_by: Person | None,
    at: datetime,
) -> Contribution:
    """
    Say when, and at which address of the programme, a contribution has its place.

    Raises
    ------
    NotTheSecretariat, ContributionMovedOn, SessionMissing, WordsTooMany
    """
    row = _decidable(contribution, State.SCHEDULED, scheduled_by)
    if session_at is None and not session_url:
        raise SessionMissing
    row.session_at, row.session_url = session_at, session_url
    return take_step(row, State.SCHEDULED, scheduled_by, at, words=note_words(words))


@transaction.atomic
def confirm_contribution(
    *, contribution: Contribution, confirmed_by: Person, at: datetime
) -> Contribution:
    """
    Confirm that the session will be held: its author does, or the secretariat for them.

    Raises
    ------
    NotYourContribution, ContributionMovedOn
    """
    row = held(contribution)
    if not queries.may_write(confirmed_by, row) and not queries.may_change(
        confirmed_by, row.call.edition
    ):
        raise NotYourContribution
    _check_follows(row, State.CONFIRMED)
    return take_step(row, State.CONFIRMED, confirmed_by, at)


@transaction.atomic
def note_held(
    *, contribution: Contribution, noted_by: Person, at: datetime
) -> Contribution:
    """
    Note that the session was held.

    Raises
    ------
    NotTheSecretariat, ContributionMovedOn
    """
    row = _decidable(contribution, State.HELD, noted_by)
    return take_step(row, State.HELD, noted_by, at)


@transaction.atomic
def note_outcome(
    *, contribution: Contribution, words: str, noted_by: Person, at: datetime
) -> Contribution:
    """
    Note what came out of it, for everybody to read.

    Raises
    ------
    NotTheSecretariat, ContributionMovedOn, WordsNeeded, WordsTooMany
    """
    row = _decidable(contribution, State.OUTCOME, noted_by)
    return take_step(row, State.OUTCOME, noted_by, at, words=needed_words(words))


def _decidable(
    contribution: Contribution, state: State, by: Person | None
) -> Contribution:
    """
    Return the row as it stands now, held, if `by` may bring it to `state`.

    Who decides about it elsewhere may refuse: see `decision_asked`.
    """
    row = held(contribution)
    check_secretariat(by, row.call.edition)
    _check_follows(row, state)
    check_not_decided_elsewhere(row, state)
    return row


def _check_follows(row: Contribution, state: State) -> None:
    if not may_follow(row.state, state):
        raise ContributionMovedOn(state=State(row.state).label)


def _check_appealed(row: Contribution) -> None:
    """Raise `ContributionMovedOn` of what was declined, unless an appeal waits."""
    if row.state == State.DECLINED and not queries.appeal_waits(row):
        raise ContributionMovedOn(state=State(row.state).label)


def needed_words(words: str) -> str:
    """Return words as they are kept; raise `WordsNeeded` where there are none."""
    said = note_words(words)
    if not said:
        raise WordsNeeded
    return said
