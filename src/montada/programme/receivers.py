"""What programme does when somebody comes in, and when somebody is erased."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from montada.participation.signals import person_erased
from montada.programme import operations


@receiver(person_erased)
def _forget_person(**announced: Any) -> None:
    operations.forget_person(person=announced["person"])


@receiver(user_logged_in)
def _take_profile_over(sender: Any, request: Any, user: Any, **_more: Any) -> None:
    operations.take_profile_over(person=user)
