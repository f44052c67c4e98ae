"""Stored values of participation, with the names people read."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoleKind(models.TextChoices):
    """What a person does in an edition."""

    SECRETARIAT = "secretariat", _("Secretariat")
    FACILITATOR = "facilitator", _("Action line facilitator")
    FOCAL_POINT = "focal_point", _("National focal point")
    REVIEWER = "reviewer", _("Reviewer")
    SUBMITTER = "submitter", _("Project submitter")
    DONOR = "donor", _("Donor or partner")
    REMOTE_MODERATOR = "remote_moderator", _("Remote moderator")
    TRANSLATOR = "translator", _("Translator")


class FormOfAddress(models.TextChoices):
    """What is said before somebody's name; Arabic and French say it in two genders."""

    MR = "mr", _("Mr")
    DR_M = "dr_m", pgettext_lazy("man", "Dr")
    PROF_M = "prof_m", pgettext_lazy("man", "Prof.")
    ENG_M = "eng_m", pgettext_lazy("man", "Eng.")
    HE_M = "he_m", _("H.E. Mr")
    AMB_M = "amb_m", pgettext_lazy("man", "Ambassador")
    MS = "ms", _("Ms")
    DR_F = "dr_f", pgettext_lazy("woman", "Dr")
    PROF_F = "prof_f", pgettext_lazy("woman", "Prof.")
    ENG_F = "eng_f", pgettext_lazy("woman", "Eng.")
    HE_F = "he_f", _("H.E. Ms")
    AMB_F = "amb_f", pgettext_lazy("woman", "Ambassador")


FEMININE = frozenset(
    {
        FormOfAddress.MS,
        FormOfAddress.DR_F,
        FormOfAddress.PROF_F,
        FormOfAddress.ENG_F,
        FormOfAddress.HE_F,
        FormOfAddress.AMB_F,
    }
)

_ROLES_OF_WOMEN: dict[str, Any] = {
    RoleKind.FACILITATOR: pgettext_lazy("woman", "Action line facilitator"),
    RoleKind.REVIEWER: pgettext_lazy("woman", "Reviewer"),
    RoleKind.SUBMITTER: pgettext_lazy("woman", "Project submitter"),
    RoleKind.DONOR: pgettext_lazy("woman", "Donor or partner"),
    RoleKind.REMOTE_MODERATOR: pgettext_lazy("woman", "Remote moderator"),
    RoleKind.TRANSLATOR: pgettext_lazy("woman", "Translator"),
}
"""The other roles are named after a body: «الأمانة» is one word for all."""


def role_name(kind: str, form_of_address: str) -> str:
    """Return what a role is called beside the name of somebody addressed like this."""
    if form_of_address in FEMININE and kind in _ROLES_OF_WOMEN:
        return str(_ROLES_OF_WOMEN[kind])
    return str(RoleKind(kind).label)


class MessageState(models.TextChoices):
    """Where a message of the outbox stands."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class TokenScope(models.TextChoices):
    """What a program may do for a person; never more than the person may."""

    PROJECTS_WRITE = "projects:write", _("Write projects")
    PROJECTS_IMPORT = "projects:import", _("Import projects")
    VOTES_CAST = "votes:cast", _("Vote on statements")
