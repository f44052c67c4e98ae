"""The index: published, changed, withdrawn, never behind and never ahead."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from montada.audit.models import Entry
from montada.language import operations, queries, tasks
from montada.language.adapters import fulltext
from montada.language.engine.text import LocalizedText
from montada.language.engine.values import IndexedRecord
from montada.language.models import IndexedText, IndexedWord, TextVector

pytestmark = pytest.mark.django_db

BAD_QUERIES = [
    *("", " ", "🙂", '"', "'", '"a', "a*", "^a", "NEAR(a b)", "a AND", "OR", "NOT a"),
    *("title:a", "{a}", "a-b", "(", ")", "a\0b", "\0", "\ud800", "a\udfff", "%s", "%"),
    *("'; DROP TABLE x;--", "\u202e\u200f", "a" * 100_000, "ب " * 50_000, "<b>a</b>"),
    *("3aleikum", "ALL CAPITALS", "h e l l o", "日本語の本", "\n\t", "a\u0301" * 99),
]


def a_record(
    key: str = "1",
    title: str | LocalizedText = "Training of farmers",
    **values: Any,
) -> IndexedRecord:
    words = LocalizedText.of("en", title) if isinstance(title, str) else title
    return IndexedRecord(kind="test", key=key, title=words, **values)


def found(text: str, reader: str = "en", **choice: list[str]) -> list[str]:
    """Return the keys of the test's own records that a search finds, best first."""
    query = queries.Query(text, reader, {"kind": ["test"], **choice})
    hits = queries.find(query).hits
    rows = queries.wordings_of(hits)
    return [rows[hit.text_id][0].key for hit in hits]


