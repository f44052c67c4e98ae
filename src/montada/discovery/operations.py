"""Everything that can happen to what is found: publishing all of it anew."""

from __future__ import annotations

from django.db import transaction

from montada.consultation import operations as consultation
from montada.edition import operations as edition
from montada.framework import operations as framework
from montada.participation import operations as participation
from montada.programme import operations as programme
from montada.stocktaking import operations as stocktaking


@transaction.atomic
def publish_everything() -> int:
    """
    Publish every record as it is now; return how many rows of the index changed.

    For a forum that is older than the index, or whose index was made by other rules.
    Nothing is decided by it, so the trail says nothing.
    """
    return sum(
        (
            framework.publish_framework(),
            participation.publish_organisations(),
            edition.publish_editions(),
            stocktaking.publish_projects(),
            programme.publish_sessions(),
            consultation.publish_contributions(),
            consultation.publish_statements(),
        )
    )
