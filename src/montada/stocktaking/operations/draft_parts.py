"""What hangs on a draft: whom to ask, and what its words suggest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from montada.framework import operations as framework
from montada.language import queries as language
from montada.stocktaking import queries
from montada.stocktaking.models import ProjectContact, ProjectVersion
from montada.stocktaking.operations.writing import editable

if TYPE_CHECKING:
    from montada.participation.models import Person


def read_draft(*, version: ProjectVersion, at: datetime) -> None:
    """
    Read what a draft says for the labels that it suggests to its author.

    Nothing where texts cannot be read on this machine: a draft is saved without.
    """
    text = queries.text_to_label(version, version.record)
    if text.text:
        with suppress(language.EncoderMissing):
            framework.suggest_labels(texts=[text], at=at)


@transaction.atomic
def set_contacts(
    *,
    version: ProjectVersion,
    contacts: Sequence[Mapping[str, str]],
    set_by: Person,
) -> None:
    """
    Say whom to ask about a project, in place of who was named before. Private.

    Raises
    ------
    NotYourProject, VersionNotEditable
    """
    version = editable(version, set_by)
    rows = [
        ProjectContact(project=version.project, **{k: v or "" for k, v in row.items()})
        for row in contacts
    ]
    version.project.contacts.all().delete()
    ProjectContact.objects.bulk_create(rows)
