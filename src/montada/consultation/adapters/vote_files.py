"""Files of votes and of who voted: opened with care, what is wrong said in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from montada.consultation.engine.comments import Comment, comments_of
from montada.consultation.engine.opinion import Declared
from montada.consultation.engine.reading import (
    VotesUnreadable,
    Wrong,
    declared_of,
    votes_of,
)
from montada.consultation.engine.votes import VoteMatrix
from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import (
    TableNotThere,
    TableUnreadable,
    numbered,
    rows_of,
    rows_of_csv,
)

_WRONG: dict[Wrong, str | Promise] = {
    "empty": _("The file is empty: there is no head with the names of columns."),
    "columns": _(
        "These are no votes: a table of votes has the columns voter-id, comment-id and "
        "vote, or participant and a column for each statement. This one has: %(found)s."
    ),
    "twice": _("Row %(row)s: “%(found)s” stands twice."),
    "no_vote": _(
        "Row %(row)s: “%(found)s” is no vote. A vote is 1 (agree), -1 (disagree) or 0 "
        "(pass)."
    ),
    "no_id": _("Row %(row)s has no id."),
    "no_time": _("Row %(row)s: “%(found)s” is no timestamp."),
    "too_large": _(
        "There are too many votes: at most 20 million, and people times statements at "
        "most 200 million."
    ),
}


class VotesNotRead(Refusal):
    code = "consultation.votes_not_read"
    message = "%(why)s"


def votes_in(path: Path) -> VoteMatrix:
    """
    Return the votes of a Polis export, long or wide.

    Raises
    ------
    VotesNotRead, TableNotThere, TableUnreadable, TableMalformed
    """

    def rows() -> Iterator[list[str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from rows_of_csv(file)

    try:
        return votes_of(rows())
    except VotesUnreadable as wrong:
        raise _refused(wrong) from None
    except UnicodeDecodeError as error:
        raise TableUnreadable(byte=error.start) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise TableNotThere(path=path, why=why) from None


def declared_in(path: Path, votes: VoteMatrix) -> tuple[Declared, int]:
    """
    Return what the people of the votes declared, and how many have no row.

    Raises
    ------
    VotesNotRead, TableNotThere, TableUnreadable, TableMalformed
    montada.djangokit.tables.ColumnsMissing
        If there is no column `id`.
    montada.djangokit.tables.ColumnsTwice, ColumnNameless, CellsBeyond
    """
    rows = list(numbered(rows_of(path, ["id"])))
    try:
        declared = declared_of(rows, votes)
    except VotesUnreadable as wrong:
        raise _refused(wrong) from None
    known = {row["id"] for _number, row in rows}
    return declared, sum(name not in known for name in votes.participant_ids)


def comments_in(path: Path) -> tuple[Comment, ...]:
    """
    Return the statements of a Polis export.

    Raises
    ------
    VotesNotRead, TableNotThere, TableUnreadable, TableMalformed
    montada.djangokit.tables.ColumnsMissing
        If there is no column `comment-id` or `comment-body`.
    montada.djangokit.tables.ColumnsTwice, ColumnNameless, CellsBeyond
    """
    rows = rows_of(path, ["comment-id", "comment-body"])
    try:
        return comments_of(numbered(rows))
    except VotesUnreadable as wrong:
        raise _refused(wrong) from None


def _refused(wrong: VotesUnreadable) -> VotesNotRead:
    said = str(_WRONG[wrong.wrong]) % {"row": wrong.row, "found": wrong.found}
    return VotesNotRead(why=said)
