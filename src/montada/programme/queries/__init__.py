"""Everything that is read from the programme tables, and in what shape."""

from montada.programme.engine.shares.endowments import ENDOWMENTS
from montada.programme.queries.narrowing import (
    FACETS,
    Narrowed,
    Option,
    by_day,
    narrowed_sessions,
    types_in,
)
from montada.programme.queries.sessions import (
    Identity,
    identity_of,
    n_sessions,
    session,
    sessions,
    sessions_by_identity,
    sessions_of,
    title_key,
)
from montada.programme.queries.shares import Shares, shares_of
from montada.programme.queries.timetables import (
    Effort,
    checked_timetable,
    explained_timetable,
    placements_in,
    problem_in,
    solved_timetable,
    taken_programme,
)

__all__ = [
    "ENDOWMENTS",
    "FACETS",
    "Effort",
    "Identity",
    "Narrowed",
    "Option",
    "Shares",
    "by_day",
    "checked_timetable",
    "explained_timetable",
    "identity_of",
    "n_sessions",
    "narrowed_sessions",
    "placements_in",
    "problem_in",
    "session",
    "sessions",
    "sessions_by_identity",
    "sessions_of",
    "shares_of",
    "solved_timetable",
    "taken_programme",
    "title_key",
    "types_in",
]
