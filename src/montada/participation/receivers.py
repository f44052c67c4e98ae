"""What participation does when allauth has changed an account."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed
from django.dispatch import receiver
from django.utils import timezone

from montada.participation import operations as participation


@receiver(email_changed)
def _note_address(user: Any, from_email_address: Any, **_more: Any) -> None:
    # allauth says it of a first address as well, when its code was written.
    if from_email_address is not None:
        participation.note_address_changed(person=user, at=timezone.now())
