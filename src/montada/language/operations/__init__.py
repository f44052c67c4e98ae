"""Everything that can happen to the index: every write is a function here."""

from montada.language.operations.embedding import Embedded, embed_waiting, note_encoded
from montada.language.operations.publishing import publish, withdraw

__all__ = ["Embedded", "embed_waiting", "note_encoded", "publish", "withdraw"]
