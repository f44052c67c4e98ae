"""Profiles of speakers, corrected by whom they are of, and when they can be there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Availability, Speaker
from montada.programme.operations.finding_speakers import check_zone, speaker_columns
from montada.programme.queries.proposals import runs_programme
from montada.programme.queries.rules import days_of
from montada.programme.queries.speakers import editions_asking

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_TIMES = 30
ALL_AROUND = timedelta(days=2)
"""Before the first day and after the last, in which a time may lie."""


class NotYourProfile(Refusal):
    code = "programme.not_your_profile"
    message = _(
        "Only the speaker changes a profile, and the secretariat of a forum at which "
        "they are asked to speak."
    )
    status = 403


class TimesWrong(Refusal):
    code = "programme.times_wrong"
    message = _(
        "Times end after they begin and lie in the days of the forum; at most 30 of "
        "them."
    )


@transaction.atomic
def change_profile(
    *,
    speaker: Speaker,
    facts: SpeakerFacts,
    changed_by: Person | None,
    at: datetime,
) -> Speaker:
    """
    Correct a profile; its address stays: it is by what the speaker is known.

    Nobody (None) is the one who holds the key of a letter to this speaker.

    Raises
    ------
    NotYourProfile, SpeakerNameMissing, SpeakerFactUnknown, WordsTooMany
    """
    row = Speaker.objects.select_for_update().get(pk=speaker.pk)
    _check_theirs(row, changed_by)
    columns = speaker_columns(facts, at)
    del columns["email"]
    different = [n for n, value in columns.items() if getattr(row, n) != value]
    if not different:
        return row
    for name in different:
        setattr(row, name, columns[name])
    row.save(update_fields=different)
    audit.record(
        action="programme.profile_changed",
        actor=changed_by,
        subject=row,
        at=at,
        details={"columns": sorted(different)},
    )
    return row


@transaction.atomic
def set_availability(
    *,
    edition: Any,
    speaker: Speaker,
    times: Sequence[tuple[datetime, datetime]],
    zone: str | None = None,
    set_by: Person | None,
    at: datetime,
) -> list[Availability]:
    """
    Say in which times a speaker can be there; none for always.

    Times are moments that know their zone; `zone` is the speaker's own from now on,
    None for as it was. Nobody (None) is who holds the key.

    Raises
    ------
    NotYourProfile, TimesWrong, SpeakerFactUnknown
    """
    row = Speaker.objects.select_for_update().get(pk=speaker.pk)
    _check_theirs(row, set_by, edition)
    wanted = sorted(set(times))
    _check_times(edition, wanted)
    is_new_zone = zone is not None and zone != row.timezone
    if zone is not None and is_new_zone:
        check_zone(zone)
        row.timezone = zone
        row.save(update_fields=["timezone"])
    now = Availability.objects.filter(edition=edition, speaker=row)
    is_as_it_was = list(now.values_list("starts_at", "ends_at")) == wanted
    if is_as_it_was and not is_new_zone:
        return list(now)
    now.delete()
    kept = Availability.objects.bulk_create(
        Availability(edition=edition, speaker=row, starts_at=starts, ends_at=ends)
        for starts, ends in wanted
    )
    audit.record(
        action="programme.availability_set",
        actor=set_by,
        subject=row,
        at=at,
        details={"edition": edition.slug, "times": len(kept)},
    )
    return kept


def _check_theirs(row: Speaker, person: Person | None, edition: Any = None) -> None:
    """
    Raise `NotYourProfile` unless somebody is the speaker or runs where they are asked.

    With `edition` that one alone.
    """
    if person is None or row.person_id == person.pk:
        return
    asking = editions_asking(row).values()
    here = [one for one in asking if edition is None or one == edition]
    if not any(runs_programme(person, one) for one in here):
        raise NotYourProfile


def _check_times(edition: Any, times: Sequence[tuple[datetime, datetime]]) -> None:
    days = days_of(edition)
    if len(times) > MOST_TIMES or (times and not days):
        raise TimesWrong
    for starts, ends in times:
        first = days[0] - ALL_AROUND
        last = days[-1] + ALL_AROUND
        if not first <= starts.date() <= ends.date() <= last or starts >= ends:
            raise TimesWrong


@transaction.atomic
def take_profile_over(*, person: Person) -> None:
    """
    Give somebody who signed in the profile that was made under their address.

    Signing in proves the address. It is no decision: it leaves no entry in the trail.
    """
    mine = Speaker.objects.filter(person=None, email=person.email.lower())
    if person.email and not Speaker.objects.filter(person=person).exists():
        mine.update(person=person)
