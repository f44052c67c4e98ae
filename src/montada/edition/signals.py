"""What edition announces, after commit, with ids only."""

from django.dispatch import Signal

edition_moved_online = Signal()
"""Sent with `edition_id`: sessions in rooms are now sessions behind links."""
