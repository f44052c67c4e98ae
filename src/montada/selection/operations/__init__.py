"""Everything that can happen to prizes and awards."""

from montada.selection.operations.prizes import import_prizes

__all__ = ["import_prizes"]
