"""What votes in files unite and divide: no table of the database is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from montada.consultation.adapters.vote_files import declared_in, votes_in
from montada.consultation.engine.opinion import Opinion, opinion


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Opinion on the votes of a file.

    `n_unknown` people voted and have no row among the participants; 0 without them.
    """

    opinion: Opinion
    n_unknown: int


def opinion_of_files(votes: Path, participants: Path | None, *, seed: int) -> Asked:
    """
    Return the opinion on a Polis export, with what its people declared if given.

    Raises
    ------
    montada.consultation.adapters.vote_files.VotesNotRead
    montada.djangokit.tables.TableNotThere and the refusals beside it
    """
    read = votes_in(votes)
    if participants is None:
        return Asked(opinion(read, seed=seed), 0)
    declared, n_unknown = declared_in(participants, read)
    return Asked(opinion(read, seed=seed, declared=declared), n_unknown)
