"""
Votes and what people declared, as tables: Polis' exports, and ours in the same form.

Long tables have a row for each vote (`votes.csv`: timestamp, datetime, comment-id,
voter-id, vote), wide ones a row for each person and a column for each statement
(`participants-votes.csv`: participant, group-id, n-comments, n-votes, n-agree,
n-disagree, then the ids of statements; an empty cell is a statement not seen). Agreeing
is 1, disagreeing -1, a pass 0.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import numpy as np

from montada.consultation.engine.opinion import Declared
from montada.consultation.engine.votes import VoteMatrix, vote_matrix

PEOPLE = ("voter-id", "participant", "participant_id", "pid")
STATEMENTS = ("comment-id", "statement", "statement_id", "tid")
NOT_STATEMENTS = {
    "xid",
    "group-id",
    "n-comments",
    "n-votes",
    "n-agree",
    "n-disagree",
    "n-pass",
    "stakeholder-group",
    "region",
    "",
}
VALUES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1, "+1": 1, "-0": 0}

MOST_CELLS = 200_000_000
"""People times statements: twice 100,000 people on 1,000 statements."""

MOST_VOTES = 20_000_000
LONGEST_SHOWN = 60

Wrong = Literal["empty", "columns", "twice", "no_vote", "no_id", "no_time", "too_large"]


class VotesUnreadable(ValueError):
    """What is wrong with a table, in which row (the head is 1), and what is there."""

    def __init__(self, wrong: Wrong, row: int = 1, found: str = "") -> None:
        super().__init__(f"{wrong} in row {row}: {found!r}")
        self.wrong, self.row, self.found = wrong, row, found[:LONGEST_SHOWN]


def votes_of(rows: Iterable[Sequence[str]]) -> VoteMatrix:
    """
    Return the votes of a long or a wide table; the first row is its head.

    Of several votes of a person on a statement the last counts: by `timestamp` where
    every row has one, else by its place in the table.

    Raises
    ------
    VotesUnreadable
    """
    numbered = enumerate(rows, start=1)
    head = [name.strip() for name in next(numbered, (1, []))[1]]
    if not any(head):
        raise VotesUnreadable("empty")
    person = next((name for name in PEOPLE if name in head), None)
    statement = next((name for name in STATEMENTS if name in head), None)
    if person and statement and "vote" in head:
        names = [person, statement, "vote", "timestamp"]
        places = [head.index(name) if name in head else -1 for name in names]
        return _Reader().long(numbered, places)
    if person and "vote" not in head:
        return _Reader().wide(numbered, head, head.index(person))
    raise VotesUnreadable("columns", found=", ".join(head))


def declared_of(
    rows: Iterable[tuple[int, Mapping[str, str]]], votes: VoteMatrix
) -> Declared:
    """
    Return what the people of the votes declared, from numbered rows by column.

    Columns: id, and of stakeholder_type, region and tier those that are there. People
    without a row declared nothing; rows of people who did not vote are left out.

    Raises
    ------
    VotesUnreadable
        If an id stands in two rows, or is missing.
    """
    of: dict[str, Mapping[str, str]] = {}
    for number, row in rows:
        name = row.get("id", "").strip()
        if not name:
            raise VotesUnreadable("no_id", number)
        if name in of:
            raise VotesUnreadable("twice", number, name)
        of[name] = row

    def column(name: str) -> list[str] | None:
        if not any(name in row for row in of.values()):
            return None
        nothing: Mapping[str, str] = {}
        return [of.get(p, nothing).get(name, "").strip() for p in votes.participant_ids]

    return Declared(column("stakeholder_type"), column("region"), column("tier"))


class _Reader:
    """Votes as they are read: numbers of people and statements, values, moments."""

    def __init__(self) -> None:
        self.people: dict[str, int] = {}
        self.statements: dict[str, int] = {}
        self.rows, self.columns = array("l"), array("l")
        self.values, self.times = array("b"), array("q")

    def long(
        self, rows: Iterator[tuple[int, Sequence[str]]], places: Sequence[int]
    ) -> VoteMatrix:
        person, statement, vote, time = places
        last = max(places)
        for number, row in rows:
            if not any(row):
                continue
            whole = row if len(row) > last else [*row, *[""] * (last + 1 - len(row))]
            self._add(
                whole[person].strip(), whole[statement].strip(), whole[vote], number
            )
            if time >= 0 and (moment := whole[time].strip()):
                self.times.append(moment_in(moment, number))
        return self._votes()

    def wide(
        self,
        rows: Iterator[tuple[int, Sequence[str]]],
        head: Sequence[str],
        person: int,
    ) -> VoteMatrix:
        names = [
            (place, name)
            for place, name in enumerate(head)
            if place != person and name not in NOT_STATEMENTS
        ]
        for _place, name in names:
            if name in self.statements:
                raise VotesUnreadable("twice", found=name)
            self.statements[name] = len(self.statements)
        for number, row in rows:
            if not any(row):
                continue
            whole = [*row, *[""] * (len(head) - len(row))]
            who = whole[person].strip()
            if who in self.people:
                raise VotesUnreadable("twice", number, who)
            self._person(who, number)
            for place, name in names:
                if (vote := whole[place]) and vote.strip():
                    self._add(who, name, vote, number)
        return self._votes()

    def _person(self, name: str, number: int) -> int:
        if not name:
            raise VotesUnreadable("no_id", number)
        return self.people.setdefault(name, len(self.people))

    def _add(self, person: str, statement: str, vote: str, number: int) -> None:
        value = VALUES.get(vote)
        if value is None and (value := VALUES.get(vote.strip())) is None:
            raise VotesUnreadable("no_vote", number, vote)
        if not statement:
            raise VotesUnreadable("no_id", number)
        if len(self.values) >= MOST_VOTES:
            raise VotesUnreadable("too_large", number)
        self.rows.append(self._person(person, number))
        self.columns.append(self.statements.setdefault(statement, len(self.statements)))
        self.values.append(value)

    def _votes(self) -> VoteMatrix:
        if len(self.people) * len(self.statements) > MOST_CELLS:
            raise VotesUnreadable("too_large", len(self.rows))
        has_times = len(self.times) == len(self.values)
        return vote_matrix(
            people=np.array(self.rows, np.int64),
            statements=np.array(self.columns, np.int64),
            values=np.array(self.values, np.int8),
            times=np.array(self.times, np.int64) if has_times else None,
            participant_ids=self.people,
            statement_ids=self.statements,
        )


def moment_in(written: str, number: int) -> int:
    """
    Return a timestamp of a row, in milliseconds since 1970.

    Raises
    ------
    VotesUnreadable
    """
    try:
        moment = int(float(written)) if "." in written else int(written)
    except (ValueError, OverflowError):
        moment = -1
    if not 0 <= moment < 2**62:
        raise VotesUnreadable("no_time", number, written)
    return moment
