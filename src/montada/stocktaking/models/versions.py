"""What a project says of itself, who may change it, and what hangs on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from montada.stocktaking.choices import (
    FileKind,
    MemberRole,
    RemarkKind,
    VersionState,
)
from montada.stocktaking.fields import LabelsField, ProjectRecordField
from montada.stocktaking.models.projects import Project


class ProjectVersion(models.Model):
    """
    What a project says of itself from one publication to the next.

    A published version changes no more, except that it gains translations; prizes and
    showcases refer to it. At most one version of a project is not published yet.
    """

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    record = ProjectRecordField()
    labels = LabelsField()
    """Its lines, goals, targets and objectives. Those of the newest published version
    are the project's links, which lists read: see `operations.filing`."""
    organisation_name = models.CharField(max_length=300, blank=True)
    """As its author calls it; the register looks for it when the version is shown."""
    state = models.CharField(
        max_length=12, choices=VersionState.choices, default=VersionState.DRAFT
    )
    revision = models.PositiveIntegerField(default=0)
    """Counts savings: who saves says which one they saw, so that nothing is lost."""
    receipt = models.CharField(max_length=20, blank=True, db_index=True)
    """Number under which it was received; empty until it is submitted."""
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who saved it last; empty where a source wrote it."""
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    """Until when the focal point may speak; then it goes on by itself."""
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("project", "number"), name="version_number_once_a_project"
            ),
            models.UniqueConstraint(
                fields=("project",),
                condition=~models.Q(state="published"),
                name="one_unpublished_version_a_project",
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id} version {self.number}"


class ProjectMember(models.Model):
    """Who may change a project's words."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="members"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(max_length=8, choices=MemberRole.choices)
    since = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("project", "person"), name="member_once_a_project"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.project_id}"


class ProjectRemark(models.Model):
    """What a focal point or the secretariat says of a version; never its words."""

    version = models.ForeignKey(
        ProjectVersion, on_delete=models.CASCADE, related_name="remarks"
    )
    kind = models.CharField(max_length=16, choices=RemarkKind.choices)
    text = models.TextField(blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    country = models.ForeignKey(
        "framework.Country", null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Of the focal point who speaks for it; empty for the secretariat."""
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind}"


class ProjectContact(models.Model):
    """Whom to ask. Private: for owners, the focal point and the secretariat."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    position = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class ProjectFileQuerySet(models.QuerySet["ProjectFile"]):
    def shown(self) -> ProjectFileQuerySet:
        """
        Return those that readers see.

        They were there when a version was sent that is published by now. What is added
        later waits, as words do, for the next version.
        """
        return self.filter(_was_sent())

    def with_shown(self) -> ProjectFileQuerySet:
        """Annotate `is_shown`: whether readers see the file."""
        return self.annotate(is_shown=_was_sent())


def _was_sent() -> models.Exists:
    published = ProjectVersion.objects.filter(
        project=models.OuterRef("project"),
        state=VersionState.PUBLISHED,
        submitted_at__gte=models.OuterRef("added_at"),
    )
    return models.Exists(published)


class ProjectFile(models.Model):
    """An image or a document of a project, as it was checked when it came."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    file = models.FileField(upload_to="projects/", max_length=200)
    name = models.CharField(max_length=200)
    """As its owner called it."""
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    """Bytes."""
    sha256 = models.CharField(max_length=64)
    description = models.CharField(max_length=500, blank=True)
    """What an image shows, for those who do not see it."""
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = ProjectFileQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("project", "sha256"), name="file_once_a_project"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ProjectSource(models.Model):
    """Under which name a system of somebody else knows a project."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="sources"
    )
    system = models.CharField(max_length=80)
    """`iati`, or what the person who imported a table calls its source."""
    identifier = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    """SHA-256 of what it said last, so that the same word again changes nothing."""
    url = models.URLField(max_length=500, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("system", "identifier")
        constraints = (
            models.UniqueConstraint(
                fields=("system", "identifier"), name="source_names_one_project"
            ),
        )

    def __str__(self) -> str:
        return f"{self.system} {self.identifier}"
