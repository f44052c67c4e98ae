"""Who may change the programme: asked by every operation on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.participation.models import Person


class NotTheSecretariat(Refusal):
    code = "programme.not_the_secretariat"
    message = _("Only the secretariat of the edition changes its programme.")


def check_secretariat(person: Person | None, edition: Any) -> None:
    """
    Raise `NotTheSecretariat` unless somebody runs an edition's programme.

    Nobody (None) is a command of the operator, who may.
    """
    if person is not None and not person.has_perm(
        "programme.change_programme", edition
    ):
        raise NotTheSecretariat
