"""Everything that programs may ask of the register and tell it."""

from __future__ import annotations

# In this order: `/drafts` and `/imports` would be slugs to what comes last.
from montada.stocktaking.api import drafts, imports, reads, remarks
from montada.stocktaking.api.router import router

__all__ = ["drafts", "imports", "reads", "remarks", "router"]
