"""Copying an edition, all dates shifted in one step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition import queries
from montada.edition.models import Edition, Phase, Room, Term
from montada.edition.operations.editions import locked, refuse_taken
from montada.edition.operations.phases import PhaseClosesBeforeItOpens, told
from montada.edition.operations.publishing import publish_editions
from montada.language.engine.harmless import harmless_text
from montada.language.engine.text import LocalizedText


class SourceHasNoDates(Refusal):
    code = "edition.source_has_no_dates"
    message = _("The first day of this edition is unknown, so no date can be shifted.")


@transaction.atomic
def copy_edition(
    *,
    source_id: int,
    slug: str,
    name: LocalizedText,
    starts_on: date,
    copied_by: AbstractBaseUser,
    at: datetime,
) -> Edition:
    """
    Begin an edition like an earlier one: `queries.copy_preview` says what is shifted.

    Place, way of taking part, rooms, words and phases are copied. The theme, what
    sources reported, and the links of rooms belong to the source and are not.

    Raises
    ------
    EditionUnknown, SlugTaken, SourceHasNoDates
    PhaseClosesBeforeItOpens
        If a very short phase would fall into an hour that clocks jump over.
    """
    source = locked(source_id)
    refuse_taken(slug)
    preview = queries.copy_preview(source=source, starts_on=starts_on)
    if preview is None:
        raise SourceHasNoDates
    copy = Edition.objects.create(
        slug=slug,
        year=starts_on.year,
        name=harmless_text(name),
        starts_on=starts_on,
        ends_on=preview.ends_on,
        **_place_of(source),
    )
    publish_editions(ids=[copy.pk])
    phases = _copied_phases(copy, preview)
    _copy_rooms_and_terms(source, copy)
    audit.record(
        action="edition.copied",
        actor=copied_by,
        subject=copy,
        at=at,
        details={
            "source": source.pk,
            "days": preview.days,
            "phases": {phase.kind: told(phase) for phase in phases},
        },
    )
    return copy


def _place_of(source: Edition) -> dict[str, Any]:
    kept = ("timezone", "city", "country_id", "venue", "mode", "is_made_up")
    return {column: getattr(source, column) for column in kept}


def _copied_phases(copy: Edition, preview: queries.CopyPreview) -> list[Phase]:
    copied = []
    for shifted in preview.phases:
        if shifted.closes_at <= shifted.opens_at:
            raise PhaseClosesBeforeItOpens(name=shifted.phase.name)
        copied.append(
            Phase(
                edition=copy,
                kind=shifted.phase.kind,
                name=shifted.phase.name,
                opens_at=shifted.opens_at,
                closes_at=shifted.closes_at,
            )
        )
    return Phase.objects.bulk_create(copied)


def _copy_rooms_and_terms(source: Edition, copy: Edition) -> None:
    Room.objects.bulk_create(
        Room(
            edition=copy,
            name=room.name,
            seats=room.seats,
            is_online=room.is_online,
            order=room.order,
        )
        for room in queries.rooms_of(source)
    )
    Term.objects.bulk_create(
        Term(edition=copy, key=key, label=label)
        for key, label in queries.terms_of(source).items()
    )
