"""
Votes for anybody to take along, in the tables that Polis exports.

Nobody is named: who voted is a number made with a key of this installation, and moments
are cut to the day. Groups of people are told only where each has five or more. Guests
are left out, as from every ranking.

Votes are those of the last result. While others have been cast, changed or taken back
since, there are no tables (`opinion_due.is_newest`): two files would tell by their
difference which number somebody has who has just voted, and so all their votes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.utils.crypto import salted_hmac

from montada.consultation.choices import StatementState
from montada.consultation.models import OpinionPlace, Statement, Voter
from montada.consultation.queries.opinion import latest_run
from montada.consultation.queries.opinion_due import counted_votes

FEWEST = 5
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


def pseudonym(voter: Voter) -> int:
    """Return a number that stands for a voter in all tables: it leads to nobody."""
    name = f"{voter.edition_id}.{voter.pk}"
    return int(salted_hmac("consultation.voter", name).hexdigest()[:12], 16)


def votes_table(edition: Any) -> Rows:
    """Yield `votes.csv`: agree is 1, disagree -1, pass 0."""
    yield list(VOTES)
    names = {voter.pk: pseudonym(voter) for voter in _voters(edition)}
    votes = _votes(edition).values_list("statement_id", "voter_id", "value", "cast_at")
    # In the order of pseudonyms: the order of rows would tell who came when.
    for pk, voter_id, value, at in sorted(votes, key=lambda v: (v[0], names[v[1]])):
        yield [*_day(at), pk, names[voter_id], value]


def comments_table(edition: Any) -> Rows:
    """
    Yield `comments.csv`: statements in their own words; authors are not told.

    What was retired is moderated out in the sense of Polis. Its votes count here all
    the same, so a column of our own says that it was once voted on.
    """
    yield list(COMMENTS)
    run = latest_run(edition)
    told = run.result["statements"] if run else {}
    for one in Statement.objects.public().filter(edition=edition):
        counts = told.get(str(one.pk), {}).get("counts") or ("", "", "")
        state = 1 if one.state == StatementState.OPEN else -1
        said = [counts[0], counts[1], state, str(one.text), int(state < 0)]
        yield [*_day(one.written_at), one.pk, "", *said]


def participants_table(edition: Any) -> Rows:
    """Yield `participants-votes.csv`: a row a voter, a column a statement."""
    statements = Statement.objects.public().filter(edition=edition)
    ids = list(statements.values_list("pk", flat=True))
    votes: dict[int, dict[int, int]] = {}
    for pk, voter_id, value in _votes(edition).values_list(
        "statement_id", "voter_id", "value"
    ):
        votes.setdefault(voter_id, {})[pk] = value
    voters = [voter for voter in _voters(edition) if voter.pk in votes]
    declared = _declared_columns(voters)
    groups = _opinion_groups(edition)
    yield [*ABOUT_PEOPLE, *declared, *ids]
    for voter in sorted(voters, key=pseudonym):
        said = votes[voter.pk]
        values = list(said.values())
        yield [
            pseudonym(voter),
            groups.get(voter.pk, ""),
            # Who wrote what is not told, so how much somebody wrote is not either.
            0,
            len(values),
            values.count(1),
            values.count(-1),
            *(_declared(voter, column) for column in declared),
            *(said.get(pk, "") for pk in ids),
        ]


def _votes(edition: Any) -> Any:
    run, found = latest_run(edition), counted_votes(edition)
    return found.filter(cast_at__lte=run.votes_until) if run else found.none()


def _voters(edition: Any) -> list[Voter]:
    return list(Voter.objects.filter(edition=edition).select_related("country"))


def _declared_columns(voters: list[Voter]) -> tuple[str, ...]:
    """Return the columns that give nobody away: each combination is five people's."""
    for columns in (("stakeholder-group", "region"), ("stakeholder-group",)):
        combinations = Counter(
            tuple(_declared(voter, column) for column in columns) for voter in voters
        )
        if combinations and min(combinations.values()) >= FEWEST:
            return columns
    return ()


def _declared(voter: Voter, column: str) -> str:
    if column == "region":
        return (voter.country and voter.country.region_id) or ""
    return voter.stakeholder_group_id or ""


def _opinion_groups(edition: Any) -> dict[int, int | None]:
    """Return the opinion group of each voter, counted from 0 as in Polis."""
    places = OpinionPlace.objects.filter(run=latest_run(edition), group__isnull=False)
    return dict(places.values_list("voter_id", "group"))


def _day(at: datetime) -> tuple[int, str]:
    day = at.astimezone(UTC).date()
    midnight = datetime.combine(day, time(), UTC)
    return int(midnight.timestamp() * 1000), day.isoformat()
