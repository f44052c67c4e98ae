"""
Votes for anybody to take along, in the tables that Polis exports.

Nobody is named: who voted is a number that is drawn anew for each table with a key of
this installation. Guests are left out, as from every ranking. When somebody voted, and
what they declared, is in no row: with either, who knows a person could tell their row.

A table is what `operations.vote_tables` published, and stays while fewer than five
people's votes are new (`engine.vote_rows`).
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

import numpy as np
from django.utils.crypto import salted_hmac

from montada.consultation.choices import StatementState, VoteValue
from montada.consultation.engine.groups import SMALLEST_GROUP
from montada.consultation.engine.vote_rows import unpacked_votes
from montada.consultation.engine.votes import IntArray
from montada.consultation.models import Statement, Voter, VoteTable

Rows = Iterator[list[Any]]

VOTES = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
COMMENTS = (
    "timestamp",
    "datetime",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
    "retired",
)
ABOUT_PEOPLE = (
    "participant",
    "group-id",
    "n-comments",
    "n-votes",
    "n-agree",
    "n-disagree",
)


def vote_table(edition: Any) -> VoteTable | None:
    """Return the table that may be read now, without its votes; None before one."""
    found = VoteTable.objects.filter(edition=edition)
    return found.defer("votes", "prints", "groups").first()


def pseudonym(table: VoteTable, voter_pk: int) -> int:
    """Return a number that stands for a voter in one table: it leads to nobody."""
    name = f"{table.edition_id}.{table.number}.{voter_pk}"
    return int(salted_hmac("consultation.voter", name).hexdigest()[:12], 16)


def known_pseudonyms(edition: Any) -> set[int]:
    """Return the numbers of all voters in all tables there were of an edition."""
    tables = list(VoteTable.objects.filter(edition=edition).only("edition", "number"))
    voters = Voter.objects.filter(edition=edition).values_list("pk", flat=True)
    return {pseudonym(table, pk) for pk in voters for table in tables}


def votes_table(edition: Any) -> Rows:
    """Yield `votes.csv`: agree is 1, disagree -1, pass 0; moments are the table's."""
    yield list(VOTES)
    table, voters, statements, values = _published(edition)
    if table is None:
        return
    pks, place = np.unique(voters, return_inverse=True)
    drawn = np.array([pseudonym(table, pk) for pk in pks.tolist()], np.int64)
    names, day = drawn[place], _day(table.made_at)
    # In the order of pseudonyms: the order of rows would tell who came when.
    order = np.lexsort((names, statements))
    rows = (column[order].tolist() for column in (statements, names, values))
    for row in zip(*rows, strict=True):
        yield [*day, *row]


def comments_table(edition: Any) -> Rows:
    """
    Yield `comments.csv`: statements in their own words; authors are not told.

    What was retired is moderated out in the sense of Polis. Its votes count here all
    the same, so a column of our own says that it was once voted on.
    """
    yield list(COMMENTS)
    _table, _voters, statements, values = _published(edition)
    seen, agree, disagree = (
        Counter(statements[chosen].tolist())
        for chosen in (
            np.ones(len(values), np.bool_),
            values == VoteValue.AGREE,
            values == VoteValue.DISAGREE,
        )
    )
    for row in Statement.objects.public().filter(edition=edition):
        is_shown = seen[row.pk] >= SMALLEST_GROUP
        counts = (agree[row.pk], disagree[row.pk]) if is_shown else ("", "")
        state = 1 if row.state == StatementState.OPEN else -1
        said = [*counts, state, str(row.text), int(state < 0)]
        yield [*_day(row.written_at), row.pk, "", *said]


def participants_table(edition: Any) -> Rows:
    """Yield `participants-votes.csv`: a row a voter, a column a statement."""
    public = Statement.objects.public().filter(edition=edition)
    ids = list(public.values_list("pk", flat=True))
    yield [*ABOUT_PEOPLE, *ids]
    table, *columns = _published(edition)
    if table is None:
        return
    said: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for pk, one, value in zip(*(each.tolist() for each in columns), strict=True):
        said[pk][one] = value
    for name, pk in sorted((pseudonym(table, pk), pk) for pk in said):
        values = list(said[pk].values())
        yield [
            name,
            table.groups.get(str(pk), ""),
            # Who wrote what is not told, so how much somebody wrote is not either.
            0,
            len(values),
            values.count(VoteValue.AGREE),
            values.count(VoteValue.DISAGREE),
            *(said[pk].get(one, "") for one in ids),
        ]


def _published(edition: Any) -> tuple[VoteTable | None, IntArray, IntArray, IntArray]:
    """Return the table that is read now; voter, statement and value of each vote."""
    table = VoteTable.objects.filter(edition=edition).defer("prints").first()
    stored = zlib.decompress(table.votes) if table else b""
    return table, *unpacked_votes(np.frombuffer(stored, np.int64))


def _day(at: datetime) -> tuple[int, str]:
    day = at.astimezone(UTC).date()
    midnight = datetime.combine(day, time(), UTC)
    return int(midnight.timestamp() * 1000), day.isoformat()
