"""What an installation announces to its features."""

from django.dispatch import Signal

worker_started = Signal()
"""A process begins to do what waits; work that an earlier one left is put in again."""
