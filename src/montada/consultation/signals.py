"""What consultation announces."""

from django.dispatch import Signal

vote_cast = Signal()
"""A vote was cast, changed or taken back: `edition_pk`, no more; after commit."""
