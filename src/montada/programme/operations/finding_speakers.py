"""Whom is meant by what is said of a speaker: somebody known, or somebody new."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.framework import queries as framework
from montada.language.engine.folding import folded
from montada.language.engine.text import UNDETERMINED
from montada.participation import operations as participation
from montada.participation import queries as people
from montada.participation.fields import Gender
from montada.programme.engine.values import SpeakerFacts
from montada.programme.models import Speaker
from montada.programme.operations.words import LONGEST_TEXT, kept_line, kept_text

LEARNED = ("position", "organisation_id", "stakeholder_group_id", "country_id")
"""What others may tell of a speaker where nobody did: nothing that is voluntary."""


class SpeakerNameMissing(Refusal):
    code = "programme.speaker_name_missing"
    message = _("A speaker needs a name.")


class SpeakerAddressWrong(Refusal):
    code = "programme.speaker_address_wrong"
    message = _("This is no e-mail address.")


class SpeakerFactUnknown(Refusal):
    code = "programme.speaker_fact_unknown"
    message = _("Choose group, country, gender and time zone from the lists.")


def found_speaker(*, facts: SpeakerFacts, at: datetime) -> Speaker:
    """
    Return whom facts mean: of that address, or of that name in that organisation.

    Somebody new gets a profile. Who has one keeps it: only what it does not say yet is
    learned, and nothing voluntary. Called by operations, inside their transaction.

    Raises
    ------
    SpeakerNameMissing, SpeakerAddressWrong, SpeakerFactUnknown, WordsTooMany
    """
    columns = speaker_columns(facts, at)
    known = _known(columns)
    if known is None:
        return _new(columns)
    learned = {n: columns[n] for n in LEARNED if columns[n] and not getattr(known, n)}
    for name, value in learned.items():
        setattr(known, name, value)
    if learned:
        known.save(update_fields=list(learned))
    return known


def _known(columns: dict[str, Any]) -> Speaker | None:
    rows = Speaker.objects.select_for_update()
    if email := columns["email"]:
        found = rows.filter(email=email).first()
        if found is not None:
            return found
        person = people.person_of_email(email)
        return rows.filter(person=person).first() if person else None
    if columns["organisation_id"] is None:
        # A name alone may be anybody's.
        return None
    wanted = folded(columns["name"])
    theirs = rows.filter(organisation_id=columns["organisation_id"])
    names = theirs.values_list("pk", "name")
    same = next((pk for pk, name in names if folded(name) == wanted), None)
    return None if same is None else rows.get(pk=same)


def _new(columns: dict[str, Any]) -> Speaker:
    email = columns["email"]
    person = people.person_of_email(email) if email else None
    return Speaker.objects.create(
        slug=_free_slug(columns["name"]), person=person, **columns
    )


def _free_slug(name: str) -> str:
    """Return an address for a name; names in other scripts keep their letters."""
    stem = slugify(name, allow_unicode=False)[:80].strip("-_") or "speaker"
    used = set(
        Speaker.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    slug, n = stem, 1
    while slug in used:
        n += 1
        slug = f"{stem}-{n}"
    return slug


def speaker_columns(facts: SpeakerFacts, at: datetime) -> dict[str, Any]:
    """Return what is stored of a speaker's facts, checked."""
    name = kept_line(facts.name, longest=200)
    if not name:
        raise SpeakerNameMissing
    _check_known(facts)
    return {
        "name": name,
        "email": _address(facts.email),
        "honorific": kept_line(facts.honorific, longest=60),
        "position": kept_line(facts.position, longest=200),
        "organisation_id": facts.organisation_id or _organisation(facts, at),
        "stakeholder_group_id": facts.stakeholder_group_id or None,
        "country_id": facts.country_id or None,
        "gender": facts.gender,
        "is_young": facts.is_young,
        "biography": kept_text(facts.biography, longest=LONGEST_TEXT),
        "timezone": facts.timezone,
    }


def _organisation(facts: SpeakerFacts, at: datetime) -> int | None:
    name = kept_line(facts.organisation_name)
    if not name:
        return None
    found = people.organisations_called(name)
    if found:
        return found[0].pk
    language = facts.language or UNDETERMINED
    named = participation.name_organisation(
        name=name,
        language=language,
        country_id=None,
        stakeholder_group_id=None,
        source_url="",
        at=at,
    )
    return named.pk


def _address(email: str) -> str:
    said = email.strip().lower()
    if said:
        try:
            validate_email(said)
        except ValidationError:
            raise SpeakerAddressWrong from None
    return said


def _check_known(facts: SpeakerFacts) -> None:
    group, country = facts.stakeholder_group_id, facts.country_id
    if (
        (group and group not in framework.group_codes())
        or (country and country not in framework.country_codes())
        or facts.gender not in {"", *Gender.values}
    ):
        raise SpeakerFactUnknown
    check_zone(facts.timezone)


def check_zone(zone: str) -> None:
    """Raise `SpeakerFactUnknown` unless a time zone is known, or none is told."""
    if zone and zone not in available_timezones():
        raise SpeakerFactUnknown
