"""
Votes: cast, changed, taken back. Nobody but the voter learns of a single one.

Who votes is a person, or a guest: then `person` is None and `guest_key` what
`queries.voting.key_of_guest` makes of the token that their browser keeps.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation.choices import StatementState, VoterTier, VoteValue
from montada.consultation.models import Statement, Vote, Voter
from montada.consultation.operations.statements import StatementUnknown, VotingClosed
from montada.consultation.operations.words import LONGEST_WHY, note_words
from montada.consultation.queries.statements import is_voting_open, statement_rules
from montada.consultation.queries.voting import Standing, standing, voter_of
from montada.consultation.signals import vote_cast
from montada.djangokit.refusals import Refusal
from montada.framework import queries as framework

if TYPE_CHECKING:
    from montada.participation.models import Person

MINUTE = timedelta(minutes=1)


class VoteUnknown(Refusal):
    code = "consultation.vote_unknown"
    message = _("Say agree, disagree or pass.")


class StatementRetired(Refusal):
    code = "consultation.statement_retired"
    message = _(
        "This statement is not voted on any more. Your vote was not counted; votes "
        "cast before stay."
    )


class VoteStays(Refusal):
    code = "consultation.vote_stays"
    message = _(
        "This statement is not voted on any more: votes cast before stay, and yours "
        "with them."
    )


class VotedTooFast(Refusal):
    code = "consultation.voted_too_fast"
    message = _(
        "That was more than %(most)s votes in a minute. Take a moment, then go on: "
        "nothing you said is lost."
    )


class GuestsDoNotVote(Refusal):
    code = "consultation.guests_do_not_vote"
    message = _("Sign in to vote: in this edition guests do not.")
    status = 403


class GroupUnknown(Refusal):
    code = "consultation.group_unknown"
    message = _("Choose a stakeholder group and a country from the lists.")


def cast_vote(  # noqa: PLR0913 - a vote has that many sides
    *,
    statement: Statement,
    person: Person | None,
    value: int,
    at: datetime,
    guest_key: str = "",
    is_important: bool = False,
    why: str = "",
    shown_with: float | None = None,
) -> Vote:
    """
    Keep what somebody says to a statement; an earlier word on it is replaced.

    Not one transaction: while one vote is written all others wait, so that only the
    writing is.

    The trail learns nothing of it: a vote is secret. What is shown of votes is the last
    result that was computed, and that leaves an entry.

    Parameters
    ----------
    value
        1 agrees, -1 disagrees, 0 passes.
    shown_with : 0 to 1
        The chance with which the statement was drawn for them.

    Raises
    ------
    VoteUnknown, WordsTooMany, StatementUnknown, StatementRetired, VotingClosed
    VotedTooFast, GuestsDoNotVote
    """
    if value not in VoteValue.values:
        raise VoteUnknown
    why, edition_pk = note_words(why, longest=LONGEST_WHY), statement.edition_id
    before = standing(statement, person, guest_key, since=at - MINUTE)
    _require_open(edition_pk, before, at)
    rules = statement_rules(edition_pk)
    if not (person or (guest_key and rules.guests_vote)):
        raise GuestsDoNotVote
    if before.n_recent >= rules.votes_a_minute:
        raise VotedTooFast(most=rules.votes_a_minute)
    vote = Vote(
        pk=before.vote,
        voter_id=before.voter or _new_voter(edition_pk, person, guest_key, at).pk,
        statement=statement,
        value=value,
        is_important=is_important,
        why=why,
        shown_with=shown_with,
        n_passes=before.n_passes + (value == VoteValue.PASS),
        cast_at=at,
    )
    _keep(vote)
    announce(edition_pk)
    return vote


@transaction.atomic
def take_back_vote(
    *, statement: Statement, person: Person | None, at: datetime, guest_key: str = ""
) -> bool:
    """
    Forget what somebody said to a statement; return whether they had said anything.

    Raises
    ------
    VotingClosed, VoteStays
    """
    if not is_voting_open(statement.edition_id, at):
        raise VotingClosed
    retired = Statement.objects.filter(state=StatementState.RETIRED)
    if retired.filter(pk=statement.pk).exists():
        # It could never be cast again.
        raise VoteStays
    voter = voter_of(statement.edition_id, person, guest_key)
    mine = Vote.objects.filter(statement=statement, voter=voter)
    was_there = bool(voter and mine.delete()[0])
    if was_there:
        announce(statement.edition_id)
    return was_there


@transaction.atomic
def take_guest_over(*, person: Person, guest_key: str, at: datetime) -> int:
    """
    Make a guest's votes those of the person they turn out to be; return how many.

    Where the person has voted, their own vote stays and the guest's is forgotten: one
    vote a person and statement, whatever the door. Where voting is over, nothing moves.
    """
    n_taken = 0
    guests = Voter.objects.select_for_update().filter(guest_key=guest_key)
    for guest in guests if guest_key else ():
        if not is_voting_open(guest.edition_id, at):
            continue
        own = _voter(guest.edition_id, person, at)
        said = Vote.objects.filter(voter=own).values("statement")
        # A list: the table that is written cannot be asked at the same time.
        new = list(guest.votes.exclude(statement__in=said).values_list("pk", flat=True))
        n_taken += Vote.objects.filter(pk__in=new).update(voter=own)
        guest.delete()
        announce(guest.edition_id)
    return n_taken


@transaction.atomic
def declare_group(
    *,
    edition: Any,
    person: Person,
    stakeholder_group_id: str | None,
    country_id: str | None,
    at: datetime,
) -> Voter:
    """
    Say as what a person's votes are counted: a stakeholder group, a country, or none.

    Raises
    ------
    GroupUnknown, VotingClosed
    """
    if not is_voting_open(edition.pk, at):
        raise VotingClosed
    groups = {group.code for group in framework.stakeholder_groups()}
    if stakeholder_group_id is not None and stakeholder_group_id not in groups:
        raise GroupUnknown
    if country_id is not None and framework.country(country_id) is None:
        raise GroupUnknown
    voter = _voter(edition.pk, person, at)
    voter.stakeholder_group_id, voter.country_id = stakeholder_group_id, country_id
    voter.save(update_fields=["stakeholder_group", "country"])
    audit.record(
        action="consultation.voter_declared",
        actor=person,
        subject=edition,
        at=at,
        details={"group": stakeholder_group_id, "country": country_id},
    )
    announce(edition.pk)
    return voter


def _require_open(edition_pk: int, before: Standing, at: datetime) -> None:
    if before.state not in (StatementState.OPEN, StatementState.RETIRED):
        raise StatementUnknown
    if before.state == StatementState.RETIRED:
        raise StatementRetired
    if not is_voting_open(edition_pk, at):
        raise VotingClosed


def _voter(edition_pk: int, person: Person, at: datetime) -> Voter:
    found = Voter.objects.filter(edition=edition_pk, person=person).first()
    return found or _new_voter(edition_pk, person, "", at)


def _new_voter(
    edition_pk: int, person: Person | None, guest_key: str, at: datetime
) -> Voter:
    """Count somebody from now on; through another door they may just have begun."""
    organisation = person.organisation if person else None
    group = organisation.stakeholder_group_id if organisation else None
    of_person = VoterTier.ORGANISATION if group else VoterTier.PERSON
    made, _is_new = Voter.objects.get_or_create(
        edition_id=edition_pk,
        **({"person": person} if person else {"guest_key": guest_key}),
        defaults={
            "tier": of_person if person else VoterTier.GUEST,
            "stakeholder_group_id": group,
            "country_id": organisation.country_id if organisation else None,
            "since": at,
        },
    )
    return made


def _keep(vote: Vote) -> None:
    """
    Write a vote in place of the one before; of two doors at once the later one stays.

    One statement and no transaction around it: all others wait while a vote is written.
    """
    try:
        vote.save()
    except IntegrityError:
        before = Vote.objects.filter(voter=vote.voter_id, statement=vote.statement_id)
        vote.pk = before.values_list("pk", flat=True).get()
        vote.save()


def announce(edition_pk: int) -> None:
    """Say that votes changed, once they are kept."""
    transaction.on_commit(
        lambda: vote_cast.send_robust(sender=Vote, edition_pk=edition_pk)
    )
