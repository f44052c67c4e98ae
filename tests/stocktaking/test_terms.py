"""The translator's memory: terms of the glossary, titles done before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.text import LocalizedText, TextState
from montada.stocktaking.adapters.glossary import glossary
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.terms import Term, earlier_titles, terms_in
from montada.stocktaking.engine.translations import carried, with_translation

TERMS = [
    Term({"en": "digital divide", "ar": "الفجوة الرقمية"}),
    Term({"en": "digital", "ar": "رقمي"}),
    Term({"en": "media", "ar": "وسائط الإعلام"}),
    Term({"en": "theme", "ar": "شعار"}),
    Term({"en": "theme (topic)", "ar": "موضوع"}),
    Term({"en": "badge", "fr": "badge"}),
]


def found(text: str, language: str = "ar") -> list[tuple[str, tuple[str, ...]]]:
    terms = terms_in(text, TERMS, written_in="en", language=language)
    return [(one.term, one.translations) for one in terms]


def test_the_longest_term_counts_and_not_its_parts() -> None:
    assert found("Bridging the Digital Divides of a digital age") == [
        ("digital divide", ("الفجوة الرقمية",)),
        ("digital", ("رقمي",)),
    ]


def test_all_translations_of_a_term_are_offered_in_the_order_of_the_glossary() -> None:
    assert found("The theme, and again the THEMES") == [("theme", ("شعار", "موضوع"))]


def test_a_term_without_a_translation_says_nothing() -> None:
    assert found("badge") == []
    assert found("badge", "fr") == [("badge", ("badge",))]
    assert found("media", "zh") == []


def test_terms_are_met_in_arabic_whatever_is_written_onto_them() -> None:
    terms = terms_in("سد الفجوة الرقمية", TERMS, written_in="ar", language="en")

    assert [(one.term, one.translations) for one in terms] == [
        ("الفجوة الرقمية", ("digital divide",))
    ]


@given(st.text(max_size=300))
def test_no_text_breaks_the_memory(text: str) -> None:
    for language in ("en", "ar", "und", ""):
        assert isinstance(
            terms_in(text, glossary(), written_in=language, language="fr"), list
        )
    assert isinstance(earlier_titles(text, {"Village": "قرية"}), list)


def test_the_shipped_glossary_knows_the_words_of_the_forum() -> None:
    text = "E-government services for persons with disabilities in the Arab region"
    terms = terms_in(text, glossary(), written_in="en", language="ar")

    assert {one.term: one.translations[0] for one in terms} == {
        "e-government": "الحكومة الإلكترونية",
        "persons with disabilities": "الأشخاص ذوو الإعاقة",
        "Arab region": "المنطقة العربية",
    }


def test_like_titles_come_likest_first() -> None:
    done = {
        "Village telecentres": "مراكز الاتصال في القرى",
        "Village telecentres of Jordan": "مراكز الاتصال في قرى الأردن",
        "A map of stars": "خريطة النجوم",
    }

    assert [one.translation for one in earlier_titles("Village Telecentres", done)] == [
        "مراكز الاتصال في القرى",
        "مراكز الاتصال في قرى الأردن",
    ]
    assert earlier_titles("", done) == []


def test_translations_stay_as_long_as_the_original_does() -> None:
    title = LocalizedText.of("en", "Village")
    known = with_translation(title, "ar", "قرية", TextState.APPROVED, 7)
    before = ProjectRecord(title=known, summary=known)
    told = ProjectRecord(title=title, summary=LocalizedText.of("en", "Town"))

    after = carried(before, told)

    assert after.title == known
    assert after.summary.by_language == {"en": "Town"}
    assert carried(before, ProjectRecord()) == ProjectRecord()


def test_what_the_source_says_in_a_language_counts_more_than_what_was_there() -> None:
    before = ProjectRecord(title=LocalizedText.of("en", "Village", ar="قرية"))
    told = ProjectRecord(title=LocalizedText.of("en", "Village", ar="القرية"))

    assert carried(before, told) == told
