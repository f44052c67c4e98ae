"""What others are told of the programme."""

from django.dispatch import Signal

programme_released = Signal()
"""A release was published; letters about it are still to be written."""

solver_asked = Signal()
"""Somebody wants a plan solved; after commit."""
