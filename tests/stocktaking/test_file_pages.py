"""Pages of files: added, taken away, seen only by who may."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from montada.participation.models import Person
from montada.stocktaking.models import ProjectFile, ProjectVersion
from tests.factories.entries import a_draft, a_published
from tests.factories.participation import make_administrator, make_person
from tests.stocktaking.uploading import (
    PDF,
    SVG,
    add,
    an_image,
    short,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def owner() -> Person:
    return make_person("Omar")


@pytest.fixture
def draft(owner: Person, now: datetime) -> ProjectVersion:
    return a_draft(owner, at=now)


class TestPages:
    def address(self, version: ProjectVersion) -> str:
        return f"/en/projects/drafts/{version.pk}/files/"

    def send(self, client: Client, version: ProjectVersion, **values: Any) -> Any:
        return client.post(self.address(version), values)

    def test_a_file_is_added_shown_and_taken_away(
        self, client: Client, draft: ProjectVersion, owner: Person
    ) -> None:
        client.force_login(owner)
        image = SimpleUploadedFile("wells.png", an_image())

        added = self.send(client, draft, file=image, description="Wells")
        html = client.get(self.address(draft)).content.decode()
        file = ProjectFile.objects.get()

        assert (added.status_code, added.headers["Location"]) == (
            302,
            self.address(draft),
        )
        assert f'href="/en/projects/files/{file.pk}/"' in html
        assert self.send(client, draft, remove=str(file.pk)).status_code == 302
        assert ProjectFile.objects.count() == 0

    @pytest.mark.parametrize(
        ("content", "description", "told"),
        [
            (SVG, "Wells", (409, "is neither a PDF nor a JPEG, PNG or WebP image")),
            (an_image(), "", (409, "Say what the image shows")),
            (an_image(), "x" * 501, (422, "at most 500 characters")),
            (b"", "Wells", (409, "is neither a PDF")),
            (None, "Wells", (422, "This field is required.")),
        ],
        ids=short,
    )
    def test_a_refusal_is_told_on_the_form(
        self,
        client: Client,
        draft: ProjectVersion,
        owner: Person,
        content: bytes | None,
        description: str,
        told: tuple[int, str],
    ) -> None:
        client.force_login(owner)
        values: dict[str, Any] = {"description": description}
        if content is not None:
            values["file"] = SimpleUploadedFile("<b>.png", content)

        answer = self.send(client, draft, **values)

        html = answer.content.decode()
        assert (answer.status_code, told[1] in html) == (told[0], True)
        assert "<b>.png" not in html
        assert ProjectFile.objects.count() == 0

    @pytest.mark.parametrize("pk", ["x", "0", "9" * 40, "²"])
    def test_another_projects_file_is_not_taken_away(
        self,
        client: Client,
        draft: ProjectVersion,
        owner: Person,
        now: datetime,
        pk: str,
    ) -> None:
        mine = make_person("Mona")
        other = add(a_draft(mine, at=now, title="Hers"), mine, now, PDF)
        client.force_login(owner)

        assert self.send(client, draft, remove=pk).status_code == 404
        assert self.send(client, draft, remove=str(other.pk)).status_code == 404
        assert ProjectFile.objects.count() == 1

    def test_others_learn_nothing_of_a_draft_and_its_files(
        self, client: Client, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        file = add(draft, owner, now, PDF)
        page = f"/en/projects/files/{file.pk}/"

        def sent() -> bytes:
            answer: Any = client.get(page)
            return b"".join(answer.streaming_content)

        assert client.get(page).status_code == 404
        assert "/account/login/" in client.get(self.address(draft)).headers["Location"]
        client.force_login(make_person("Eve"))
        assert client.get(page).status_code == 404
        assert client.get(self.address(draft)).status_code == 404
        client.force_login(make_administrator())
        assert sent() == PDF
        client.force_login(owner)
        assert sent() == PDF

    @pytest.mark.parametrize(
        ("content", "name", "told"),
        [
            (PDF, "تقرير.pdf", ("application/pdf", "attachment")),
            (an_image(), 'a"b.html', ("image/webp", "inline")),
        ],
        ids=short,
    )
    def test_readers_get_a_published_file_that_does_nothing_on_our_pages(
        self,
        client: Client,
        owner: Person,
        now: datetime,
        content: bytes,
        name: str,
        told: tuple[str, str],
    ) -> None:
        project = a_published(owner, make_administrator(), at=now)
        version = project.versions.get()
        file = add(version, owner, now, content, name)

        answer: Any = client.get(f"/en/projects/files/{file.pk}/")

        sent = b"".join(answer.streaming_content)
        assert sent == Path(file.file.path).read_bytes()
        assert answer.headers["Content-Type"] == told[0]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert (
            answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        )
        assert answer.headers["Content-Disposition"].startswith(told[1])

    def test_a_file_that_nobody_has_is_not_found(self, client: Client) -> None:
        assert client.get("/en/projects/files/1/").status_code == 404
        assert client.get(f"/en/projects/files/{10**30}/").status_code == 404
