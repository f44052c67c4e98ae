"""What the desk does when something happens below it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from montada.desk import operations
from montada.participation.signals import organisations_merged, person_erased


@receiver(person_erased)
def _forget(person: Any, **_announced: Any) -> None:
    operations.forget(person=person)


@receiver(organisations_merged)
def _follow_kept(kept: Any, merged: Any, **_announced: Any) -> None:
    operations.follow_kept(kept=kept, merged=merged)
