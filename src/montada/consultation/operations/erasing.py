"""What stays of contributions whose author was erased: their words, without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from montada.consultation.choices import ContributionState
from montada.consultation.models import Contribution

if TYPE_CHECKING:
    from montada.participation.models import Person


@transaction.atomic
def forget_author(*, person: Person) -> None:
    """
    Take a person out of what they contributed; their drafts go.

    What was sent stays, as the organisation or State that signed it, or as nobody.
    """
    mine = Contribution.objects.filter(author=person)
    mine.filter(state=ContributionState.DRAFT).delete()
    mine.update(author_name="", position="", gender="")
