"""What language announces."""

from django.dispatch import Signal

texts_published = Signal()
"""Texts wait to be encoded; sent after commit, without values."""
