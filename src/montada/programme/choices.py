"""Stored values of programme, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LabelsBasis(models.TextChoices):
    """From where a session's action lines and goals are known."""

    DECLARED = "declared", _("Declared by the organiser.")
    DECLARED_GOALS = "declared-sdg", _("The goals were declared by the organiser.")
    DECLARED_IN_PART = (
        "declared-truncated",
        _("Declared by the organiser; the list in the source is cut off."),
    )
    FACILITATED = (
        "facilitated-al",
        _("The line whose facilitation meeting it was."),
    )
    TITLE = "title", _("Read from the title.")


class Feature(models.TextChoices):
    """What a room has, and a session needs."""

    INTERPRETATION = "interpretation", _("Interpretation")
    CAPTIONING = "captioning", _("Captioning")
    SIGN_LANGUAGE = "sign_language", _("Sign language")
    REMOTE = "remote", _("Remote participation")
    RECORDING = "recording", _("Recording")
    SCREEN = "screen", _("Screen")
    STEP_FREE = "step_free", _("Access without steps")


class Layout(models.TextChoices):
    """How a room is set."""

    PLENARY = "plenary", pgettext_lazy("room", "Plenary with nameplates")
    THEATRE = "theatre", pgettext_lazy("room", "Rows, as in a theatre")
    CLASSROOM = "classroom", pgettext_lazy("room", "Tables, as in a classroom")
    HOLLOW_SQUARE = "hollow_square", pgettext_lazy("room", "Hollow square")
    CAFE = "cafe", pgettext_lazy("room", "Round tables")


class SessionMode(models.TextChoices):
    """How people take part in a session."""

    ON_SITE = "on_site", _("On site")
    VIRTUAL = "virtual", _("Online")
    HYBRID = "hybrid", _("Hybrid")


class HalfDay(models.TextChoices):
    """When somebody would like to have a session."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")


class ProposalState(models.TextChoices):
    """Where a proposal stands on its way to a session."""

    RECEIVED = "received", pgettext_lazy("proposal", "Received")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    MERGED = "merged", pgettext_lazy("proposal", "Merged into another")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")


class RightHolder(models.TextChoices):
    """Who has places in the programme by right."""

    FACILITATOR = "facilitator", _("Facilitators of action lines")
    HIGH_LEVEL = "high_level", _("High-level track")
    HOST = "host", _("Host country")
    CO_ORGANISER = "co_organiser", _("Co-organisers of the forum")
    PROJECT = "project", _("Selected projects")


class DecisionReason(models.TextChoices):
    """Why the committee decided so; declining has the consultation's, and `UNPAID`."""

    BY_RIGHT = "by_right", _("Has a place by right")
    SHARES = "shares", _("Paid for by its supporters in equal shares")
    MERIT = "merit", _("Among the best by the published criteria")
    BALANCE = "balance", _("Fills a place that the rules keep for balance")
    SUPPORT = "support", _("Most supported of those left, not paid for")
    OUT_OF_SCOPE = "out_of_scope", _("Outside the mandate of the forum")
    NO_PLACE = "no_place", _("More requests than places")
    UNPAID = "unpaid", _("More supported than some chosen, but not paid for")
    COVERED = "covered", _("Covered by another part of the programme")
    INCOMPLETE = "incomplete", _("Incomplete, and not completed when asked")
    ONE_SIDED = "one_sided", _("Speakers of one side only")
    PROMOTIONAL = "promotional", _("Promotes a product or a service")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


ACCEPTING = (
    DecisionReason.BY_RIGHT,
    DecisionReason.SHARES,
    DecisionReason.MERIT,
    DecisionReason.BALANCE,
    DecisionReason.SUPPORT,
    DecisionReason.OTHER,
)
"""Reasons for accepting; all others, and `OTHER`, are for declining."""

OF_CHOICE = (DecisionReason.SHARES, DecisionReason.SUPPORT, DecisionReason.UNPAID)
"""Reasons that only a choice by equal shares gives."""


class Endowment(models.TextChoices):
    """Among whom equal shares divide the places."""

    VOTER = "voter", _("the same for each supporter")
    GROUP = "group", _("the same for each stakeholder group")
    REGION = "region", _("the same for each region")
    MIXED = "mixed", _("half per supporter, half per stakeholder group")


class SeatRole(models.TextChoices):
    """What somebody does in a session."""

    MODERATOR = "moderator", pgettext_lazy("panel", "Moderator")
    PANELLIST = "panellist", pgettext_lazy("panel", "Panellist")
    REMOTE_MODERATOR = "remote_mod", pgettext_lazy("panel", "Remote moderator")


class SeatState(models.TextChoices):
    """What somebody answered who was asked to speak."""

    ASKED = "asked", pgettext_lazy("speaker", "Asked")
    CONFIRMED = "confirmed", pgettext_lazy("speaker", "Confirmed")
    DECLINED = "declined", pgettext_lazy("speaker", "Cannot come")


class Level(models.TextChoices):
    """How much a conflict weighs."""

    CANNOT = "cannot", _("Cannot be")
    NOT_RELEASED = "not_released", _("Cannot be released")
    WARNING = "warning", _("Warning")
