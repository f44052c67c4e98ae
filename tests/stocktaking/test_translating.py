"""The translation desk: what waits, keeping drafts, approving, files."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.audit.models import Entry
from montada.language.engine.text import LocalizedText, TextState
from montada.language.models import IndexedText
from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.models import Project, ProjectMember, ProjectVersion
from tests.factories.participation import make_person, make_role
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

ARABIC = "مراكز الاتصال في القرى"


@pytest.fixture
def nour() -> Person:
    """Nour, a translator."""
    person = make_person("Nour")
    make_role(person, "translator")
    return person


@pytest.fixture
def project(now: datetime) -> Project:
    """A project with a title and a short description in English."""
    made = a_project("Village telecentres", at=now)
    version = made.versions.get()
    version.record = ProjectRecord(
        title=made.title, summary=LocalizedText.of("en", "Capacity building.")
    )
    version.save()
    return made


def translate(project: Project, by: Person, at: datetime, **given: Any) -> Project:
    usual: dict[str, Any] = {
        "language": "ar",
        "words": {"title": ARABIC, "summary": "بناء القدرات."},
        "seen": {},
        "is_approved": True,
    }
    return operations.translate(
        project=project, translated_by=by, at=at, **usual | given
    )


def waiting(tag: str = "ar", **narrowed: str) -> list[str]:
    return [str(one.title) for one in queries.to_translate(tag, **narrowed)]


def test_winners_wait_first_then_the_newest_and_what_is_arabic_does_not(
    now: datetime,
) -> None:
    a_project("Old", at=now, year=2010)
    a_project("New", at=now, year=2020, country_id="JOR")
    a_project(LocalizedText.of("ar", "بالعربية"), at=now)
    a_project("", at=now, organisation=None)
    winner = a_project("Winner", at=now, year=2012)
    operations.note_distinction(project=winner, kind="winner", year=2012, at=now)
    hidden = a_project("Hidden", at=now)
    Project.objects.filter(pk=hidden.pk).update(visibility="unseen")

    assert waiting() == ["Winner", "New", "Old"]
    assert waiting(country_id="JOR") == ["New"]
    assert waiting("en") == ["بالعربية"]


def test_approved_words_are_in_row_version_and_search(
    project: Project, nour: Person, now: datetime
) -> None:
    translate(project, nour, now)

    project.refresh_from_db()
    record = project.versions.get().record
    assert record.title == project.title
    assert project.title.shown_to("ar").text == ARABIC
    assert project.title.wordings["ar"].approved_by == nour.pk
    assert record.summary.by_language == {
        "en": "Capacity building.",
        "ar": "بناء القدرات.",
    }
    assert waiting() == []
    indexed = IndexedText.objects.filter(kind="project", key=project.slug)
    assert set(indexed.values_list("language", "title")) == {
        ("en", "Village telecentres"),
        ("ar", ARABIC),
    }
    entry = Entry.objects.get(action="stocktaking.translation_approved")
    assert entry.details == {"language": "ar", "texts": ["summary", "title"]}


def test_a_draft_is_marked_and_waits_on(
    project: Project, nour: Person, now: datetime
) -> None:
    translate(project, nour, now, is_approved=False)

    project.refresh_from_db()
    assert project.title.wordings["ar"].state == TextState.DRAFT
    assert project.title.wordings["ar"].approved_by is None
    assert waiting() == ["Village telecentres"]

    translate(
        project,
        nour,
        now,
        is_approved=False,
        words={"title": "", "summary": ""},
        seen={"title": ARABIC, "summary": "بناء القدرات."},
    )

    project.refresh_from_db()
    assert project.title.by_language == {"en": "Village telecentres"}


def test_the_second_of_two_translators_sees_the_words_of_the_first_and_chooses(
    project: Project, nour: Person, now: datetime
) -> None:
    rami = make_person("Rami")
    translate(project, nour, now)

    with pytest.raises(operations.TranslatedMeanwhile) as refused:
        translate(project, rami, now, words={"title": "قرى"})

    assert refused.value.theirs == {"title": ARABIC}
    translate(project, rami, now, words={"title": "قرى"}, seen={"title": ARABIC})
    project.refresh_from_db()
    assert project.title.shown_to("ar").text == "قرى"
    assert project.title.wordings["ar"].approved_by == rami.pk


def test_a_version_that_is_being_written_gains_the_words_too(
    project: Project, nour: Person, now: datetime
) -> None:
    ProjectMember.objects.create(project=project, person=nour, role="owner", since=now)
    draft = operations.begin_version(project=project, begun_by=nour, at=now)
    ProjectVersion.objects.filter(pk=draft.pk).update(
        record=ProjectRecord(
            title=project.title, summary=LocalizedText.of("en", "Other words.")
        )
    )

    translate(project, nour, now)

    draft.refresh_from_db()
    assert draft.record.title.shown_to("ar").text == ARABIC
    assert draft.record.summary.by_language == {"en": "Other words."}
    assert draft.revision == 0


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({}, operations.TranslationMissing),
        ({"title": " \n "}, operations.TranslationMissing),
        ({"title": "\x00\u202e"}, operations.TranslationMissing),
        ({"title": "ا" * 301}, operations.TranslationTooLong),
        ({"summary": "🛰" * 100_000}, operations.TranslationTooLong),
    ],
)
def test_what_cannot_be_approved_is_refused(
    project: Project, nour: Person, now: datetime, words: Any, refusal: Any
) -> None:
    with pytest.raises(refusal):
        translate(project, nour, now, words=words)

    assert Entry.objects.filter(action__contains="translation").count() == 0


def test_words_lose_signs_that_turn_what_follows(
    project: Project, nour: Person, now: datetime
) -> None:
    translate(project, nour, now, words={"title": f"\u202e{ARABIC}\x00 <b>"})

    project.refresh_from_db()
    assert project.title.by_language["ar"] == f"{ARABIC} <b>"


def test_a_source_that_tells_its_project_again_keeps_the_translation(
    project: Project, nour: Person, now: datetime
) -> None:
    translate(project, nour, now, words={"title": ARABIC})
    a_project("Village telecentres", at=now + timedelta(days=1), year=2024)

    project.refresh_from_db()
    assert project.title.shown_to("ar").text == ARABIC


def write(folder: Path, text: str) -> Path:
    file = folder / "titles.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_approves_titles_and_reports_row_by_row(
    now: datetime, tmp_path: Path
) -> None:
    for country in ("EGY", "JOR"):
        a_project("Village telecentres", at=now, country_id=country)
    done = LocalizedText.of("en", "Done", ar="تم")
    a_project(done, at=now)
    file = write(
        tmp_path,
        "title,country,title_ar,note\n"
        f"village TELECENTRES,EGY,{ARABIC},x\n"
        "Done,,تم,\n"
        "Done,EGY,انتهى,\n"
        "Nowhere,EGY,لا مكان,\n"
        "Not yet,EGY,,\n"
        "Not yet,EGY,,,ليس بعد\n",
    )

    report = operations.load_translations(path=file, approved_by=None, at=now)

    assert report.counts == {
        "accepted": 1,
        "unchanged": 1,
        "skipped": 1,
        "refused": 2,
    }
    beyond = report.rows.pop(0)
    assert beyond.row == 7
    assert beyond.reason.startswith("“ليس بعد” stands beyond the last column")
    assert [(note.row, note.reason) for note in report.rows] == [
        (4, "Other words are approved already and stay."),
        (5, "No public project has this title."),
    ]
    assert waiting() == ["Village telecentres"]
    again = operations.load_translations(path=file, approved_by=None, at=now)
    assert again.counts == {"unchanged": 2, "skipped": 1, "refused": 2}
    assert Entry.objects.filter(action="stocktaking.translations_approved").count() == 1


def test_the_desk_shows_original_terms_and_titles_done_before(
    client: Client, project: Project, nour: Person, now: datetime
) -> None:
    a_project(
        LocalizedText.of("en", "Village telecentres II", ar="مراكز الاتصال ٢"), at=now
    )
    client.force_login(nour)

    queue = client.get("/en/projects/translations/ar/").content.decode()
    shown = client.get(f"/en/projects/translations/ar/{project.slug}/").content.decode()

    assert "1 project waits" in queue
    assert "Village telecentres" in queue
    assert 'lang="ar" dir="rtl" rows="3"></textarea>' in shown
    assert "بناء القدرات" in shown
    assert "مراكز الاتصال ٢" in shown


def test_a_translation_is_approved_on_the_page_and_a_clash_keeps_both_words(
    client: Client, project: Project, nour: Person, now: datetime
) -> None:
    client.force_login(nour)
    page = f"/en/projects/translations/ar/{project.slug}/"
    sent = {"title": ARABIC, "seen-title": "", "decision": "approve"}

    first = client.post(page, sent)
    clash = client.post(page, sent | {"title": "قرى"})
    chosen = client.post(page, sent | {"title": "قرى", "seen-title": ARABIC})

    assert (first.status_code, clash.status_code, chosen.status_code) == (302, 409, 302)
    said = clash.content.decode()
    assert ">قرى</textarea>" in said
    assert f'name="seen-title" value="{ARABIC}"' in said
    assert f'dir="rtl">{ARABIC}</p>' in said
    project.refresh_from_db()
    assert project.title.by_language["ar"] == "قرى"


def test_readers_are_shown_the_translation_and_the_original_one_tap_away(
    client: Client, project: Project, nour: Person, now: datetime
) -> None:
    translate(project, nour, now)
    shown = client.get(f"/ar/projects/{project.slug}/").content.decode()
    in_english = client.get(f"/en/projects/{project.slug}/").content.decode()

    assert f'<h1 class="title"><bdi lang="ar" dir="rtl">{ARABIC}</bdi></h1>' in shown
    original = '<bdi lang="en" dir="auto">Village telecentres</bdi></div></details>'
    assert (original in shown, original in in_english) == (True, False)
    assert ARABIC in client.get("/ar/projects/").content.decode()


def test_the_desk_is_for_translators(client: Client, project: Project) -> None:
    pages = ["", "ar/", f"ar/{project.slug}/"]
    assert [
        client.get(f"/en/projects/translations/{p}").status_code for p in pages
    ] == [
        302,
        302,
        302,
    ]
    client.force_login(make_person("Eve"))
    assert [
        client.get(f"/en/projects/translations/{p}").status_code for p in pages
    ] == [
        403,
        403,
        403,
    ]


def test_languages_and_projects_that_are_not_there(
    client: Client, nour: Person
) -> None:
    client.force_login(nour)
    for path in ("xx/", "ar/nowhere/", "ar/?country=XXX", "ar/?country=%00"):
        assert client.get(f"/en/projects/translations/{path}").status_code == 404
    assert client.get("/en/projects/translations/")["Location"] == (
        "/en/projects/translations/en/"
    )


def test_the_queue_costs_the_same_for_one_and_for_three(
    client: Client, nour: Person, now: datetime
) -> None:
    client.force_login(nour)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/en/projects/translations/ar/")
        return len(seen)

    a_project("One", at=now)
    one = cost()
    a_project("Two", at=now)
    a_project("Three", at=now)

    assert cost() == one
