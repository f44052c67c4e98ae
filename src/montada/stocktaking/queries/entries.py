"""One version on its way, as those inside see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from montada.language.engine.text import LocalizedText
from montada.stocktaking.choices import (
    IN_CHECK,
    EntryType,
    ProjectStatus,
    RemarkKind,
    VersionState,
)
from montada.stocktaking.engine.record import TEXTS
from montada.stocktaking.models import (
    Project,
    ProjectFile,
    ProjectRemark,
    ProjectVersion,
)
from montada.stocktaking.queries.deadlines import Deadline, deadline
from montada.stocktaking.queries.label_names import labels_in_words
from montada.stocktaking.queries.problems import PART_NAMES
from montada.stocktaking.queries.rules import register_at
from montada.stocktaking.queries.similar import SimilarProject, similar_to
from montada.stocktaking.queries.values_in_words import values_in_words

_LISTS = ("beneficiaries", "evidence", "money", "replication", "partners", "places")


@dataclass(frozen=True, slots=True)
class TextOfEntry:
    name: str
    """In the reader's words."""
    text: LocalizedText


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A version, where it stands, and what was said of it."""

    version: ProjectVersion
    submitted_at: datetime | None
    """By the edition's clock."""
    due: Deadline | None
    remarks: tuple[ProjectRemark, ...]
    """Newest first, endorsements among them."""
    files: tuple[ProjectFile, ...]
    """That come with it; what was added after it was sent does not."""
    labels: dict[str, tuple[str, ...]]
    """Of the version, in words; see `labels_in_words`."""

    @property
    def project(self) -> Project:
        return self.version.project

    @property
    def title(self) -> LocalizedText:
        known: LocalizedText = self.version.project.title
        return self.version.record.title or known

    @property
    def texts(self) -> tuple[TextOfEntry, ...]:
        record = self.version.record
        texts = (
            TextOfEntry(str(PART_NAMES[name]), record.text(name)) for name in TEXTS[1:]
        )
        return tuple(one for one in texts if one.text)

    @property
    def lists(self) -> list[tuple[str, tuple[str, ...]]]:
        """What is no text: name of the part, and a line for each of its values."""
        record = self.version.record
        found = list(self.labels.items())
        found += [(n, values_in_words(n, getattr(record, n))) for n in _LISTS]
        return [(str(PART_NAMES[name]), lines) for name, lines in found if lines]

    @property
    def entry_type(self) -> str:
        return _label(EntryType, self.version.record.entry_type)

    @property
    def status(self) -> str:
        return _label(ProjectStatus, self.version.record.status)

    @property
    def endorsement(self) -> ProjectRemark | None:
        """That of the project's country, if it gave one."""
        country, kind = self.project.country_id, RemarkKind.ENDORSEMENT
        given = (r for r in self.remarks if r.kind == kind and r.country_id == country)
        return next(given, None)

    @property
    def is_endorsable(self) -> bool:
        open_states = (*IN_CHECK, VersionState.PUBLISHED)
        return self.version.state in open_states and self.endorsement is None

    @property
    def can_be_taken_back(self) -> bool:
        is_public = self.version.state == VersionState.PUBLISHED
        return self.endorsement is not None and not is_public

    @property
    def waits_for_secretariat(self) -> bool:
        return self.version.state == VersionState.SECRETARIAT

    @property
    def waits_for_focal_point(self) -> bool:
        return self.version.state == VersionState.FOCAL_POINT

    @property
    def is_in_check(self) -> bool:
        return self.version.state in IN_CHECK


def is_handed_in(version: ProjectVersion) -> bool:
    """Return whether a version has left its author's desk at least once."""
    return version.state != VersionState.DRAFT


def entry_shown(version: ProjectVersion, *, reader: Any, at: datetime) -> EntryShown:
    """Return a version for the page of those inside. Six queries."""
    register, sent = register_at(at), version.submitted_at
    files = version.project.files.all()
    remarks = version.remarks.select_related("author", "country").order_by("-pk")
    return EntryShown(
        version=version,
        submitted_at=sent.astimezone(register.zone) if sent else None,
        due=deadline(version.due_on, reader=reader, register=register),
        remarks=tuple(remarks),
        files=tuple(files.filter(added_at__lte=sent) if sent else files),
        labels=labels_in_words([version])[version.pk],
    )


def alike(version: ProjectVersion, reader: str) -> tuple[SimilarProject, ...]:
    """Return published projects that may be the same as what a version tells of."""
    title = version.record.title or version.project.title
    words = f"{title}\n{version.record.summary}".strip()
    return similar_to(words, reader, exclude=version.project.slug) if words else ()


def twins_of(project: Project) -> list[Project]:
    """Return the other records of the same project, public or not. One query."""
    first = project.same_as_id or project.pk
    found = Project.objects.filter(pk=first) | Project.objects.filter(same_as=first)
    return list(found.exclude(pk=project.pk).select_related("country"))


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
