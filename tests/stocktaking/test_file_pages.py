"""Pages of files: added, taken away, seen only by who may."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import Evidence
from montada.stocktaking.models import Project, ProjectFile, ProjectVersion
from montada.stocktaking.operations.showing import publish_version
from tests.factories.entries import a_draft, a_record
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


def publish(draft: ProjectVersion, owner: Person, now: datetime) -> Project:
    sent = operations.submit_version(version=draft, submitted_by=owner, at=now)
    make_administrator("Salma")
    return publish_version(version=sent, published_by=None, at=now).project


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
        draft = a_draft(owner, at=now, group="civil")
        file = add(draft, owner, now, content, name)
        publish(draft, owner, now)

        answer: Any = client.get(f"/en/projects/files/{file.pk}/")

        sent = b"".join(answer.streaming_content)
        assert sent == Path(file.file.path).read_bytes()
        assert answer.headers["Content-Type"] == told[0]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert (
            answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        )
        assert answer.headers["Content-Disposition"].startswith(told[1])

    def test_readers_see_what_is_added_with_the_version_that_is_sent_after_it(
        self, client: Client, owner: Person, now: datetime
    ) -> None:
        draft = a_draft(owner, at=now, group="civil")
        add(draft, owner, now, an_image(), description="The first well")
        project = publish(draft, owner, now)
        later = now + timedelta(hours=1)
        new = add(draft, owner, later, an_image(size=(9, 9)), description="Unchecked")
        page, file = f"/en/projects/{project.slug}/", f"/en/projects/files/{new.pk}/"

        def seen() -> tuple[bool, bool, bool]:
            html = client.get(page).content.decode()
            described = ("The first well" in html, "Unchecked" in html)
            answer: Any = client.get(file)
            # A file that is read to its end is closed.
            return (*described, bool(answer.streaming and [*answer.streaming_content]))

        assert seen() == (True, False, False)
        client.force_login(owner)
        assert "Readers will see it with the next version that you send." in (
            client.get(self.address(draft)).content.decode()
        )
        client.logout()
        second = operations.begin_version(project=project, begun_by=owner, at=later)
        sent = operations.submit_version(version=second, submitted_by=owner, at=later)
        assert seen() == (True, False, False)

        secretary = Person.objects.get(name="Salma")
        client.force_login(secretary)
        entry = client.get(f"/en/projects/versions/{sent.pk}/").content.decode()
        assert "Unchecked" in entry
        client.logout()
        operations.publish_entry(version=sent, published_by=secretary, at=later)
        assert seen() == (True, True, True)

    def test_a_file_that_proves_what_a_version_says_stays_with_a_sentence(
        self, client: Client, owner: Person, now: datetime
    ) -> None:
        draft = a_draft(owner, at=now, group="civil")
        file = add(draft, owner, now, PDF, "report.pdf")
        proved = Evidence("Wells", value=Decimal(50), file_id=file.pk)
        record = a_record(evidence=(proved,))
        draft = operations.save_draft(
            version=draft,
            record=record,
            revision=0,
            saved_by=owner,
            at=now,
            organisation_name="Ministry of Water",
            country_id="EGY",
            stakeholder_group_id="civil",
        )
        client.force_login(owner)

        def answers() -> tuple[bool, int]:
            answer = self.send(client, draft, remove=str(file.pk))
            told = client.get(answer.headers["Location"]).content.decode()
            return "“report.pdf” stays: version 1" in told, ProjectFile.objects.count()

        sent = operations.submit_version(version=draft, submitted_by=owner, at=now)
        assert answers() == (True, 1)
        publish_version(version=sent, published_by=None, at=now)
        assert answers() == (True, 1)

    def test_the_history_tells_those_inside_of_files(
        self, client: Client, owner: Person, now: datetime
    ) -> None:
        project = publish(a_draft(owner, at=now, group="civil"), owner, now)
        file = add(project.versions.get(), owner, now, PDF)
        operations.remove_file(file=file, removed_by=owner, at=now)

        told = queries.history_of(project, is_inside=True, at=now).happenings

        assert [one.said for one in told][:2] == [
            "File taken from a project",
            "File added to a project",
        ]

    def test_a_file_that_nobody_has_is_not_found(self, client: Client) -> None:
        assert client.get("/en/projects/files/1/").status_code == 404
        assert client.get(f"/en/projects/files/{10**30}/").status_code == 404
