"""Drafts: begun, saved by two, sent, thrown away; and contacts, which nobody reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from montada.audit.queries import entries_about
from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.stocktaking import operations, queries
from montada.stocktaking.engine.record import (
    NO_RECORD,
    Evidence,
    Place,
    ProjectRecord,
)
from montada.stocktaking.models import Project, ProjectVersion, RegisterRules
from montada.stocktaking.operations.showing import publish_version
from tests.factories.edition import make_edition
from tests.factories.entries import (
    a_draft,
    a_focal_point,
    a_published,
    a_record,
    an_entry,
)
from tests.factories.participation import make_administrator, make_person

pytestmark = pytest.mark.django_db


def save(
    version: ProjectVersion, by: Person, now: datetime, revision: int = 0, **more: Any
) -> ProjectVersion:
    usual: dict[str, Any] = {
        "record": a_record("Wells by radio"),
        "organisation_name": "Ministry of Water",
        "country_id": "EGY",
        "stakeholder_group_id": "government",
    }
    return operations.save_draft(
        version=version, revision=revision, saved_by=by, at=now, **usual | more
    )


def actions(project: Project) -> list[str]:
    found = [one.action for one in entries_about(project)]
    return [action.removeprefix("stocktaking.") for action in found[::-1]]


def coeditor(project: Project, owner: Person, now: datetime) -> Person:
    mona = make_person("Mona")
    operations.add_editor(project=project, email=mona.email, added_by=owner, at=now)
    return mona


class TestWriting:
    def test_a_project_begins_unseen_and_belongs_to_who_began_it(
        self, owner: Person, now: datetime, client: Client
    ) -> None:
        version = operations.begin_project(record=NO_RECORD, begun_by=owner, at=now)

        project = version.project
        assert (version.number, version.state, version.revision) == (1, "draft", 0)
        assert (project.visibility, project.slug[:6]) == ("unseen", "draft-")
        assert list(project.members.values_list("person", "role")) == [
            (owner.pk, "owner")
        ]
        assert actions(project) == ["version_begun"]
        assert client.get(f"/en/projects/{project.slug}/").status_code == 404

    def test_a_draft_is_saved_as_it_stands_and_is_no_decision(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        before = actions(draft.project)
        later = now + timedelta(minutes=5)

        saved = save(draft, owner, later, record=ProjectRecord(website="broken"))

        draft.refresh_from_db()
        assert (draft.revision, draft.written_at) == (1, later)
        assert draft.record == ProjectRecord(website="broken")
        assert saved == draft
        assert actions(draft.project) == before

    def test_the_second_of_two_learns_who_saved_meanwhile(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        mona = coeditor(draft.project, owner, now)
        save(draft, mona, now)

        with pytest.raises(operations.SavedMeanwhile) as refused:
            save(draft, owner, now, record=a_record("Mine"))

        assert str(refused.value).startswith("Mona saved this draft while you")
        draft.refresh_from_db()
        assert str(draft.record.title) == "Wells by radio"
        # Having seen it, they save again to keep their own.
        save(draft, owner, now, revision=1, record=a_record("Mine"))
        draft.refresh_from_db()
        assert (str(draft.record.title), draft.revision) == ("Mine", 2)

    @pytest.mark.parametrize("revision", [-1, 1, 10**9])
    def test_a_revision_that_was_never_seen_saves_nothing(
        self, draft: ProjectVersion, owner: Person, now: datetime, revision: int
    ) -> None:
        with pytest.raises(operations.SavedMeanwhile):
            save(draft, owner, now, revision=revision)

    def test_nobody_else_writes_in_it(
        self, draft: ProjectVersion, now: datetime
    ) -> None:
        attempts: list[Callable[[Person], object]] = [
            lambda person: save(draft, person, now),
            lambda person: operations.set_labels(
                version=draft, labels=[], set_by=person
            ),
            lambda person: operations.set_contacts(
                version=draft, contacts=[], set_by=person
            ),
            lambda person: operations.submit_version(
                version=draft, submitted_by=person, at=now
            ),
            lambda person: operations.discard_draft(
                version=draft, discarded_by=person, at=now
            ),
            lambda person: operations.begin_version(
                project=draft.project, begun_by=person, at=now
            ),
        ]
        for person in (make_person("Eve"), make_administrator()):
            for attempt in attempts:
                with pytest.raises(operations.NotYourProject):
                    attempt(person)

    def test_words_that_mislead_are_kept_without_what_misleads(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        tricky = "\u202eWells\x00 👩\u200d💻"
        record = ProjectRecord(
            title=LocalizedText.of("en", tricky),
            evidence=(Evidence(tricky),),
            places=(Place(tricky),),
        )

        save(draft, owner, now, record=record, organisation_name=tricky)

        draft.refresh_from_db()
        kept = "Wells 👩\u200d💻"
        assert str(draft.record.title) == str(draft.project.title) == kept
        assert draft.record.evidence == (Evidence(kept),)
        assert draft.record.places == (Place(kept),)
        assert draft.organisation_name == kept

    def test_a_hundred_thousand_characters_are_saved_and_wait(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        summary = LocalizedText.of("ar", "ب" * 100_000)

        saved = save(draft, owner, now, record=a_record(summary=summary))

        assert len(str(saved.record.summary)) == 100_000
        (problem,) = queries.problems_in(saved, now)
        assert (problem.part, problem.code) == ("summary", "too_long")

    def test_my_projects_are_those_whose_words_are_mine(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        a_draft(make_person("Zoe"), at=now)

        mine: list[Any] = list(queries.my_projects(owner))

        found = [(project.pk, project.open_versions) for project in mine]
        assert found == [(draft.project_id, [draft])]


class TestSending:
    def test_what_is_missing_is_told_part_by_part(
        self, owner: Person, now: datetime
    ) -> None:
        version = operations.begin_project(record=NO_RECORD, begun_by=owner, at=now)

        with pytest.raises(operations.NotReady) as refused:
            operations.submit_version(version=version, submitted_by=owner, at=now)

        assert [problem.part for problem in refused.value.problems] == [
            "title",
            "summary",
            "organisation",
            "country",
            "action_lines",
            "entry_type",
        ]
        version.refresh_from_db()
        assert (version.state, version.receipt) == ("draft", "")

    def test_an_international_organisation_needs_no_country(
        self, owner: Person, now: datetime
    ) -> None:
        version = a_draft(owner, at=now, group="io", country_id=None)

        assert queries.problems_in(version, now) == []

    def test_a_government_waits_for_its_focal_point_as_long_as_the_edition_rules(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        a_focal_point("EGY")
        edition = make_edition(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
        RegisterRules.objects.create(edition=edition, focal_point_days=5)

        sent = operations.submit_version(version=draft, submitted_by=owner, at=now)

        # 1 March and five days.
        assert (sent.state, sent.due_on) == ("focal_point", date(2027, 3, 6))
        assert sent.submitted_at == now
        assert sent.receipt == f"2027-{sent.pk:05d}"

    @pytest.mark.parametrize(
        ("group", "country_of_focal_point"),
        [("civil", "EGY"), ("private", "EGY"), ("government", "TUN")],
    )
    def test_nobody_else_waits(
        self, owner: Person, now: datetime, group: str, country_of_focal_point: str
    ) -> None:
        a_focal_point(country_of_focal_point)

        sent = an_entry(owner, at=now, group=group)

        assert (sent.state, sent.due_on) == ("secretariat", None)

    def test_bounds_of_texts_are_the_editions(
        self, draft: ProjectVersion, now: datetime
    ) -> None:
        edition = make_edition(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
        RegisterRules.objects.create(edition=edition, summary_words_least=50)

        (problem,) = queries.problems_in(draft, now)

        assert (problem.code, problem.details["least"]) == ("too_few_words", 50)

    def test_what_was_sent_changes_no_more(self, owner: Person, now: datetime) -> None:
        entry = an_entry(owner, at=now)

        attempts: list[Callable[[], object]] = [
            lambda: save(entry, owner, now),
            lambda: operations.set_labels(version=entry, labels=[], set_by=owner),
            lambda: operations.set_contacts(version=entry, contacts=[], set_by=owner),
            lambda: operations.submit_version(
                version=entry, submitted_by=owner, at=now
            ),
            lambda: operations.discard_draft(version=entry, discarded_by=owner, at=now),
        ]
        for attempt in attempts:
            with pytest.raises(operations.VersionNotEditable):
                attempt()

    def test_a_number_stays_when_it_is_sent_again(
        self, owner: Person, now: datetime
    ) -> None:
        entry = an_entry(owner, at=now)
        operations.return_version(
            version=entry, text="Which oases?", returned_by=make_administrator(), at=now
        )
        entry.refresh_from_db()
        assert entry.state == "change_asked"

        save(entry, owner, now)
        again = operations.submit_version(version=entry, submitted_by=owner, at=now)

        assert again.receipt == entry.receipt


class TestDiscarding:
    def test_a_project_that_was_never_published_goes_with_its_draft(
        self, draft: ProjectVersion, owner: Person, now: datetime
    ) -> None:
        operations.discard_draft(version=draft, discarded_by=owner, at=now)

        assert (Project.objects.count(), ProjectVersion.objects.count()) == (0, 0)

    @pytest.mark.parametrize("is_first", [True, False])
    def test_a_draft_that_was_joined_to_another_record_leaves_it_alone(
        self, draft: ProjectVersion, owner: Person, now: datetime, is_first: bool
    ) -> None:
        secretary = make_administrator()
        other = a_published(make_person("Nadia"), secretary, at=now, title="Palms")
        one, twin = (other, draft.project) if is_first else (draft.project, other)
        operations.link_twins(project=one, twin=twin, linked_by=secretary, at=now)

        operations.discard_draft(version=draft, discarded_by=owner, at=now)

        left = Project.objects.get()
        assert (left.pk, left.same_as) == (other.pk, None)
        assert actions(left)[-1] == "twins_unlinked"

    def test_of_a_published_project_only_the_draft_goes(
        self, owner: Person, now: datetime
    ) -> None:
        entry = an_entry(owner, at=now, group="civil")
        publish_version(version=entry, published_by=None, at=now)
        second = operations.begin_version(project=entry.project, begun_by=owner, at=now)

        operations.discard_draft(version=second, discarded_by=owner, at=now)

        (left,) = entry.project.versions.all()
        assert (left.number, Project.objects.get().is_public) == (1, True)


class TestContacts:
    CONTACT = {
        "name": "Nadia of the wells",
        "email": "nadia@wells.example",
        "phone": "+20 100 555 0199",
        "position": "Hydrologist",
    }

    def test_contacts_replace_each_other(
        self, draft: ProjectVersion, owner: Person
    ) -> None:
        for contacts in ([self.CONTACT, {"name": "Zeinab"}], [self.CONTACT]):
            operations.set_contacts(version=draft, contacts=contacts, set_by=owner)

        assert queries.rows_of(draft, "contacts") == [self.CONTACT]

    def test_contacts_are_nowhere_that_readers_come(
        self, draft: ProjectVersion, owner: Person, now: datetime, client: Client
    ) -> None:
        operations.set_contacts(version=draft, contacts=[self.CONTACT], set_by=owner)
        operations.submit_version(version=draft, submitted_by=owner, at=now)
        publish_version(version=draft, published_by=None, at=now)
        slug = Project.objects.get().slug

        addresses = [
            f"/en/projects/{slug}/",
            f"/ar/projects/{slug}/",
            "/en/projects/",
            "/en/search/?q=nadia",
            f"/en/projects/compare/?project={slug}",
            f"/api/v1/projects/{slug}",
            f"/api/v1/projects/{slug}/versions",
            "/api/v1/projects",
        ]
        for address in addresses:
            answer = client.get(address)
            words = answer.content.decode()
            assert (address, answer.status_code) == (address, 200)
            for secret in self.CONTACT.values():
                assert secret.casefold() not in words.casefold()
