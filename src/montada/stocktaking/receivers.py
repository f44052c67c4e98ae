"""Who hears of an entry that was sent, and of one that is in the register."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from montada.stocktaking import operations
from montada.stocktaking.signals import version_published, version_submitted


@receiver(version_submitted)
def _tell_of_entry(**announced: Any) -> None:
    operations.tell_of_entry(version=announced["version"], at=announced["at"])


@receiver(version_published)
def _tell_of_publication(**announced: Any) -> None:
    operations.tell_of_publication(version=announced["version"], at=announced["at"])
