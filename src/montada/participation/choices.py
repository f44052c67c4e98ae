"""Stored values of participation, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleKind(models.TextChoices):
    """What a person does in an edition."""

    SECRETARIAT = "secretariat", _("Secretariat")
    FACILITATOR = "facilitator", _("Action line facilitator")
    FOCAL_POINT = "focal_point", _("National focal point")
    REVIEWER = "reviewer", _("Reviewer")
    SUBMITTER = "submitter", _("Project submitter")
    DONOR = "donor", _("Donor or partner")
    REMOTE_MODERATOR = "remote_moderator", _("Remote moderator")


class MessageState(models.TextChoices):
    """Where a message of the outbox stands."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
