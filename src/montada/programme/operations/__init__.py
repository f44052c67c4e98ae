"""Everything that can happen to the programme: every write is a function here."""

from montada.programme.operations.importing import import_sessions
from montada.programme.operations.publishing import publish_sessions

__all__ = ["import_sessions", "publish_sessions"]
