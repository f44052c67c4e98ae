"""The page of results, the box in every head, the API and the command."""

from __future__ import annotations

import json
import re
from datetime import datetime
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from montada.language.engine.text import LocalizedText
from montada.stocktaking import operations as stocktaking
from montada.stocktaking.engine.values import ProjectFacts
from tests.factories.stocktaking import SOURCE, a_project
from tests.language.test_index import BAD_QUERIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def projects(now: datetime) -> None:
    a_project("Zebra telecentres", at=now)
    a_project("Zebra schools", at=now, country_id="KEN", lines=["C3"], year=2020)
    arabic = LocalizedText.of("ar", "مراصد الحمار الوحشي")
    stocktaking.record_projects(
        facts=[ProjectFacts(source_url=SOURCE, title=arabic)], at=now
    )


def results(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'<li>\s*<a href="/\w\w/projects/([\w-]+)/"', page)


@pytest.mark.usefixtures("projects")
class TestPage:
    def test_results_say_why_and_mark_the_words(self, client: Client) -> None:
        page = client.get("/en/search/?q=zebras").content.decode()

        assert "<mark>Zebra</mark> telecentres" in page
        assert "Words: Zebra" in page
        assert "2 results" in page

    def test_filters_are_links_that_keep_the_query(self, client: Client) -> None:
        page = client.get("/en/search/?q=zebra").content.decode()
        links = re.findall(r'href="(\?q=zebra&amp;[^"]+)"', page)

        assert "?q=zebra&amp;country=KEN" in links
        address = "/en/search/?q=zebra&country=KEN"
        assert results(client, address) == ["zebra-schools-ken"]
        narrowed = client.get(address).content.decode()
        assert 'type="hidden" name="country" value="KEN"' in narrowed

    def test_arabic_words_are_marked_in_their_direction(self, client: Client) -> None:
        page = client.get(f"/ar/search/?q={quote('الحمار')}").content.decode()

        assert '<bdi lang="ar" dir="rtl">مراصد <mark>الحمار</mark> الوحشي</bdi>' in page

    def test_a_misspelt_word_is_put_right_by_a_link(self, client: Client) -> None:
        page = client.get("/en/search/?q=telecenters+zebra").content.decode()

        assert 'href="?q=telecentres+zebra"' in page

    def test_nothing_found_says_what_to_do(self, client: Client) -> None:
        page = client.get("/en/search/?q=xqzvw&country=KEN").content.decode()

        assert "Nothing was found for this." in page
        assert '<a href="?q=xqzvw">Remove all filters</a>' in page

    def test_a_page_that_is_not_there_is_not_found(self, client: Client) -> None:
        assert client.get("/en/search/?q=zebra&page=9").status_code == 404

    @pytest.mark.parametrize("facet", ["kind", "country", "year", "line", "goal"])
    def test_a_value_that_nobody_has_finds_nothing(
        self, client: Client, facet: str
    ) -> None:
        for value in ("none", "a b:c", "", "💥" * 50):
            address = f"/en/search/?q=zebra&{facet}={quote(value)}"
            assert client.get(address).status_code == 200

    def test_markup_in_a_query_stays_text(self, client: Client) -> None:
        page = client.get("/en/search/?q=%3Cscript%3Ealert(1)").content.decode()

        assert "<script>alert" not in page

    def test_it_is_kept_out_of_caches_and_search_engines(self, client: Client) -> None:
        for address in ("/en/search/?q=zebra", "/en/search/at-once/?q=zebra"):
            response = client.get(address)
            assert response.headers["Cache-Control"] == "private, no-store"
            assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert "ETag" not in response.headers

    def test_queries_do_not_fill_the_memory_of_pages(self, client: Client) -> None:
        memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        with override_settings(CACHES={"default": memory, "pages": memory}):
            assert "ETag" in client.get("/en/projects/").headers
            assert "ETag" not in client.get("/en/search/?q=zebra").headers


@pytest.mark.parametrize("text", BAD_QUERIES, ids=lambda text: repr(text[:12]))
def test_any_query_gets_a_page(client: Client, text: str) -> None:
    query = quote(text[:5_000].encode("utf-8", "surrogatepass"))

    assert client.get(f"/ar/search/?q={query}").status_code == 200


def test_the_first_page_explains_itself(client: Client) -> None:
    page = client.get("/en/search/").content.decode()

    assert "What are you looking for?" in page
    assert '<ol class="list"' not in page


def test_every_page_has_the_box_and_it_works_without_scripts(client: Client) -> None:
    page = client.get("/en/projects/").content.decode()

    assert 'action="/en/search/" role="search"' in page
    assert 'hx-get="/en/search/at-once/"' in page


@pytest.mark.usefixtures("projects")
def test_the_first_results_come_while_somebody_types(client: Client) -> None:
    page = client.get("/en/search/at-once/?q=zebra").content.decode()

    assert page.count("<li>") == 2
    assert "<html" not in page
    assert client.get("/en/search/at-once/?q=").content.decode().strip() == ""


@pytest.mark.usefixtures("projects")
def test_the_api_tells_the_same(client: Client) -> None:
    answer: Any = client.get("/api/v1/search?q=zebra&lang=en&kind=project&limit=1")
    (result,) = answer.json()["results"]

    assert set(result) == {"id", "kind", "title", "language", "url", "score", "why"}
    assert (result["kind"], result["why"]) == ("project", ["Words: Zebra"])
    assert client.get("/api/v1/search?q=zebra&limit=1000").status_code == 422


@pytest.mark.usefixtures("projects")
class TestCommand:
    def test_json_has_the_fields_that_programs_read(self) -> None:
        out = StringIO()
        call_command("search", "zebra", "--json", "--lang=en", "--limit=1", stdout=out)
        (result,) = json.loads(out.getvalue())["results"]

        assert set(result) == {"id", "kind", "title", "language", "url", "score", "why"}
        assert result["url"] == f"/en/projects/{result['id']}/"
        assert 0 < result["score"] <= 1

    def test_text_says_what_where_and_why(self) -> None:
        out = StringIO()
        call_command("search", "zebra", "--lang=en", "--kind=project", stdout=out)

        assert "Zebra schools" in out.getvalue()
        assert "Words: Zebra" in out.getvalue()

    def test_nonsense_finds_nothing(self) -> None:
        found = {}
        # One after the other, as the index is read once.
        for text in ("", "🙂", "\0", "\ud800", "xqzvw", "a" * 100_000):
            out = StringIO()
            call_command("search", text, "--json", stdout=out)
            found[text[:9]] = json.loads(out.getvalue())

        assert found == {text: {"results": []} for text in found}
        assert len(found) == 6
