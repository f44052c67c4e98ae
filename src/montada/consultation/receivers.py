"""What consultation does when somebody is erased."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from montada.consultation import operations
from montada.participation.signals import person_erased


@receiver(person_erased)
def _forget_author(**announced: Any) -> None:
    operations.forget_author(person=announced["person"])
