"""Stored values of stocktaking, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Distinction(models.TextChoices):
    """What a selection made of a project, as stocktaking is told of it."""

    WINNER = "winner", _("Winning project")
    CHAMPION = "champion", _("Outstanding project")
    NOMINEE = "nominee", _("Nominated project")
    AWARDED = "awarded", _("Awarded project")


class EntryType(models.TextChoices):
    """What is registered; the register's own list since 2004."""

    PROJECT = "project", _("Project")
    PROGRAMME = "programme", _("Programme")
    TRAINING = "training", _("Training initiative")
    CONFERENCE = "conference", _("Conference")
    WEBSITE = "website", _("Website or platform")
    GUIDELINES = "guidelines", _("Guidelines")
    TOOLKIT = "toolkit", _("Tool kit")
    PUBLICATION = "publication", _("Publication")
    OTHER = "other", pgettext_lazy("entry type", "Other")


class ProjectStatus(models.TextChoices):
    """How far the work is."""

    PLANNED = "planned", pgettext_lazy("project", "Planned")
    ONGOING = "ongoing", pgettext_lazy("project", "Ongoing")
    COMPLETED = "completed", pgettext_lazy("project", "Completed")
    SUSPENDED = "suspended", pgettext_lazy("project", "Suspended")
    CANCELLED = "cancelled", pgettext_lazy("project", "Cancelled")


class Coverage(models.TextChoices):
    """How far it reaches."""

    INTERNATIONAL = "international", pgettext_lazy("coverage", "International")
    REGIONAL = "regional", pgettext_lazy("coverage", "Regional")
    NATIONAL = "national", pgettext_lazy("coverage", "National")
    LOCAL = "local", pgettext_lazy("coverage", "Local")


class Beneficiary(models.TextChoices):
    """Whom it is meant for."""

    EVERYBODY = "everybody", pgettext_lazy("beneficiaries", "Everybody")
    WOMEN = "women", _("Women and girls")
    YOUTH = "youth", _("Young people")
    CHILDREN = "children", _("Children")
    OLDER = "older", _("Older persons")
    DISABILITIES = "disabilities", _("Persons with disabilities")
    RURAL = "rural", _("Rural and remote communities")
    REFUGEES = "refugees", _("Refugees, migrants and displaced persons")
    INDIGENOUS = "indigenous", _("Indigenous peoples")
    POOR = "poor", _("People living in poverty")
    BUSINESS = "business", _("Small enterprises")
    OFFICIALS = "officials", _("Civil servants")


class Visibility(models.TextChoices):
    """Whether readers see a project."""

    UNSEEN = "unseen", pgettext_lazy("project", "Not published yet")
    PUBLISHED = "published", pgettext_lazy("project", "Published")
    UNPUBLISHED = "unpublished", pgettext_lazy("project", "Taken from the register")
    ARCHIVED = "archived", pgettext_lazy("project", "Archived")


PUBLIC = (Visibility.PUBLISHED, Visibility.ARCHIVED)
"""What anybody may read: an archived project stays readable, and says what it is."""


class VersionState(models.TextChoices):
    """Where a version stands on its way into the register."""

    DRAFT = "draft", pgettext_lazy("version", "Draft")
    FOCAL_POINT = "focal_point", _("With the national focal point")
    SECRETARIAT = "secretariat", _("With the secretariat")
    CHANGE_ASKED = "change_asked", _("A change is asked for")
    PUBLISHED = "published", pgettext_lazy("version", "Published")


EDITABLE = (VersionState.DRAFT, VersionState.CHANGE_ASKED)
IN_CHECK = (VersionState.FOCAL_POINT, VersionState.SECRETARIAT)


class LinkSource(models.TextChoices):
    """Who says that a line, goal, target or objective is a project's."""

    STATED = "stated", _("stated by the source")
    AUTHOR = "author", _("chosen by the author")
    ENGINE = "engine", _("suggested by the engine, accepted by the author")
    EDITOR = "editor", _("confirmed by an editor")
    DERIVED = "derived", _("derived from the sector that the source states")


class MemberRole(models.TextChoices):
    OWNER = "owner", pgettext_lazy("project", "Owner")
    EDITOR = "editor", pgettext_lazy("project", "Co-editor")


class RemarkKind(models.TextChoices):
    """What somebody who may not change the words says of a version."""

    ENDORSEMENT = "endorsement", _("Endorsement")
    CHANGE_REQUEST = "change_request", _("Request for a change")
    COMMENT = "comment", _("Comment")


class FileKind(models.TextChoices):
    IMAGE = "image", _("Image")
    DOCUMENT = "document", _("Document")


class ImportState(models.TextChoices):
    """Where an import stands; what stopped is taken up where it stopped."""

    MAPPING = "mapping", _("Columns are being matched")
    WAITING = "waiting", pgettext_lazy("import", "Waiting")
    RUNNING = "running", pgettext_lazy("import", "Running")
    STOPPED = "stopped", pgettext_lazy("import", "Stopped")
    DONE = "done", pgettext_lazy("import", "Done")


class FileFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    JSON = "json", "JSON"
    IATI = "iati", "IATI"
