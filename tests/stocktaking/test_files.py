"""Images and documents: taken only as what they are."""

from __future__ import annotations

import io
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from montada.djangokit.pictures import ImageBroken, ImageTooLarge
from montada.djangokit.refusals import Refusal
from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.adapters import uploads
from montada.stocktaking.models import Project, ProjectFile, ProjectVersion
from montada.stocktaking.operations.files import MOST_FILES
from tests.factories.entries import a_draft
from tests.factories.participation import make_person
from tests.stocktaking.uploading import (
    PDF,
    SVG,
    a_photograph,
    a_png_that_says,
    add,
    an_image,
    on_disk,
    short,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_an_image_is_kept_as_a_page_shows_it(
    draft: ProjectVersion, owner: Person, now: datetime, disk: Path
) -> None:
    file = add(draft, owner, now, an_image(size=(3200, 800)))

    kept = Image.open(io.BytesIO(Path(file.file.path).read_bytes()))
    # 1600 points on the longer side, a quarter of that on the other.
    assert (kept.format, kept.size) == ("WEBP", (1600, 400))
    assert (file.kind, file.media_type) == ("image", "image/webp")
    assert (file.name, file.description) == ("wells.png", "A well between palms")
    assert file.size == Path(file.file.path).stat().st_size
    assert on_disk(disk) == [f"{file.sha256[:32]}.webp"]


def test_a_document_is_kept_as_it_came_and_needs_no_description(
    draft: ProjectVersion, owner: Person, now: datetime
) -> None:
    file = add(draft, owner, now, PDF, "report.pdf", "")

    assert (file.kind, file.media_type) == ("document", "application/pdf")
    assert Path(file.file.path).read_bytes() == PDF


def test_what_a_camera_hides_is_gone_and_the_image_stands_upright() -> None:
    photograph = a_photograph()
    upload = uploads.checked(photograph)

    assert upload is not None
    kept = Image.open(io.BytesIO(upload.content))
    assert b"Siwa" in photograph
    assert b"Siwa" not in upload.content
    assert dict(kept.getexif()) == {}
    assert kept.size == (30, 40)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_clear_stays_clear(kind: str) -> None:
    upload = uploads.checked(an_image(kind, mode="RGBA"))
    palette = Image.new("P", (4, 4))
    written = io.BytesIO()
    palette.save(written, "PNG", transparency=0)
    other = uploads.checked(written.getvalue())

    assert upload is not None
    assert other is not None
    assert Image.open(io.BytesIO(upload.content)).mode == "RGBA"
    alpha = Image.open(io.BytesIO(other.content)).getchannel("A")
    assert alpha.getextrema() == (0, 0)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<!doctype html><script>alert(1)</script>", "png: file_kind_refused"),
        (SVG, "svg: file_kind_refused"),
        (SVG, "png: file_kind_refused"),
        (b"GIF89a" + b"\0" * 50, "gif: file_kind_refused"),
        (b"", "pdf: file_kind_refused"),
        (b"\x7fELF" + b"\0" * 50, "jpg: file_kind_refused"),
        (an_image("JPEG", (400, 300))[:900], "jpg: file_broken"),
        (an_image("PNG", (400, 300))[:200], "png: file_broken"),
        (a_png_that_says(9, 9), "png: file_broken"),
        (a_png_that_says(60_000, 60_000), "png: image_huge"),
        (a_png_that_says(40_001, 1000), "png: image_huge"),
        (PDF + b"\0" * 10_000_000, "pdf: file_too_large"),
    ],
    ids=short,
)
def test_what_is_not_taken_is_told_and_nothing_is_kept(
    draft: ProjectVersion,
    owner: Person,
    now: datetime,
    disk: Path,
    content: bytes,
    told: str,
) -> None:
    ending, code = told.split(": ")
    name = f"wells.{ending}"

    with pytest.raises(Refusal) as refused:
        add(draft, owner, now, content, name)

    assert refused.value.code == f"stocktaking.{code}"
    assert name in str(refused.value)
    assert (ProjectFile.objects.count(), on_disk(disk)) == (0, [])


