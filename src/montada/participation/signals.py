"""What participation announces."""

from django.dispatch import Signal

message_written = Signal()
"""A message waits in the outbox; sent after commit, without values."""
