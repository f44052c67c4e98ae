"""
What was voted on, as Polis exports it: `comments.csv`.

Columns: comment-id, comment-body, and of timestamp (milliseconds), moderated (1 taken
up, 0 not looked at, -1 not taken up), is-meta and, in our own exports, retired (1: was
voted on, and is no more) those that are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from montada.consultation.engine.reading import VotesUnreadable, moment_in
from montada.consultation.engine.votes import VoteMatrix

YES = frozenset({"1", "1.0", "true", "t", "yes"})
REJECTED = frozenset({"-1", "-1.0"})


@dataclass(frozen=True, slots=True)
class Comment:
    """
    One statement of a vote elsewhere.

    `at` is in milliseconds since 1970, None where not told. `is_rejected`: moderators
    did not take it up, or took it out again; `is_retired`: it was voted on until it was
    taken out, and its votes count.
    """

    id: str
    text: str
    at: int | None
    is_rejected: bool
    is_meta: bool
    is_retired: bool


def comments_of(rows: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[Comment, ...]:
    """
    Return the statements of a table, in its order, from numbered rows by column.

    Raises
    ------
    montada.consultation.engine.reading.VotesUnreadable
        If an id stands in two rows or is missing, or a moment is none.
    """
    found: dict[str, Comment] = {}
    for number, row in rows:
        name = row.get("comment-id", "").strip()
        if not name:
            raise VotesUnreadable("no_id", number)
        if name in found:
            raise VotesUnreadable("twice", number, name)
        at = row.get("timestamp", "").strip()
        is_retired = row.get("retired", "").strip().lower() in YES
        found[name] = Comment(
            id=name,
            text=row.get("comment-body", ""),
            at=moment_in(at, number) if at else None,
            is_rejected=not is_retired and row.get("moderated", "").strip() in REJECTED,
            is_meta=row.get("is-meta", "").strip().lower() in YES,
            is_retired=is_retired,
        )
    return tuple(found.values())


def on_what_counts(votes: VoteMatrix, comments: Sequence[Comment]) -> VoteMatrix:
    """
    Return the votes without the statements that Polis leaves out of its computation.

    These are the rejected ones, and those about the voters rather than the matter
    (meta). Their columns are gone; everybody keeps their row.
    """
    out = {one.id for one in comments if one.is_rejected or one.is_meta}
    is_kept = np.array([name not in out for name in votes.statement_ids], np.bool_)
    fewer = votes.of(is_kept[votes.statements])
    place = np.cumsum(is_kept) - 1
    return replace(
        fewer,
        statement_ids=tuple(n for n in votes.statement_ids if n not in out),
        statements=place[fewer.statements],
    )