def test_a_large_file_is_refused_before_it_is_read(
    draft: ProjectVersion, owner: Person, now: datetime
) -> None:
    class Unread(ContentFile[bytes]):
        def read(self, *_args: Any) -> bytes:
            raise AssertionError

    large = Unread(PDF, "report.pdf")
    large.size = 60_000_000

    with pytest.raises(operations.FileTooLarge) as refused:
        operations.add_file(
            project=draft.project,
            file=large,
            description="",
            added_by=owner,
            at=now,
        )

    assert str(refused.value).startswith("“report.pdf” has 60 MB; a file may have 10")


def test_broken_images_of_every_kind_are_broken_and_nothing_worse() -> None:
    draw = random.Random(7)
    exif = Image.Exif()
    exif[0x0112] = 6
    told = set()
    for whole in (a_photograph(), an_image("PNG", exif=exif), an_image("WEBP")):
        for _attempt in range(150):
            bent = bytearray(whole)
            for _byte in range(draw.randint(1, 6)):
                bent[draw.randrange(len(bent))] = draw.randrange(256)
            try:
                upload = uploads.checked(bytes(bent[: draw.randint(20, 2 * len(bent))]))
            except (ImageBroken, ImageTooLarge) as error:
                told.add(type(error).__name__)
            else:
                told.add(upload.kind if upload else "nothing")

    assert told >= {"ImageBroken", "image", "nothing"}


@pytest.mark.parametrize("description", ["", "  ", "\u202e\x00"])
def test_an_image_says_what_it_shows(
    draft: ProjectVersion, owner: Person, now: datetime, description: str
) -> None:
    with pytest.raises(operations.DescriptionMissing):
        add(draft, owner, now, an_image(), description=description)


def test_names_and_descriptions_mislead_nobody(
    draft: ProjectVersion, owner: Person, now: datetime
) -> None:
    file = add(draft, owner, now, an_image(), "\u202egnp.exe", "A \u202ewell" * 100)

    assert file.name == "gnp.exe"
    assert file.description == ("A well" * 100)[:500]


def test_the_same_file_twice_is_there_already(
    draft: ProjectVersion, owner: Person, now: datetime, disk: Path
) -> None:
    add(draft, owner, now, an_image(), "one.png")

    with pytest.raises(operations.FileThereAlready):
        add(draft, owner, now, an_image(), "two.png")

    assert len(on_disk(disk)) == 1
    # Another project may have it too.
    add(a_draft(owner, at=now, title="Another"), owner, now, an_image())
    assert ProjectFile.objects.count() == 2


def test_a_project_holds_only_so_many(
    draft: ProjectVersion, owner: Person, now: datetime
) -> None:
    for n in range(MOST_FILES):
        add(draft, owner, now, PDF + b"%d" % n)

    with pytest.raises(operations.TooManyFiles) as refused:
        add(draft, owner, now, PDF)

    assert str(refused.value) == (
        "A project has at most 20 files. Take one away first."
    )


def test_files_are_the_members_to_add_and_to_take_away(
    draft: ProjectVersion, owner: Person, now: datetime
) -> None:
    eve = make_person("Eve")
    file = add(draft, owner, now, PDF)

    with pytest.raises(operations.NotYourProject):
        add(draft, eve, now, PDF + b"x")
    with pytest.raises(operations.NotYourProject):
        operations.remove_file(file=file, removed_by=eve, at=now)

    assert ProjectFile.objects.count() == 1


def test_a_file_that_was_taken_away_is_gone_from_disk(
    draft: ProjectVersion,
    owner: Person,
    now: datetime,
    disk: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    file = add(draft, owner, now, PDF)
    assert len(on_disk(disk)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        operations.remove_file(file=file, removed_by=owner, at=now)

    assert (ProjectFile.objects.count(), on_disk(disk)) == (0, [])


def test_files_of_a_draft_that_is_thrown_away_are_gone_from_disk(
    draft: ProjectVersion,
    owner: Person,
    now: datetime,
    disk: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    add(draft, owner, now, PDF)

    with django_capture_on_commit_callbacks(execute=True):
        operations.discard_draft(version=draft, discarded_by=owner, at=now)

    assert (Project.objects.count(), on_disk(disk)) == (0, [])
