"""The table of votes that anybody may take along: when it becomes a newer one."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any

import numpy as np

from montada.consultation.engine.vote_rows import (
    Prints,
    may_be_published,
    n_apart,
    packed_votes,
    prints_of,
)
from montada.consultation.engine.votes import UNGROUPED, IntArray, VoteMatrix
from montada.consultation.models import VoteTable


def keep_vote_table(
    *, edition: Any, votes: VoteMatrix, groups: IntArray, at: datetime
) -> VoteTable | None:
    """
    Publish the votes of a result, if that tells of nobody; else keep the table there
    is, and how many people's votes are not in it.

    Part of computing opinion, which leaves the audit entry. Return the table that may
    be read now; None before the first.
    """
    tables = list(VoteTable.objects.filter(edition=edition).defer("votes", "groups"))
    newest = tables[0] if tables else None
    packed = packed_votes(votes)
    now, earlier = prints_of(packed), [_prints(table) for table in tables]
    n_new = n_apart(now, earlier[0] if earlier else {})
    if n_new and may_be_published(now, earlier):
        VoteTable.objects.filter(edition=edition).update(votes=b"", groups={})
        return VoteTable.objects.create(
            edition=edition,
            number=newest.number + 1 if newest else 1,
            made_at=at,
            votes=zlib.compress(packed.tobytes()),
            prints=zlib.compress(np.array([*now.items()], np.int64).tobytes()),
            groups={
                name: int(group)
                for name, group in zip(votes.participant_ids, groups, strict=True)
                if group != UNGROUPED
            },
        )
    if newest:
        newest.n_left_out = n_new
        newest.save(update_fields=["n_left_out"])
    return newest


def _prints(table: VoteTable) -> Prints:
    stored = np.frombuffer(zlib.decompress(table.prints), np.int64)
    voters, prints = stored.reshape(-1, 2).T.tolist()
    return dict(zip(voters, prints, strict=True))
