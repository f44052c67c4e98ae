"""Who hears of an entry, sent or in the register, and what an erased person leaves."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from montada.participation.signals import person_erased
from montada.stocktaking import operations
from montada.stocktaking.signals import version_published, version_submitted


@receiver(person_erased)
def _forget_person(person: Any, **announced: Any) -> None:
    operations.forget_person(
        person=person, addresses=announced["addresses"], at=person.erased_at
    )


@receiver(version_submitted)
def _tell_of_entry(**announced: Any) -> None:
    operations.tell_of_entry(version=announced["version"], at=announced["at"])


@receiver(version_published)
def _tell_of_publication(**announced: Any) -> None:
    operations.tell_of_publication(version=announced["version"], at=announced["at"])
