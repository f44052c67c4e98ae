"""What consultation announces."""

from django.dispatch import Signal

statements_opened = Signal()
"""Statements may be voted on now that nobody has read for labels; after commit."""

vote_cast = Signal()
"""A vote was cast, changed or taken back: `edition_pk`, no more; after commit."""
