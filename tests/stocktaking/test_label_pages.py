"""Suggested labels on pages: on the project, in lists, and where they are decided."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from montada.language.engine.text import LocalizedText
from montada.participation.models import Person
from montada.stocktaking import operations
from montada.stocktaking.models import Project
from tests.factories.framework import make_facilitator
from tests.factories.labels import a_reading, suggest
from tests.factories.participation import make_administrator, make_person, make_role
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db

WORKLIST = "/en/projects/suggestions/"


@pytest.fixture
def project(now: datetime) -> Project:
    """An Egyptian project of C2 whose title suggests C7-ehealth and goal 3."""
    project = a_project("Doctors by telephone", at=now)
    suggest(project, "C7-ehealth", at=now, words="Doctors", score=0.62)
    suggest(project, "3", at=now, words="Doctors by", score=0.4)
    return project


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def on_page_of(client: Client, project: Project, language: str = "en") -> str:
    return page(client, f"/{language}/projects/{project.slug}/")


def send(client: Client, project: Project, **values: str) -> Any:
    usual = {"axis": "goal", "code": "3", "decision": "confirm"}
    return client.post(f"/en/projects/{project.slug}/labels/", usual | values)


def focal_point(iso3: str) -> Person:
    person = make_person(f"Amina {iso3}", email=f"{iso3.lower()}@example.org")
    make_role(person, "focal_point", country_id=iso3)
    return person


def decider(kind: str, place: str = "") -> Person:
    if kind == "facilitator":
        facilitator: Person = make_facilitator(place)
        return facilitator
    if kind == "focal point":
        return focal_point(place)
    return make_administrator() if kind == "secretariat" else make_person()


class TestOnTheProject:
    def test_each_suggestion_says_how_sure_and_why(
        self, client: Client, project: Project
    ) -> None:
        html = on_page_of(client, project)

        assert "Suggested by the text" in html
        assert "C7 – E-health" in words(html)
        assert "62% likely" in words(html)
        assert '<bdi lang="en" dir="ltr"><mark>Doctors</mark> by' in html
        assert "a person decides" in html
        assert 'name="decision"' not in html

    def test_in_arabic_the_title_keeps_its_direction(
        self, client: Client, now: datetime
    ) -> None:
        title = LocalizedText.of("ar", "أطباء عبر الهاتف")
        project = a_project(title, at=now)
        suggest(project, "3", at=now, words="أطباء", language="ar")

        for language in ("ar", "en"):
            html = on_page_of(client, project, language)
            assert '<bdi lang="ar" dir="rtl"><mark>أطباء</mark> عبر' in html

    @pytest.mark.parametrize(
        ("title", "is_read", "said"),
        [
            ("Roads", False, "The title has not been read for labels yet."),
            ("Roads", True, "found no further line or goal"),
            ("", False, "No source states a title, so there are no words"),
        ],
    )
    def test_what_is_not_there_is_said(
        self, client: Client, now: datetime, title: str, is_read: bool, said: str
    ) -> None:
        project = a_project(title, at=now)
        if is_read:
            a_reading(project, title, at=now)

        assert said in on_page_of(client, project)

    def test_who_confirmed_and_when_is_told(
        self, client: Client, project: Project, now: datetime
    ) -> None:
        decide = {"project": project, "decided_by": make_facilitator(), "at": now}
        operations.confirm_label(axis="goal", code="3", **decide)
        operations.decline_label(axis="action_line", code="C7-ehealth", **decide)

        said = words(on_page_of(client, project))
        assert "Confirmed by Fatima on 1 March 2027" in said
        assert "Everything that the title suggests has been decided." in said
        assert "E-health" not in said

    def test_markup_in_a_title_stays_words(self, client: Client, now: datetime) -> None:
        project = a_project("<b>Roads</b> of <i>data</i>", at=now)
        suggest(project, "9", at=now, words="<i>data</i>")

        html = on_page_of(client, project)
        assert "<mark>&lt;i&gt;data&lt;/i&gt;</mark>" in html

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_do_not_grow_with_labels(
        self, client: Client, now: datetime, n: int, django_assert_num_queries: Any
    ) -> None:
        project = a_project(at=now)
        fatima = make_facilitator()
        for number in range(1, n + 1):
            suggest(project, f"{number}", f"{number + 8}", f"C{number + 2}", at=now)
            operations.confirm_label(
                project=project,
                axis="goal",
                code=f"{number}",
                decided_by=fatima,
                at=now,
            )

        # Three of them read the framework, which a process remembers outside of a test.
        with django_assert_num_queries(23):
            on_page_of(client, project)


class TestDeciding:
    def test_a_facilitator_confirms_a_goal_of_a_project_of_their_line(
        self, client: Client, project: Project
    ) -> None:
        client.force_login(make_facilitator("C2"))

        assert 'value="confirm"' in on_page_of(client, project)
        response = send(client, project)

        assert response.headers["Location"] == f"/en/projects/{project.slug}/"
        assert list(project.goals.values_list("pk", flat=True)) == [3]
        assert "Confirmed." in on_page_of(client, project)

    def test_a_decision_that_was_taken_already_is_a_message(
        self, client: Client, project: Project
    ) -> None:
        client.force_login(make_administrator())
        send(client, project)

        send(client, project)

        said = on_page_of(client, project)
        assert "Somebody has decided this already, and in the same way." in said

    def test_who_declined_may_turn_it(self, client: Client, project: Project) -> None:
        client.force_login(make_administrator())
        send(client, project, decision="decline")

        assert "Declined by Salma on" in words(on_page_of(client, project))
        send(client, project)
        assert list(project.goals.values_list("pk", flat=True)) == [3]

    @pytest.mark.parametrize(
        ("who", "axis", "code", "status"),
        [
            ("secretariat", "goal", "3", 302),
            ("facilitator of C2", "goal", "3", 302),
            ("facilitator of C2", "action_line", "C7-ehealth", 403),
            ("facilitator of C7-ehealth", "action_line", "C7-ehealth", 302),
            ("facilitator of C7-ehealth", "goal", "3", 403),
            ("focal point of EGY", "goal", "3", 302),
            ("focal point of EGY", "action_line", "C7-ehealth", 302),
            ("focal point of FRA", "goal", "3", 403),
            ("nobody", "goal", "3", 403),
        ],
    )
    def test_who_decides(
        self,
        client: Client,
        project: Project,
        who: str,
        axis: str,
        code: str,
        status: int,
    ) -> None:
        person = decider(*who.split(" of "))
        client.force_login(person)
        offered = on_page_of(client, project)

        assert send(client, project, axis=axis, code=code).status_code == status
        assert (f'name="code" value="{code}"' in offered) == (status == 302)

    def test_a_visitor_is_asked_to_sign_in(
        self, client: Client, project: Project
    ) -> None:
        response = send(client, project)

        assert response.status_code == 302
        assert "/account/login/" in response.headers["Location"]
        assert project.goals.count() == 0

    @pytest.mark.parametrize(
        "values",
        [
            {"axis": "target"},
            {"code": ""},
            {"code": "9" * 40},
            {"code": "\x00"},
            {"decision": "maybe"},
        ],
    )
    def test_what_is_no_decision_is_not_found(
        self, client: Client, project: Project, values: dict[str, str]
    ) -> None:
        client.force_login(make_administrator())

        assert send(client, project, **values).status_code == 404

    def test_the_way_back_stays_on_this_site(
        self, client: Client, project: Project
    ) -> None:
        client.force_login(make_administrator())

        away = send(client, project, back="https://elsewhere.example/")
        here = send(client, project, decision="decline", back=f"{WORKLIST}?label=3")

        assert away.headers["Location"] == f"/en/projects/{project.slug}/"
        assert here.headers["Location"] == f"{WORKLIST}?label=3"


class TestWorklist:
    def codes(self, client: Client, query: str = "") -> list[str]:
        rows = client.get(WORKLIST + query).context["rows"]
        return [row.label.code for row in rows]

    def test_it_lists_what_waits_the_surest_first(
        self, client: Client, project: Project
    ) -> None:
        client.force_login(make_administrator())

        html = page(client, WORKLIST)
        assert self.codes(client) == ["C7-ehealth", "3"]
        assert "2 suggestions wait for a decision of yours" in html
        assert "<mark>Doctors</mark> by telephone" in html

    def test_each_sees_what_is_theirs_to_decide(
        self, client: Client, project: Project, now: datetime
    ) -> None:
        french = a_project("Clinics", at=now, country_id="FRA", lines=["C3"])
        suggest(french, "C7-ehealth", "10", at=now, score=0.3)

        seen = {}
        for person in (
            make_facilitator("C2"),
            make_facilitator("C7-ehealth", "f7@example.org"),
            focal_point("FRA"),
            make_administrator(),
        ):
            client.force_login(person)
            seen[person.email] = self.codes(client)
            for row in client.get(WORKLIST).context["rows"]:
                assert person.has_perm("stocktaking.decide_label", row.label)

        assert list(seen.values()) == [
            ["3"],
            ["C7-ehealth", "C7-ehealth"],
            ["C7-ehealth", "10"],
            ["C7-ehealth", "3", "C7-ehealth", "10"],
        ]

    def test_it_is_narrowed_and_ordered(
        self, client: Client, project: Project, now: datetime
    ) -> None:
        later = a_project("Clinics", at=now, country_id="FRA")
        suggest(later, "3", at=now + timedelta(days=1), score=0.1)
        client.force_login(make_administrator())

        assert self.codes(client, "?label=C7-ehealth") == ["C7-ehealth"]
        assert self.codes(client, "?label=3&country=FRA") == ["3"]
        assert self.codes(client, "?country=TUN") == []
        assert self.codes(client, "?order=newest") == ["3", "C7-ehealth", "3"]
        assert "Nothing waits for you here." in page(client, f"{WORKLIST}?label=17")

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("?label=C12", "The filter “Label” has no value “C12”."),
            ("?country=XXX", "The filter “Country” has no value “XXX”."),
            ("?page=9", "There is no such page: the list has 1 page."),
        ],
    )
    def test_bad_addresses_are_named(
        self, client: Client, query: str, said: str
    ) -> None:
        client.force_login(make_administrator())

        assert said in page(client, WORKLIST + query, 404)

    def test_the_last_row_of_a_page_leads_back_to_the_first(
        self, client: Client, now: datetime
    ) -> None:
        for n in range(21):
            suggest(a_project(f"Clinic {n}", at=now), "3", at=now)
        client.force_login(make_administrator())

        html = page(client, f"{WORKLIST}?label=3&page=2")

        assert f'name="back" value="{escape(WORKLIST + "?label=3")}"' in html

    def test_it_is_not_for_everybody(self, client: Client) -> None:
        assert client.get(WORKLIST).status_code == 302
        client.force_login(make_person())
        assert client.get(WORKLIST).status_code == 403

    def test_those_who_decide_are_led_there(self, client: Client) -> None:
        addresses = ("/en/participation/me/", "/en/projects/")
        for person, is_led in ((make_facilitator(), True), (make_person(), False)):
            client.force_login(person)
            for address in addresses:
                assert (f'href="{WORKLIST}"' in page(client, address)) == is_led

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_do_not_grow_with_the_list(
        self, client: Client, now: datetime, n: int, django_assert_num_queries: Any
    ) -> None:
        for i in range(n):
            suggest(a_project(f"Clinic {i}", at=now), "3", "C3", at=now)
        client.force_login(make_administrator())

        # Four of them read the framework and the shell: remembered outside of a test.
        with django_assert_num_queries(12):
            page(client, WORKLIST)


class TestInTheList:
    @pytest.fixture(autouse=True)
    def _another(self, project: Project, now: datetime) -> None:
        a_project("Hospital network", at=now, lines=["C7-ehealth"], goal_numbers=[3])

    def slugs(self, client: Client, query: str) -> list[str]:
        html = page(client, f"/en/projects/{query}")
        return re.findall(r'<li>\s*<a href="/en/projects/([\w-]+)/"', html)

    def test_suggestions_are_taken_in_only_if_asked(self, client: Client) -> None:
        cell = "?line=C7-ehealth&goal=3"

        assert self.slugs(client, cell) == ["hospital-network-egy"]
        assert sorted(self.slugs(client, f"{cell}&suggested=1")) == [
            "doctors-by-telephone-egy",
            "hospital-network-egy",
        ]

    def test_a_card_says_why_it_is_there(self, client: Client) -> None:
        html = page(client, "/en/projects/?line=C7-ehealth&suggested=1")

        assert words(html).count("Suggested by the title: C7 – E-health") == 1
        assert "Suggested by the title" not in page(client, "/en/projects/?suggested=1")

    def test_the_choice_is_kept_and_can_be_taken_back(self, client: Client) -> None:
        html = page(client, "/en/projects/?line=C7-ehealth&suggested=1")

        assert escape("?line=C7-ehealth&suggested=1&country=EGY") in html
        assert 'href="?line=C7-ehealth"' in html
        assert '<input type="hidden" name="suggested" value="1">' in html

    def test_it_is_offered_beside_a_line_or_a_goal(self, client: Client) -> None:
        offer = "suggested by the title too"

        assert offer in page(client, "/en/projects/?goal=3")
        assert offer not in page(client, "/en/projects/")

    @pytest.mark.parametrize("value", ["0", "none", "yes", "%00"])
    def test_other_values_are_named(self, client: Client, value: str) -> None:
        said = page(client, f"/en/projects/?suggested={value}", 404)

        assert "The filter “Labels” has no value" in said
