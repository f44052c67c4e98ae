"""
A conversation from elsewhere: its statements and its votes, as Polis exports them.

Written a batch at a time, each batch whole or not at all, so that it can be broken off
at any moment and begun again. Nothing is doubled by that: a statement is known by its
words, and a voter by a key made of the conversation and of their number in it. Which
conversation it is, its first statement tells: a later export begins with the same one.

Our own export may come back. Its statements are here by their words; its voters who are
voters of the same edition are left alone, since what they say now they say themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.consultation.choices import VoterTier
from montada.consultation.engine.values import VoterTaken, moment_of
from montada.consultation.operations.statements_taken_in import take_statements_in
from montada.consultation.operations.votes_taken_in import take_votes_in
from montada.consultation.queries.vote_files import Conversation
from montada.consultation.queries.vote_tables import known_pseudonyms
from montada.djangokit.refusals import Refusal
from montada.framework import queries as framework

if TYPE_CHECKING:
    from montada.participation.models import Person

VOTERS_AT_ONCE = 200

Told = Callable[[int, int], None]
"""Is told how many voters are done, and of how many."""


class DeclaredUnknown(Refusal):
    code = "consultation.declared_unknown"
    message = _("“%(found)s” is none of these: %(known)s.")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """
    What became of a conversation.

    `votes` are new or changed; `votes_unchanged` were here already, those of our own
    voters among them; `votes_left_out` are on statements that moderators here or there
    did not take up.
    """

    statements: int
    statements_known: int
    statements_left_out: int
    voters: int
    votes: int
    votes_unchanged: int
    votes_left_out: int


def take_conversation_in(
    *,
    edition: Any,
    conversation: Conversation,
    taken_in_by: Person | None,
    at: datetime,
    dry_run: bool = False,
    tell: Told = lambda _done, _all: None,
) -> TakenIn:
    """
    Keep the statements and votes of a conversation in an edition.

    A dry run does everything and takes all of it back.

    Raises
    ------
    DeclaredUnknown
        Then nothing was kept.
    """
    _check_declared(conversation)
    if not dry_run:
        return _taken_in(edition, conversation, taken_in_by, at, tell)
    with transaction.atomic():
        taken = _taken_in(edition, conversation, taken_in_by, at, tell)
        transaction.set_rollback(True)
    return taken


def _taken_in(
    edition: Any,
    conversation: Conversation,
    taken_in_by: Person | None,
    at: datetime,
    tell: Told,
) -> TakenIn:
    rows, n_new = take_statements_in(
        edition=edition,
        comments=conversation.comments,
        taken_in_by=taken_in_by,
        at=at,
    )
    n_votes = n_counted = n_done = 0
    own = {str(name) for name in known_pseudonyms(edition)}
    for batch in _batches(conversation, rows):
        n_counted += sum(len(one.votes) for one in batch.values())
        voters = [one for name, one in batch.items() if name not in own]
        n_votes += take_votes_in(
            edition=edition, voters=voters, taken_in_by=taken_in_by, at=at
        )
        n_done += len(batch)
        tell(n_done, conversation.votes.n_people)
    return TakenIn(
        statements=n_new,
        statements_known=len(rows) - n_new,
        statements_left_out=len(conversation.comments) - len(rows),
        voters=n_done,
        votes=n_votes,
        votes_unchanged=n_counted - n_votes,
        votes_left_out=len(conversation.votes.values) - n_counted,
    )


def _batches(
    conversation: Conversation, rows: Mapping[str, int]
) -> Iterator[dict[str, VoterTaken]]:
    """Yield voters by their number, so many at once, with their votes on our rows."""
    source = _source(conversation)
    batch: dict[str, VoterTaken] = {}
    for row, name in enumerate(conversation.votes.participant_ids):
        batch[name] = _voter(conversation, row, rows, source)
        if len(batch) == VOTERS_AT_ONCE:
            yield batch
            batch = {}
    if batch:
        yield batch


def _voter(
    conversation: Conversation, row: int, rows: Mapping[str, int], source: str
) -> VoterTaken:
    votes, declared = conversation.votes, conversation.declared
    said: dict[int, int] = {}
    moments: dict[int, datetime] = {}
    for place in votes.of_person(row).tolist():
        pk = rows.get(votes.statement_ids[votes.statements[place]])
        if pk is not None:
            said[pk] = int(votes.values[place])
            at = moment_of(None if votes.times is None else int(votes.times[place]))
            if at:
                moments[pk] = at
    name = votes.participant_ids[row]
    return VoterTaken(
        votes=said,
        key=hashlib.sha256(f"{source} {name}".encode()).hexdigest(),
        moments=moments,
        tier=_said(declared.tiers, row) or VoterTier.PERSON,
        stakeholder_group_id=_said(declared.stakeholder_types, row) or None,
    )


def _said(column: Sequence[str] | None, row: int) -> str:
    return column[row] if column else ""


def _source(conversation: Conversation) -> str:
    """Return what tells this conversation from others, whenever it is exported."""
    first = min(
        conversation.comments, key=lambda one: (one.at or 0, len(one.id), one.id)
    )
    words = f"votes of a conversation\n{first.id}\n{first.text}"
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _check_declared(conversation: Conversation) -> None:
    declared = conversation.declared
    groups = {group.code for group in framework.stakeholder_groups()}
    for column, known in (
        (declared.stakeholder_types, groups),
        (declared.tiers, set(VoterTier.values)),
    ):
        unknown = sorted(set(column or ()) - known - {""})
        if unknown:
            raise DeclaredUnknown(found=unknown[0][:60], known=", ".join(sorted(known)))
