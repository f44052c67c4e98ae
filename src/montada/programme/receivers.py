"""What programme does about people, organisations and requests below it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from montada.consultation.signals import (
    appeal_until_asked,
    decision_asked,
    standings_asked,
    taken_apart,
)
from montada.participation.signals import organisations_merging, person_erased
from montada.programme import operations
from montada.programme.operations.organisers import join_organisers
from montada.programme.operations.requests import check_decided_here
from montada.programme.operations.withdrawing import take_apart
from montada.programme.queries.requests import appeal_until_of, standings_of


@receiver(person_erased)
def _forget_person(**announced: Any) -> None:
    person, addresses = announced["person"], announced["addresses"]
    operations.forget_person(person=person, addresses=addresses)


@receiver(organisations_merging)
def _join_organisers(kept: Any, merged: Any, **_announced: Any) -> None:
    join_organisers(kept=kept, merged=merged)


@receiver(decision_asked)
def _check_decided_here(contribution: Any, state: str, **_more: Any) -> None:
    check_decided_here(contribution=contribution, state=state)


@receiver(taken_apart)
def _take_apart(contribution: Any, at: datetime, **_more: Any) -> None:
    take_apart(contribution=contribution, at=at)


@receiver(appeal_until_asked)
def _appeal_until(contribution: Any, decided_at: datetime, **_more: Any) -> Any:
    return appeal_until_of(contribution, decided_at)


@receiver(standings_asked)
def _standings(contributions: Any, reader: Any, **_more: Any) -> Any:
    return standings_of(contributions, reader)


@receiver(user_logged_in)
def _take_profile_over(sender: Any, request: Any, user: Any, **_more: Any) -> None:
    operations.take_profile_over(person=user)
