"""Opening an edition, and finding the one a decision is about."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition import queries
from montada.edition.choices import Mode
from montada.edition.engine.values import EditionFacts
from montada.edition.models import Edition
from montada.edition.operations.publishing import publish_editions
from montada.framework import queries as framework
from montada.language.engine.harmless import harmless_text
from montada.language.engine.text import LocalizedText


class EditionUnknown(Refusal):
    code = "edition.unknown"
    message = _("There is no such edition.")


class SlugTaken(Refusal):
    code = "edition.slug_taken"
    message = _("Another edition has the address “%(slug)s” already.")


class TimeZoneUnknown(Refusal):
    code = "edition.time_zone_unknown"
    message = _("“%(timezone)s” is not a time zone, such as Europe/Zurich.")


class EndsBeforeItStarts(Refusal):
    code = "edition.ends_before_it_starts"
    message = _("The last day lies before the first.")


class CountryUnknown(Refusal):
    code = "edition.country_unknown"
    message = _("There is no country “%(country)s”.")


class ModeUnknown(Refusal):
    code = "edition.mode_unknown"
    message = _("There is no such way of taking part: “%(mode)s”.")


def locked(edition_id: int) -> Edition:
    """
    Return the edition that a decision is about.

    Raises
    ------
    EditionUnknown
    """
    edition = queries.locked_edition(edition_id)
    if edition is None:
        raise EditionUnknown
    return edition


def refuse_taken(slug: str) -> None:
    """
    Raises
    ------
    SlugTaken
    """
    if Edition.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)


def columns_of(facts: EditionFacts) -> dict[str, Any]:
    """Return the facts by column, their texts without signs that mislead a reader."""
    values = {column.name: getattr(facts, column.name) for column in fields(facts)}
    return {
        name: harmless_text(value) if isinstance(value, LocalizedText) else value
        for name, value in values.items()
    }


@transaction.atomic
def open_edition(
    *, facts: EditionFacts, opened_by: AbstractBaseUser | None, at: datetime
) -> Edition:
    """
    Begin an edition: its page exists from now on. Phases, rooms and words come after.

    Raises
    ------
    SlugTaken, EndsBeforeItStarts, TimeZoneUnknown, CountryUnknown, ModeUnknown
    """
    refuse_taken(facts.slug)
    _refuse_nonsense(facts)
    edition = Edition.objects.create(**columns_of(facts))
    publish_editions(ids=[edition.pk])
    audit.record(
        action="edition.opened",
        actor=opened_by,
        subject=edition,
        at=at,
        details={"slug": edition.slug, "is_made_up": edition.is_made_up},
    )
    return edition


def _refuse_nonsense(facts: EditionFacts) -> None:
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        raise EndsBeforeItStarts
    if facts.timezone not in available_timezones():
        raise TimeZoneUnknown(timezone=facts.timezone)
    if facts.mode and facts.mode not in Mode.values:
        raise ModeUnknown(mode=facts.mode)
    if facts.country_id and framework.country(facts.country_id) is None:
        raise CountryUnknown(country=facts.country_id)
