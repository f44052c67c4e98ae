"""What records say of themselves narrows the list, alone and together."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from montada.language.engine.text import LocalizedText
from montada.stocktaking import operations
from montada.stocktaking.choices import Visibility
from montada.stocktaking.engine.record import Evidence, Money, Place, ProjectRecord
from montada.stocktaking.engine.values import ProjectFacts
from montada.stocktaking.models import Project
from tests.factories.participation import make_person, make_role
from tests.stocktaking.test_project_list import facet, listed

pytestmark = pytest.mark.django_db

WELLS = LocalizedText.of("ar", "آبار الواحات", en="Wells of the oases")
SCHOOL = LocalizedText.of("fr", "L'école en réseau")


def told(title: LocalizedText, country: str, **facts: Any) -> ProjectFacts:
    return ProjectFacts(
        source_url="https://example.org/list",
        title=title,
        country_id=country,
        action_line_ids=("C2",),
        **facts,
    )


def days_ago(n: int) -> date:
    # Pages read the clock of the world, not of the tests.
    return timezone.now().date() - timedelta(days=n)


@pytest.fixture
def slugs(now: datetime) -> dict[str, str]:
    """Three projects, by default freshness of 12 and 24 months."""
    wells = ProjectRecord(
        summary=LocalizedText.of(
            "ar", "يقرأ المزارعون مستوى المياه", en="Water levels"
        ),
        entry_type="project",
        status="ongoing",
        evidence=(Evidence("Wells read", value=Decimal(50)),),
        money=Money(budget=Decimal(900), funded=Decimal(400), currency="USD"),
        places=(Place(country_id="TUN"), Place(country_id="FRA")),
    )
    school = ProjectRecord(entry_type="training", status="completed")
    recorded = operations.record_projects(
        facts=[
            told(WELLS, "EGY", record=wells, current_on=days_ago(30)),
            told(SCHOOL, "FRA", record=school, current_on=days_ago(500)),
            told(LocalizedText.of("en", "Old"), "KEN", current_on=days_ago(2_000)),
        ],
        at=now,
    )
    names = ("wells", "school", "old")
    return {name: one.project.slug for name, one in zip(names, recorded, strict=True)}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("type=training", {"school"}),
        ("status=ongoing", {"wells"}),
        ("status=none", {"old"}),
        ("language=ar", {"wells"}),
        ("language=fr&language=en", {"school", "old"}),
        ("evidence=1", {"wells"}),
        ("gap=1", {"wells"}),
        ("evidence=none", {"school", "old"}),
        ("work=TUN", {"wells"}),
        ("region=itu-europe", {"wells"}),
        ("group=itu-europe", {"school"}),
        ("type=project&work=FRA&line=C2&evidence=1", {"wells"}),
        ("type=project&country=FRA", set()),
        ("q=oases", {"wells"}),
        ("q=water", {"wells"}),
        ("q=المزارعون", {"wells"}),
        ("q=ابار+levels", {"wells"}),
        ("q=ecole", {"school"}),
        ("freshness=fresh", {"wells"}),
        ("freshness=ageing", {"school"}),
        ("freshness=stale", {"old"}),
        ("freshness=fresh&freshness=stale", {"wells", "old"}),
    ],
)
def test_each_narrows_and_all_combine(
    client: Client, slugs: dict[str, str], filters: str, expected: set[str]
) -> None:
    found = set(listed(client, f"/en/projects/?{filters}"))

    assert found == {slugs[name] for name in expected}


def test_an_archived_project_is_only_archived(
    client: Client, slugs: dict[str, str]
) -> None:
    Project.objects.filter(slug=slugs["old"]).update(visibility=Visibility.ARCHIVED)

    assert listed(client, "/en/projects/?freshness=archived") == [slugs["old"]]
    counted = facet(client, "/en/projects/", "freshness")
    assert (counted["archived"], sum(counted.values())) == (1, 3)


def test_counts_stand_beside_every_value(client: Client, slugs: dict[str, str]) -> None:
    assert facet(client, "/en/projects/", "type") == {
        "project": 1,
        "training": 1,
        "none": 1,
    }
    assert facet(client, "/en/projects/?type=project", "work") == {"FRA": 1, "TUN": 1}
    assert facet(client, "/en/projects/?line=C2", "language") == {
        "ar": 1,
        "en": 1,
        "fr": 1,
    }


@pytest.mark.parametrize(
    "filters", ["type=spaceship", "status=1", "freshness=rotten", "evidence=2"]
)
def test_what_is_no_value_is_named(client: Client, filters: str) -> None:
    response = client.get(f"/en/projects/?{filters}")

    assert response.status_code == 404
    assert "The filter “" in response.content.decode()


class TestOnTheMap:
    def test_seats_and_places_of_work_are_counted_apart(
        self, client: Client, slugs: dict[str, str]
    ) -> None:
        def counted(address: str) -> dict[str, int]:
            drawing = client.get(address).context["drawing"]
            return {row.iso3: row.count for row in drawing.table}

        assert counted("/en/projects/?view=map") == {"EGY": 1, "FRA": 1, "KEN": 1}
        assert counted("/en/projects/?view=map&by=work") == {"FRA": 1, "TUN": 1}
        assert counted("/en/projects/?view=map&type=training") == {"FRA": 1}
        assert counted("/en/projects/?view=map&group=las") == {"EGY": 1}

    def test_a_country_leads_to_its_projects_and_the_map_stays(
        self, client: Client, slugs: dict[str, str]
    ) -> None:
        page = client.get("/en/projects/?view=map&type=training").content.decode()

        assert escape("?type=training&view=map&country=FRA") in page
        assert '<input type="hidden" name="view" value="map">' in page

    @pytest.mark.parametrize(
        "address",
        ["?view=map&by=mars", "?view=globe", "?view=map&group=none", "?view=map&q=%00"],
    )
    def test_any_address_shows_something(self, client: Client, address: str) -> None:
        assert client.get(f"/en/projects/{address}").status_code == 200


def test_a_search_can_go_on_by_meaning(client: Client, slugs: dict[str, str]) -> None:
    page = client.get("/en/projects/?q=water+%26+wells").content.decode()

    assert "/en/search/?kind=project&amp;q=water%20%26%20wells" in page


def test_a_translation_of_a_summary_is_found_at_once(
    client: Client, slugs: dict[str, str], now: datetime
) -> None:
    translator = make_person("Nour")
    make_role(translator, "translator")
    operations.translate(
        project=Project.objects.get(slug=slugs["wells"]),
        language="ru",
        words={"summary": "Уровень воды"},
        seen={},
        is_approved=False,
        translated_by=translator,
        at=now,
    )

    assert listed(client, "/en/projects/?q=воды") == [slugs["wells"]]
