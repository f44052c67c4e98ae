"""Somebody who was erased leaves what they sent, and nothing that leads to them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from montada.audit.queries import entries_about
from montada.participation import operations as participation
from montada.participation.models import Message, Person
from montada.stocktaking import operations
from montada.stocktaking.models import (
    Project,
    ProjectContact,
    ProjectMember,
    ProjectVersion,
    SavedView,
)
from tests.factories.entries import a_draft, a_published, an_entry
from tests.factories.participation import make_administrator, make_person

pytestmark = pytest.mark.django_db


def erase(person: Person, now: datetime) -> None:
    participation.erase_person(person=person, erased_by=person, at=now)


def test_contacts_under_their_address_go_and_others_stay(
    mona: Person, now: datetime
) -> None:
    draft = a_draft(make_person("Omar"), at=now)
    contacts = [
        {"name": "Mona", "email": "Mona@Example.org", "phone": "+20 1", "position": ""},
        {"name": "Desk", "email": "desk@example.org", "phone": "+20 2", "position": ""},
        {"name": "No mail", "email": "", "phone": "+20 3", "position": ""},
    ]
    operations.set_contacts(
        version=draft, contacts=contacts, set_by=Person.objects.get(name="Omar")
    )

    erase(mona, now)

    assert [c.name for c in ProjectContact.objects.all()] == ["Desk", "No mail"]


def test_kept_views_go(mona: Person, now: datetime) -> None:
    for owner in (mona, make_person("Omar")):
        operations.save_view(name="Oases", query="q=oasis", saved_by=owner, at=now)

    erase(mona, now)

    assert [view.owner.name for view in SavedView.objects.all()] == ["Omar"]


def test_a_draft_goes_with_its_project_and_files(
    mona: Person,
    now: datetime,
    settings: Any,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    project = a_draft(mona, at=now).project
    kept = project.files.create(
        kind="document",
        file=ContentFile(b"x", "x.pdf"),
        name="x.pdf",
        media_type="application/pdf",
        size=1,
        sha256="x",
        added_at=now,
    )

    with django_capture_on_commit_callbacks(execute=True):
        erase(mona, now)

    assert not Project.objects.exists()
    assert not kept.file.storage.exists(str(kept.file.name))
    entry = entries_about(project)[0]
    assert (entry.action, entry.actor) == ("stocktaking.draft_discarded", None)


def test_a_draft_stays_with_whoever_writes_in_it_too(
    mona: Person, now: datetime
) -> None:
    draft = a_draft(mona, at=now)
    gone = make_person("Gone", is_active=False)
    ProjectMember.objects.create(
        project=draft.project, person=make_person("Omar"), role="editor", since=now
    )
    ProjectMember.objects.create(
        project=draft.project, person=gone, role="editor", since=now
    )

    erase(mona, now)

    assert list(ProjectVersion.objects.all()) == [draft]


def test_what_was_sent_stays(mona: Person, now: datetime) -> None:
    sent = an_entry(mona, at=now)
    project = a_published(mona, make_administrator(), at=now, title="Palms")
    operations.begin_version(project=project, begun_by=mona, at=now)

    erase(mona, now)

    assert set(Project.objects.all()) == {sent.project, project}
    assert [version.number for version in project.versions.all()] == [1]


def test_who_was_asked_reads_no_address_any_more(mona: Person, now: datetime) -> None:
    project = a_published(make_person("Omar"), make_administrator(), at=now)
    Message.objects.all().delete()
    operations.ask_to_join(project=project, words="Siwa.", asked_by=mona, at=now)
    Message.objects.update(state="sent")

    erase(mona, now)

    assert Message.objects.get().body == ""
