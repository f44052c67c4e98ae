"""Sentences end where a reader says they end, in six languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.sentences import LONGEST, sentences
from montada.language.engine.text import LANGUAGES

# One text a row; "|" stands where a sentence ends and the next begins.
TRAPS = {
    "ar": [
        "عقد المنتدى في جنيف. | حضره ألف مشارك. | ماذا بعد؟ | لا نعرف!",
        "التقى د. أحمد زكي بالسيدة أ. سلمى. | ثم غادرا.",
        "وصلت النسبة إلى 3.5 في المائة؛ وهي في ازدياد. | هذا جيد.",
        "قال: «انتهى العمل.» | ثم خرج.",
        "أقيم المؤتمر سنة 2003 م. | وتلاه مؤتمر تونس سنة 2005 م.",
        "تشمل الخدمات الصحة والتعليم والزراعة إلخ. | وتبقى تحديات كثيرة.",
        "انتهت الجلسة.|وبدأت جلسة أخرى.",
        "هل نجح المشروع؟|نعم بالتأكيد.",
        "1. بناء القدرات. | 2. النفاذ إلى المعلومات.",
        "صندوق البريد ص. ب. 1234 جنيف. | الهاتف معروف.",
        "حضر أ.د. محمد علي الجلسة. | شكرا له.",
        "لكن… لا أحد يعرف السبب. | ربما غدا.",
    ],
    "en": [
        "Dr. Amal met Mr. Li at 3.30 p.m. in Room B. | They agreed.",
        "The U.N. Secretary-General spoke. | We left the U.N. | The room was full.",
        "It grew by 3.5 per cent, i.e. more than before. | Good.",
        "See para. 12 and fig. 3 of vol. II. | The answer is no. | We go on.",
        '"Stop!" he said. | "Why?" | She left.',
        "Well... maybe not. | And then... | Nothing happened.",
        "1. Build capacity. | 2. Provide access. | 2.1. In schools.",
        "It closed in 2015. | 193 countries took part. | Visit www.itu.int/wsis today.",
        "Schools, clinics, etc. are connected. | Libraries, etc. | The rest is not.",
        "J. R. Smith et al. found it (see e.g. Jones). | Really?! | Yes.",
        "Use version 2.0.1 or e-mail a.b@example.org. | Done.",
        "This is cited.[12] | Next one.",
    ],
    "fr": [
        "M. Dupont et Mme. Leroy sont venus. | Ils ont signé l'art. 5.",
        "Que faire ? | Rien ! | Voir p. ex. le chap. 3.",
        "« C'est fini. » | Il est parti. | Le taux est de 3,5 % env. par an.",
        "Écoles, hôpitaux, etc. | Les villages attendent.",
    ],
    "es": [
        "El Sr. Pérez viajó a EE. UU. en mayo. | ¿Volvió? | ¡Claro que sí!",
        "Dijo que no. | Después se fue a los EE. UU. | La Dra. Ruiz se quedó.",
        "Véase el art. 4, pág. 7 y núm. 3. | Fin.",
        "—¿Qué quieres? —preguntó. | Nada.",
    ],
    "ru": [
        "В 2015 г. в Женеве прошёл форум. | Он длился 5 дней.",
        "Услуги, т.е. связь, почта и др. доступны всем. | Это важно.",
        "Форум открылся в 2003 г. | Участники приехали из г. Москвы и др. городов.",
        "А. С. Пушкин жил в г. Москве. | Потом уехал.",
        "Доступ имеют 3,5 млн. человек. | См. рис. 4 и гл. IV. | Что дальше?",
        "Школы, больницы и т.д. | Они ждут связи.",
    ],
    "zh": [
        "今天开会。|你来吗?|当然!|好的。",
        "他说:“我们成功了。”|大家都很高兴!|增长率为3.5%,很好。",
        "第一,能力建设;第二,信息获取。|还有……很多工作。",
        "WSIS论坛于2003年举行。|ITU是主办方。",
    ],
}


@pytest.mark.parametrize(
    ("language", "marked"),
    [(language, marked) for language, rows in TRAPS.items() for marked in rows],
)
def test_a_sentence_ends_where_a_reader_says(language: str, marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    found = sentences(marked.replace("|", ""), language)
    assert [sentence.text for sentence in found] == expected


def test_every_line_and_list_item_stands_alone() -> None:
    text = "Achievements\n • more schools\n • more clinics\r\nNext • one • two"
    assert [s.text for s in sentences(text, "en")] == [
        "Achievements",
        "• more schools",
        "• more clinics",
        "Next",
        "• one",
        "• two",
    ]


def test_a_stop_without_space_ends_an_arabic_sentence_behind_a_whole_word() -> None:
    assert [s.text for s in sentences("انتهى العمل.وبدأ غيره", "ar")] == [
        "انتهى العمل.",
        "وبدأ غيره",
    ]
    assert len(sentences("السيد د.محمد هنا", "ar")) == 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028"])
def test_no_words_are_no_sentences(text: str) -> None:
    assert sentences(text, "en") == []


def test_an_unknown_language_takes_the_abbreviations_of_all() -> None:
    assert [s.text for s in sentences("Dr. Li came. He left.", "")] == [
        "Dr. Li came.",
        "He left.",
    ]


def test_what_runs_on_is_cut_at_a_comma_then_a_space_then_anywhere() -> None:
    with_commas = "one two, three " * 200
    parts = sentences(with_commas, "en")
    assert {part.text[-1] for part in parts[:-1]} == {","}
    assert max(len(s.text) for s in parts) <= LONGEST
    assert {s.text for s in sentences("x" * LONGEST * 3, "en")} == {"x" * LONGEST}
    words = sentences("word " * 1000, "en")
    assert {word for s in words for word in s.text.split()} == {"word"}


TOKENS = ". ! ؟ 。 … Dr د г 1 U.N The goes وبدأ “ ” ( )"
any_text = st.text(max_size=200) | st.lists(
    st.sampled_from([*TOKENS.split(), ". ", "? ", "\n", " ", ", ", "• ", "x" * 400]),
    max_size=40,
).map("".join)


@given(any_text, st.sampled_from([*LANGUAGES, "", "xx"]))
def test_only_spaces_are_lost_and_every_place_is_right(text: str, tag: str) -> None:
    found = sentences(text, tag)
    place = 0
    for sentence in found:
        assert not text[place : sentence.start].strip()
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text == sentence.text.strip() != ""
        assert len(sentence.text) <= LONGEST
        place = sentence.end
    assert not text[place:].strip()


@pytest.mark.parametrize(
    "piece", ["a. ", "A. ", ".", "! ", " ", "\n", "1. ", "“", ". “", "e.g. ", "• "]
)
def test_any_repetition_takes_time_in_proportion(piece: str) -> None:
    began = time.process_time()
    sentences(piece * (200_000 // len(piece)), "en")
    assert time.process_time() - began < 3


def test_two_megabytes_of_one_word_take_seconds() -> None:
    began = time.process_time()
    assert len(sentences("x" * 2_000_000, "en")) == 2_000_000 // LONGEST
    assert time.process_time() - began < 10
