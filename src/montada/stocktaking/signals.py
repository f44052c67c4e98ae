"""What stocktaking announces."""

from django.dispatch import Signal

projects_recorded = Signal()
"""Projects are new in the register; sent after commit, without values."""
