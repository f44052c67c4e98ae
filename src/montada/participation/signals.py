"""What participation announces."""

from django.dispatch import Signal

message_written = Signal()
"""A message waits in the outbox; sent after commit, without values."""

person_erased = Signal()
"""
A person was erased: `person`, and `addresses`, under which others may have noted them;
sent inside the decision.
"""

organisations_merging = Signal()
"""
Two records become one organisation: `kept`, `merged`; sent inside the decision, before
what points to one points to the other.
"""

organisations_merged = Signal()
"""Two records were one organisation: `kept`, `merged`; sent inside the decision."""
