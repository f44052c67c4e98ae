"""What stays of the record of projects when somebody is erased."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from montada.stocktaking.choices import VersionState
from montada.stocktaking.models import (
    ProjectContact,
    ProjectMember,
    ProjectVersion,
    SavedView,
)
from montada.stocktaking.operations.discarding import throw_away

if TYPE_CHECKING:
    from montada.participation.models import Person


@transaction.atomic
def forget_person(*, person: Person, addresses: Collection[str], at: datetime) -> None:
    """
    Take a person out of the record: as a contact, with the views they kept.

    What was sent stays, looked after by nobody; a draft goes unless somebody else who
    is still here writes in it. `addresses` are in small letters.
    """
    contacts = ProjectContact.objects.annotate(address=Lower("email"))
    contacts.filter(address__in=addresses).delete()
    SavedView.objects.filter(owner=person).delete()
    still_here = ProjectMember.objects.filter(
        project=OuterRef("project"), person__is_active=True
    )
    drafts = ProjectVersion.objects.filter(
        ~Exists(still_here), state=VersionState.DRAFT, project__members__person=person
    )
    for version in drafts.select_related("project"):
        throw_away(version, by=None, at=at)
