"""Images and documents: taken only as what they really are."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.pictures import ImageBroken, ImageTooLarge
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_words
from montada.stocktaking import queries
from montada.stocktaking.adapters.uploads import (
    LARGEST,
    Upload,
    checked,
)
from montada.stocktaking.models import Project, ProjectFile
from montada.stocktaking.operations.writing import NotYourProject

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_FILES = 20
"""Files of one project."""


class FileTooLarge(Refusal):
    code = "stocktaking.file_too_large"
    message = _(
        "“%(name)s” has %(size)s MB; a file may have %(most)s MB. Send a smaller one, "
        "or give its web address in the text."
    )


class FileKindRefused(Refusal):
    code = "stocktaking.file_kind_refused"
    message = _(
        "“%(name)s” is neither a PDF nor a JPEG, PNG or WebP image, whatever its name "
        "says."
    )


class FileBroken(Refusal):
    code = "stocktaking.file_broken"
    message = _(
        "The image “%(name)s” cannot be opened. Save it anew and send it again."
    )


class ImageHuge(Refusal):
    code = "stocktaking.image_huge"
    message = _(
        "The image “%(name)s” has more than %(most)s million points. Send a smaller "
        "one."
    )


class DescriptionMissing(Refusal):
    code = "stocktaking.description_missing"
    message = _("Say what the image shows, for those who do not see it.")


class FileThereAlready(Refusal):
    code = "stocktaking.file_there_already"
    message = _("The project has this file already.")


class TooManyFiles(Refusal):
    code = "stocktaking.too_many_files"
    message = _("A project has at most %(most)s files. Take one away first.")


class FileCited(Refusal):
    code = "stocktaking.file_cited"
    message = _(
        "“%(name)s” stays: version %(number)s, which is published or waits for that, "
        "names it as its evidence."
    )


@transaction.atomic
def add_file(
    *,
    project: Project,
    file: File[bytes],
    description: str,
    added_by: Person,
    at: datetime,
) -> ProjectFile:
    """
    Keep an image or a document with a project.

    An image is written anew: what cameras hide in it (places, owners) is left out.
    Readers see it once a version that was sent after it is published.

    Raises
    ------
    NotYourProject, FileTooLarge, FileKindRefused, FileBroken, ImageHuge,
    DescriptionMissing, FileThereAlready, TooManyFiles
    """
    if not queries.may_edit(added_by, project):
        raise NotYourProject
    name = harmless_words(file.name or "")[-200:]
    if file.size > LARGEST:
        size, most = round(file.size / 1e6), LARGEST // 1_000_000
        raise FileTooLarge(name=name, size=size, most=most)
    content = file.read()
    upload = _checked(name, content)
    described = harmless_words(description)
    if upload.kind == "image" and not described:
        raise DescriptionMissing
    digest = hashlib.sha256(content).hexdigest()
    if project.files.filter(sha256=digest).exists():
        raise FileThereAlready
    if project.files.count() >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    kept = ProjectFile(
        project=project,
        kind=upload.kind,
        name=name,
        media_type=upload.media_type,
        size=len(upload.content),
        sha256=digest,
        description=described[:500],
        added_by=added_by,
        added_at=at,
    )
    kept.file.save(f"{digest[:32]}.{upload.ending}", ContentFile(upload.content))
    _remember("stocktaking.file_added", kept, added_by, at)
    return kept


def _checked(name: str, content: bytes) -> Upload:
    try:
        upload = checked(content)
    except ImageTooLarge as error:
        raise ImageHuge(name=name, most=error.most_million) from error
    except ImageBroken as error:
        raise FileBroken(name=name) from error
    if upload is None:
        raise FileKindRefused(name=name)
    return upload


@transaction.atomic
def remove_file(*, file: ProjectFile, removed_by: Person, at: datetime) -> None:
    """
    Take a file away from a project; it is gone for good.

    Raises
    ------
    NotYourProject, FileCited
    """
    if not queries.may_edit(removed_by, file.project):
        raise NotYourProject
    if version := queries.version_citing(file):
        raise FileCited(name=file.name, number=version.number)
    _remember("stocktaking.file_removed", file, removed_by, at)
    stored, storage = str(file.file.name), file.file.storage
    file.delete()
    transaction.on_commit(lambda: storage.delete(stored))


def _remember(action: str, file: ProjectFile, by: Person, at: datetime) -> None:
    audit.record(
        action=action,
        actor=by,
        subject=file.project,
        at=at,
        details={"name": file.name, "sha256": file.sha256},
    )