class TestPublishing:
    def test_what_is_published_is_found_by_its_words(self) -> None:
        operations.publish(texts=[a_record("1"), a_record("2", "Open data")])

        assert found("farmer") == ["1"]
        assert found("data") == ["2"]

    def test_what_changes_is_found_as_it_is_now(self) -> None:
        operations.publish(texts=[a_record()])
        operations.publish(texts=[a_record(title="Village telecentres")])

        assert found("farmers") == []
        assert found("telecentre") == ["1"]

    def test_what_is_withdrawn_is_found_no_longer(self) -> None:
        operations.publish(texts=[a_record("1"), a_record("2")])

        assert operations.withdraw(kind="test", keys=["1", "none"]) == 1
        assert found("farmers") == ["2"]

    def test_what_is_taken_back_was_never_there(self) -> None:
        operations.publish(texts=[a_record("1")])
        with transaction.atomic():
            operations.publish(texts=[a_record("2"), a_record("1", "Open data")])
            assert sorted(found("farmers data")) == ["1", "2"]
            transaction.set_rollback(True)

        assert found("farmers") == ["1"]
        assert found("data") == []

    def test_a_record_has_a_row_for_each_language_and_is_found_once(self) -> None:
        title = LocalizedText.of("en", "Internet for all", fr="Internet pour tous")
        operations.publish(texts=[a_record(title=title)])

        assert IndexedText.objects.filter(kind="test").count() == 2
        assert found("internet") == ["1"]
        operations.publish(texts=[a_record(title=LocalizedText.of("fr", "Tous"))])
        assert [row.language for row in IndexedText.objects.filter(kind="test")] == [
            "fr"
        ]

    def test_publishing_the_same_again_changes_nothing(self) -> None:
        operations.publish(texts=[a_record()])
        before = IndexedText.objects.filter(kind="test").values_list("pk").get()

        assert operations.publish(texts=[a_record()]) == 0
        assert IndexedText.objects.filter(kind="test").values_list("pk").get() == before

    def test_of_one_that_comes_twice_the_last_counts(self) -> None:
        operations.publish(texts=[a_record(), a_record(title="Open data")])

        assert found("data") == ["1"]
        assert found("farmers") == []

    @pytest.mark.parametrize("title", ["", "  ", "\0", "<p></p>"])
    def test_a_record_without_a_title_is_found_nowhere(self, title: str) -> None:
        operations.publish(texts=[a_record()])
        operations.publish(texts=[a_record(title=title)])

        assert not IndexedText.objects.filter(kind="test").exists()

    def test_a_title_of_no_known_language_is_read_as_what_it_looks_like(self) -> None:
        operations.publish(
            texts=[a_record(title=LocalizedText.of("und", "Universidad de La Punta"))]
        )

        assert found("universidades", "es") == ["1"]

    def test_a_hundred_thousand_characters_are_published_in_part(self) -> None:
        operations.publish(
            texts=[a_record(body=LocalizedText.of("en", "seed " * 20_000 + "harvest"))]
        )

        assert found("seed") == ["1"]
        assert found("harvest") == []

    @pytest.mark.parametrize("n", [1, 3])
    def test_statements_do_not_grow_with_records(
        self, n: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        records = [a_record(str(i), f"Farmers {i}") for i in range(n)]
        operations.publish(texts=[a_record("other")])
        # What was published, rows, words, the stamp; savepoints.
        with django_assert_num_queries(6):
            operations.publish(texts=records)


class TestSearching:
    @pytest.mark.parametrize("text", BAD_QUERIES, ids=lambda text: repr(text[:12]))
    def test_any_query_is_answered(self, text: str) -> None:
        operations.publish(texts=[a_record()])
        answer = queries.find(queries.Query(text, "ar", {"kind": ["test"]}))

        assert len(answer.hits) <= 1

    def test_arabic_is_found_however_it_is_written(self) -> None:
        title = LocalizedText.of("ar", "تدريب المزارعين على التقنيات")
        operations.publish(texts=[a_record(title=title)])

        for text in ("مزارعين", "والمزارعين", "المُزارِعين", "تـدريب"):
            assert found(text, "ar") == ["1"]

    def test_chinese_is_found_by_parts_of_words(self) -> None:
        operations.publish(
            texts=[a_record(title=LocalizedText.of("zh", "远程医疗服务"))]
        )

        assert found("医疗", "zh") == ["1"]

    def test_a_misspelt_word_finds_the_right_one_and_says_so(self) -> None:
        operations.publish(texts=[a_record(title="E-government portal")])
        answer = queries.find(queries.Query("goverment", "en", {"kind": ["test"]}))

        assert [n.text for hit in answer.hits for n in hit.near] == ["government"]

    @pytest.mark.parametrize("text", ["Cairo", "Le Caire", "القاهرة", "Каир", "开罗"])
    def test_a_city_is_found_under_its_other_names(self, text: str) -> None:
        operations.publish(
            texts=[
                a_record("en", "Cairo University"),
                a_record("ar", title=LocalizedText.of("ar", "جامعة القاهرة")),
            ]
        )

        assert sorted(found(text)) == ["ar", "en"]

    def test_a_name_is_found_in_another_script(self) -> None:
        title = LocalizedText.of("ar", "بلدية الخرطوم")
        operations.publish(texts=[a_record(title=title)])

        assert found("Khartoum") == ["1"]

    def test_a_long_query_is_asked_by_its_rarest_terms(self) -> None:
        common = "amber birch cedar delta ember flint grove haven"
        operations.publish(
            texts=[
                *(a_record(str(n), common) for n in range(9)),
                a_record("z", "zebra"),
            ]
        )
        terms = [*common.split(), "zebra", "unheard"]
        asked = fulltext.asked(terms, "en", n_texts=1_000)

        assert len(asked.weights) == fulltext.MOST_TERMS
        assert next(iter(asked.weights)) == "zebra"
        assert found(" ".join(terms * 3))[-1] == "z"

    def test_what_is_chosen_narrows_and_is_counted(self) -> None:
        for key, country in (("1", "EGY"), ("2", "SAU")):
            operations.publish(texts=[a_record(key, facets={"country": (country,)})])
        answer = queries.find(queries.Query("farmers", "en", {"kind": ["test"]}))

        assert answer.counts["country"] == {"EGY": 1, "SAU": 1}
        assert found("farmers", country=["SAU"]) == ["2"]
        assert found("farmers", country=["TUV"]) == []

    def test_words_count_only_in_the_language_of_the_query(self) -> None:
        title = LocalizedText.of("fr", "Internet pour tous les enfants")
        operations.publish(texts=[a_record(title=title)])

        assert found("internet for the people", "en") == []
        assert found("internet pour les gens", "fr") == ["1"]


@pytest.mark.parametrize(
    ("text", "reader", "language"),
    [
        ("Cairo", "en", "en"),
        ("Cairo", "fr", "fr"),
        ("Cairo", "ar", "en"),
        ("تدريب", "en", "ar"),
        ("远程医疗", "ar", "zh"),
        ("Москва", "en", "ru"),
        ("la protección de los niños en Internet", "en", "es"),
        ("123", "ar", "ar"),
        ("", "fr", "fr"),
    ],
)
def test_the_language_a_query_is_read_in(text: str, reader: str, language: str) -> None:
    if text != "Cairo" or reader != "ar":
        assert queries.language_of_query(text, reader) == language
    else:
        # A Latin word of an Arabic reader: whichever Latin language it looks like.
        assert queries.language_of_query(text, reader) in {"en", "fr", "es"}


class TestMeaning:
    def test_texts_are_found_across_languages_once_they_are_encoded(self) -> None:
        operations.publish(
            texts=[
                a_record("farmers", "Training for farmers in villages"),
                a_record("law", "Remote litigation before courts"),
            ]
        )
        own = IndexedText.objects.filter(kind="test")
        IndexedText.objects.exclude(kind="test").delete()
        assert found("تدريب المزارعين", "ar") == []

        done = operations.embed_waiting(keep_going=lambda: True)

        assert (done.n_done, done.n_waiting) == (own.count(), 0)
        assert found("تدريب المزارعين", "ar") == ["farmers"]

    def test_the_same_text_is_encoded_once_and_a_stop_is_obeyed(self) -> None:
        IndexedText.objects.all().delete()
        operations.publish(texts=[a_record("1"), a_record("2")])

        assert operations.embed_waiting(keep_going=lambda: False).n_done == 0
        assert operations.embed_waiting(keep_going=lambda: True).n_done == 1
        assert TextVector.objects.count() == 1
        operations.publish(texts=[a_record("3")])
        assert queries.n_waiting_texts() == 0

    def test_pages_are_made_anew_once_nothing_waits_any_more(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tasks, "TEXTS_A_TASK", 1)
        IndexedText.objects.all().delete()
        operations.publish(texts=[a_record("1"), a_record("2", "Another title")])
        said = Entry.objects.filter(action="language.texts_encoded")
        counts = []
        for _task in range(3):
            tasks.embed_texts.func()
            counts.append(said.count())

        assert counts == [0, 1, 1]

    def test_a_text_without_a_word_waits_for_nothing(self) -> None:
        IndexedText.objects.all().delete()
        operations.publish(texts=[a_record(title="…")])
        operations.embed_waiting(keep_going=lambda: True)

        assert queries.n_waiting_texts() == 0
        assert found("farmers") == []

    def test_a_name_is_not_encoded(self) -> None:
        IndexedText.objects.all().delete()
        operations.publish(texts=[a_record(is_name_only=True)])

        assert queries.n_waiting_texts() == 0


def test_words_of_titles_are_remembered_once() -> None:
    operations.publish(texts=[a_record("1"), a_record("2", "Farmers, farmers")])

    assert IndexedWord.objects.filter(language="en", text="farmers").count() == 1


def test_the_index_can_be_made_twice_and_taken_away() -> None:
    operations.publish(texts=[a_record()])
    with connection.cursor() as cursor:
        fulltext.create(cursor, connection.vendor)
        assert found("farmers") == ["1"]
        fulltext.drop(cursor, connection.vendor)
        fulltext.create(cursor, connection.vendor)
    assert found("farmers") == []
