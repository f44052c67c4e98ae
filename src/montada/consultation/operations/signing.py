"""In whose name a contribution speaks, and what is learned of its author with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from montada.consultation import queries
from montada.consultation.choices import SignedAs
from montada.consultation.engine.values import Identity
from montada.consultation.models import Contribution
from montada.consultation.operations.words import LONGEST_NOTE
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_words
from montada.language.engine.text import LANGUAGES
from montada.participation import operations as participation
from montada.participation import queries as people
from montada.participation.fields import Gender

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_NAME = 200


class NotTheFocalPoint(Refusal):
    code = "consultation.not_the_focal_point"
    message = _(
        "Only the focal point of a country speaks in its name. Sign personally or for "
        "your organisation."
    )
    status = 403


def keep_identity(row: Contribution, identity: Identity) -> None:
    """Write who signs into a draft; what does not exist is left as it was."""
    if identity.language in LANGUAGES:
        row.language = identity.language
    row.author_name = _line(identity.author_name, LONGEST_NAME)
    row.position = _line(identity.position, LONGEST_NAME)
    row.organisation_name = _line(identity.organisation_name, people.LONGEST_NAME)
    if identity.signed_as in SignedAs.values:
        row.signed_as = identity.signed_as
    if identity.gender in ("", *Gender.values):
        row.gender = identity.gender
    row.stakeholder_group_id = identity.stakeholder_group_id or None
    row.country_id = identity.country_id or None
    row.region_id = identity.region_id or None
    row.may_publish = identity.may_publish
    if row.entered_by_id:
        row.entry_note = harmless_words(identity.entry_note)[:LONGEST_NOTE]


def check_signature(row: Contribution, sent_by: Person, *, at: datetime) -> None:
    """
    Take a contribution's signature: find its organisation, and remember its author.

    Raises
    ------
    NotTheFocalPoint
    """
    if row.signed_as == SignedAs.STATE:
        speaker = row.author
        if speaker is None or row.country_id not in queries.states_of(speaker):
            raise NotTheFocalPoint
        row.stakeholder_group_id = queries.GOVERNMENT
    if row.signed_as == SignedAs.ORGANISATION:
        row.organisation = participation.name_organisation(
            name=row.organisation_name,
            language=row.language,
            country_id=row.country_id,
            stakeholder_group_id=row.stakeholder_group_id,
            source_url="",
            at=at,
        )
    if row.author is not None and row.author.pk == sent_by.pk:
        _remember(row, row.author, at)


def _remember(row: Contribution, author: Person, at: datetime) -> None:
    """Keep what the person had not told before: it is asked only once."""
    participation.change_person(
        person=author,
        name=author.name or row.author_name,
        form_of_address=author.form_of_address,
        language=author.language,
        timezone=author.timezone,
        organisation=author.organisation or row.organisation,
        changed_by=author,
        at=at,
    )


def _line(words: str, longest: int) -> str:
    return " ".join(harmless_words(words).split())[:longest]
