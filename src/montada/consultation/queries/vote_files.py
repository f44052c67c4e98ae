"""Votes in files, and what they unite and divide: no table of the database is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from montada.consultation.adapters.vote_files import comments_in, declared_in, votes_in
from montada.consultation.engine.comments import Comment, on_what_counts
from montada.consultation.engine.opinion import Declared, Opinion, opinion
from montada.consultation.engine.votes import VoteMatrix
from montada.djangokit.refusals import Refusal

MOST_NAMED = 10
"""Statements that a refusal lists."""


class StatementsUnknown(Refusal):
    code = "consultation.statements_unknown"
    message = _("Votes are on statements that comments.csv does not have: %(ids)s.")


class WordsNotThere(Refusal):
    code = "consultation.words_not_there"
    message = _(
        "Nobody knows what was voted on: put comments.csv beside the votes, or name it "
        "with --comments."
    )


class NoVotes(Refusal):
    code = "consultation.no_votes"
    message = _("too few: there is no vote in the file.")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Opinion on the votes of a file.

    `n_unknown` people voted and have no row among the participants; 0 without them.
    `comments` are empty where none were given.
    """

    opinion: Opinion
    n_unknown: int
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """Votes that were cast elsewhere, on what, and what the voters declared."""

    votes: VoteMatrix
    comments: tuple[Comment, ...]
    declared: Declared


def opinion_of_files(
    votes: Path, participants: Path | None, comments: Path | None = None, *, seed: int
) -> Asked:
    """
    Return the opinion on a Polis export, with what its people declared if given.

    With its comments, what moderators rejected and what is meta is left out.

    Raises
    ------
    montada.consultation.adapters.vote_files.VotesNotRead
    montada.djangokit.tables.TableNotThere and the refusals beside it
    StatementsUnknown
    """
    read, told = votes_in(votes), comments_in(comments) if comments else ()
    if comments:
        _check_known(read, told)
        read = on_what_counts(read, told)
    if participants is None:
        return Asked(opinion(read, seed=seed), 0, told)
    declared, n_unknown = declared_in(participants, read)
    return Asked(opinion(read, seed=seed, declared=declared), n_unknown, told)


def conversation_in(
    path: Path, participants: Path | None = None, comments: Path | None = None
) -> Conversation:
    """
    Return a Polis export: a folder as it is exported, or a file of votes.

    Raises
    ------
    WordsNotThere, StatementsUnknown, NoVotes
    and what `opinion_of_files` raises
    """
    votes_file, beside = path, path.with_name("comments.csv")
    if path.is_dir():
        long, wide = path / "votes.csv", path / "participants-votes.csv"
        # A folder with neither is told about the one that is looked for first.
        votes_file = wide if wide.exists() and not long.exists() else long
        beside = path / "comments.csv"
    votes = votes_in(votes_file)
    words = comments or (beside if beside.exists() else None)
    if not len(votes.values):
        raise NoVotes
    if words is None:
        raise WordsNotThere
    told = comments_in(words)
    _check_known(votes, told)
    declared = declared_in(participants, votes)[0] if participants else Declared()
    return Conversation(votes, told, declared)


def _check_known(votes: VoteMatrix, comments: tuple[Comment, ...]) -> None:
    known = {one.id for one in comments}
    n_votes = votes.n_votes_by_statement()
    unknown = [
        name
        for name, n in zip(votes.statement_ids, n_votes, strict=True)
        if n and name not in known
    ]
    if unknown:
        more = "…" if len(unknown) > MOST_NAMED else ""
        raise StatementsUnknown(ids=", ".join(unknown[:MOST_NAMED]) + more)
