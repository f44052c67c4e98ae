"""The forum's home and the home of an edition: true numbers, or none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from montada.edition import operations as editions
from montada.language.engine.text import LocalizedText
from montada.participation import operations as participation
from montada.programme.models import Session
from montada.selection.models import Award
from montada.site.figures import Figures, figures
from montada.stocktaking.models import Project
from tests.factories.edition import make_edition, make_phase, make_secretary, text

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    return html[html.index("<main") :]


def make_project(slug: str, country: str | None = "EGY") -> Project:
    return Project.objects.create(
        slug=slug, key=slug, title=text(slug), sort_key=slug, country_id=country
    )


def make_session(slug: str, edition: Any = None) -> Session:
    return Session.objects.create(
        slug=slug, title=text(slug), sort_key=slug, edition=edition
    )


def make_coming(**values: Any) -> Any:
    today = timezone.now().date()
    usual: dict[str, Any] = {
        "year": today.year + 1,
        "starts_on": today + timedelta(days=100),
        "ends_on": today + timedelta(days=104),
    }
    return make_edition(**usual | values)


def test_a_site_without_an_edition_leads_to_its_setup(client: Client) -> None:
    html = page(client, "/en/")

    assert "This forum is being prepared" in html
    assert 'href="/en/setup/"' in html
    assert "Twenty-year review" in html


def test_figures_count_what_is_there() -> None:
    edition = make_edition(year=2018)
    make_edition("made-up", year=2001, is_made_up=True)
    make_project("one"), make_project("two"), make_project("three", "CHE")
    project = make_project("no-country", None)
    make_session("first", edition)
    Award.objects.create(project=project, result="winner")

    assert figures() == Figures(
        n_projects=4,
        n_countries=2,
        n_sessions=1,
        n_awards=1,
        n_editions=1,
        first_year=2018,
    )


def test_figures_of_an_empty_forum_are_zero(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert figures() == Figures(0, 0, 0, 0, 0, None)


def test_the_home_shows_the_coming_edition_with_true_numbers(client: Client) -> None:
    make_coming(theme=text("What did we reach?", ar="ماذا أنجزنا؟"))
    for i in range(3):
        make_project(f"project-{i}")

    english, arabic = page(client, "/en/"), page(client, "/ar/")

    assert "What did we reach?" in english
    assert "Geneva and online" in english
    assert "<b>3</b>" in english
    assert "from 1 country" in english
    assert "ماذا أنجزنا؟" in arabic
    assert "not open yet" in english


def test_without_a_theme_the_name_is_the_heading(client: Client) -> None:
    make_coming()

    assert '<h1><bdi lang="en" dir="ltr">Forum 2027</bdi></h1>' in page(client, "/en/")


def test_phases_say_how_long_they_last_in_the_editions_time(client: Client) -> None:
    edition = make_coming()
    now = timezone.now()
    day = timedelta(days=1)
    make_phase(edition, now - 40 * day, now - 20 * day, "consultation")
    make_phase(edition, now - 20 * day, now + 12 * day, "selection", text("Voting"))
    make_phase(edition, now + 12 * day, now + 30 * day, "programme", text("Agenda"))

    html = page(client, "/en/")

    assert '<li class="done">' in html
    assert '<li class="now" aria-current="step">' in html
    assert '<li class="coming">' in html
    assert "12 days left" in html
    assert "opens in 12 days" in html
    assert "All moments are in Geneva time." in html


def test_a_home_costs_the_same_whatever_it_holds(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    edition = make_coming()
    now = timezone.now()
    counts = []
    for kind in ("consultation", "selection", "forum"):
        make_phase(edition, now, now + timedelta(days=3), kind)
        make_project(kind)
        with django_assert_max_num_queries(13) as captured:
            page(client, "/ar/")
        counts.append(len(captured))

    assert len(set(counts)) == 1


@pytest.mark.parametrize("group", ["las", "au"])
def test_the_matrix_is_narrowed_to_a_group_of_countries(
    group: str, client: Client
) -> None:
    make_coming()

    assert f'aria-current="true" href="?group={group}"' in page(
        client, f"/en/?group={group}"
    )


@pytest.mark.parametrize("group", ["atlantis", "9" * 200, "%00", "las'--"])
def test_a_group_that_does_not_exist_is_a_clear_page(
    group: str, client: Client
) -> None:
    make_coming()

    assert client.get(f"/en/?group={group}").status_code == 404


@pytest.mark.parametrize("slug", ["1999", "x" * 300, "9" * 31])
def test_an_edition_that_does_not_exist_is_a_clear_page(
    slug: str, client: Client
) -> None:
    response = client.get(f"/en/editions/{slug}/")

    assert response.status_code == 404
    assert "There is no such edition." in response.content.decode()


@pytest.fixture
def _real_editions(now: Any) -> None:
    editions.load_editions(at=now)


@pytest.mark.usefixtures("_real_editions")
def test_2018_is_shown_in_full_in_english(client: Client) -> None:
    html = page(client, "/en/editions/2018/")

    for words in (
        "Leveraging ICTs to Build Information and Knowledge Societies for Achieving",
        "19–23 March 2018",
        "Geneva, with remote participation",
        "ITU Headquarters; CICG",
        "On site, with remote participation",
        "UN DESA",
        "<b>2,500</b>",
        "stated at the opening (more than)",
        "<b>150</b>",
        "<b>200</b>",
        "as reported",
        "https://dig.watch/event/wsis-forum-2018/official-opening-segment-opening-",
        "The announcement by the Egyptian NTRA also names UN DESA",
    ):
        assert words in html
    # What the whole forum holds is not said of one past edition.
    assert "Where do the projects work?" not in html


@pytest.mark.usefixtures("_real_editions")
def test_2018_is_shown_in_full_in_arabic(client: Client) -> None:
    response = client.get("/ar/editions/2018/")

    html = response.content.decode()
    assert (
        "منتدى القمة العالمية لمجتمع المعلومات لعام 2018"
        in (html[html.index('class="logo"') : html.index("<main")])
    )
    assert "من 19 إلى 23 مارس 2018" in html
    assert "الاستفادة من تكنولوجيا المعلومات والاتصالات لبناء مجتمعات" in html


@pytest.mark.usefixtures("_real_editions")
def test_2025_is_shown_in_full(client: Client) -> None:
    english = page(client, "/en/editions/2025/")
    arabic = page(client, "/ar/editions/2025/")

    for words in (
        "WSIS+20 High-Level Event 2025",
        "7–11 July 2025",
        "Geneva and online",
        "Palexpo",
        "Swiss Confederation (co-host)",
        "<b>11,000</b>",
        "<b>169</b>",
    ):
        assert words in english
    assert "منتدى القمة العالمية لمجتمع المعلومات +20" in arabic
    assert "من 7 إلى 11 يوليو 2025" in arabic


@pytest.mark.usefixtures("_real_editions")
def test_what_2026_does_not_say_is_unknown_and_no_number_is_invented(
    client: Client,
) -> None:
    html = page(client, "/en/editions/2026/")

    assert html.count('<span class="unknown">unknown</span>') == 6
    assert "Participants</span><b>" not in html


@pytest.mark.usefixtures("_real_editions")
def test_the_home_of_a_past_edition_is_read_in_few_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    # Stamp (2), edition, phases, terms, its sessions, the forum.
    with django_assert_num_queries(7):
        page(client, "/ar/editions/2018/")
    with django_assert_num_queries(7):
        page(client, "/en/editions/2025/")


def test_sessions_held_at_an_edition_are_counted_for_it_alone(client: Client) -> None:
    past = make_edition("2011", year=2011, ends_on=date(2011, 5, 20), n_sessions=100)
    make_session("here", past), make_session("elsewhere")

    html = page(client, "/en/editions/2011/")

    assert "Sessions on this site</span><b>1</b>" in html
    assert "Sessions</span><b>100</b>" in html


def test_a_made_up_edition_says_so_everywhere(client: Client) -> None:
    make_coming(is_made_up=True)

    response = client.get("/en/editions/2027/").content.decode()

    assert "Demonstration: this edition is made up." in response
    assert "· demonstration" in page(client, "/en/")
    assert "none: this edition is made up" in page(client, "/en/")


def test_an_editions_own_words_stand_on_its_home(client: Client, now: Any) -> None:
    edition = make_coming()
    editions.set_term(
        edition_id=edition.pk,
        key="sessions",
        label=text("Encounters"),
        set_by=None,
        at=now,
    )

    assert "Encounters" in page(client, "/en/")


def test_the_secretariat_is_led_to_its_desk(client: Client) -> None:
    make_coming()
    assert "Manage the edition" not in page(client, "/en/")

    client.force_login(
        make_secretary(), "allauth.account.auth_backends.AuthenticationBackend"
    )
    html = page(client, "/en/editions/2027/")
    assert 'href="/en/editions/2027/manage/"' in html


def test_a_forum_that_is_set_up_waits_for_its_first_edition(
    client: Client, now: datetime
) -> None:
    administrator = participation.set_up_forum(
        name=LocalizedText.of("ar", "المنتدى الوطني", en="National Forum"),
        languages=["ar", "en"],
        email="amina@example.org",
        at=now,
    )

    stranger = client.get("/en/").content.decode()
    client.force_login(administrator)
    secretary = client.get("/en/").content.decode()

    assert "National Forum" in stranger
    assert "/en/setup/" not in stranger
    assert "/en/editions/new/open/" not in stranger
    assert "/en/editions/new/open/" in secretary
