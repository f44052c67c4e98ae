"""What can be found, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Kinds of records, as their features publish them."""

    PROJECT = "project", _("Project")
    SESSION = "session", _("Session")
    CONTRIBUTION = "contribution", _("Contribution")
    STATEMENT = "statement", _("Statement")
    ORGANISATION = "organisation", _("Organisation")
    EDITION = "edition", _("Edition")
    ACTION_LINE = "action-line", _("Action line")
    GOAL = "goal", _("Goal")
    GENEVA_TARGET = "geneva-target", _("Geneva target")
    COUNTRY = "country", _("Country")


URL_NAMES = {
    Kind.PROJECT: "site:project",
    Kind.SESSION: "programme:session",
    Kind.CONTRIBUTION: "consultation:input",
    Kind.STATEMENT: "consultation:statement",
    Kind.ORGANISATION: "site:organisation",
    Kind.EDITION: "site:edition",
    Kind.ACTION_LINE: "site:line",
    Kind.GOAL: "site:goal",
    Kind.GENEVA_TARGET: "review:target",
    Kind.COUNTRY: "desk:country",
}
"""Where each kind has its page; the record's key is in its address."""
