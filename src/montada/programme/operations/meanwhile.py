"""Old pages of settings: who sends one is told what a colleague decided meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from django.db.models import Model


class SettingChangedMeanwhile(Refusal):
    code = "programme.setting_changed_meanwhile"
    message = _(
        "Somebody has changed this meanwhile. Look at it again, then save once more "
        "what is to be."
    )


def check_seen(row: Model | None, seen: int | None) -> None:
    """
    Raise `SettingChangedMeanwhile` if something was decided about a row since.

    `seen` is the number of the last decision about it that the person knows of; None
    where nobody asks.
    """
    if row is not None and seen is not None and trail.last_entry_about(row) > seen:
        raise SettingChangedMeanwhile
