"""Everything that is read from the programme tables, and in what shape."""

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

__all__ = [
    "FACETS",
    "Identity",
    "Narrowed",
    "Option",
    "by_day",
    "identity_of",
    "n_sessions",
    "narrowed_sessions",
    "session",
    "sessions",
    "sessions_by_identity",
    "sessions_of",
    "title_key",
    "types_in",
]
