"""The arrays as shipped, on texts in six languages that nobody trained with."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from montada.framework.adapters import label_arrays
from montada.framework.engine.values import Suggestions
from montada.framework.queries import suggested_labels

TELEMEDICINE = {
    "ar": "يستشير أطباء القرى زملاءهم في العاصمة عبر شاشة فيديو قبل علاج المرضى.",
    "en": "Village doctors consult colleagues in the capital by video about patients.",
    "es": "Los médicos de los pueblos consultan por vídeo a colegas de la capital.",
    "fr": "Les médecins des villages consultent par vidéo leurs confrères en ville.",
    "ru": "Сельские врачи советуются по видео с больницей о лечении пациентов.",
    "zh": "乡村医生通过视频与省城医院的同行讨论患者的治疗方案。",
}
NOTHING = (
    "The referee showed a red card and the visitors lost by two goals to one.",
    "خسر المنتخب المباراة النهائية بهدفين بعد طرد الحارس في الشوط الأول.",
    "La tarte aux pommes cuit quarante minutes à four chaud.",
    "qpwo eiru tyal skdj fhgz mxnc bv",
    "ok",
    "🎉🎉",
    "SDG 1 2 3 4 5 6 7 8 9 10",
    "We contribute to SDG 1, SDG 2, SDG 3, SDG 4, SDG 5, SDG 6 and SDG 7.",
)


def codes(found: Suggestions) -> set[str]:
    return {label.code for label in (*found.action_lines, *found.goals)}


@pytest.mark.parametrize("language", sorted(TELEMEDICINE))
def test_one_project_has_the_same_labels_in_six_languages(language: str) -> None:
    found = suggested_labels(TELEMEDICINE[language])

    assert found.language == language
    assert found.action_lines[0].code == "C7-ehealth"
    assert found.goals[0].code == "3"


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_about_something_else_has_no_label(text: str) -> None:
    assert codes(suggested_labels(text)) == set()


def test_a_text_on_two_subjects_has_the_labels_of_both() -> None:
    text = (
        "Farmers receive prices of vegetables and warnings of pests by text message. "
        "In the evening the same centre trains women and pupils in computer skills."
    )
    found = suggested_labels(text)

    assert {"C7-eagri", "C4"} <= codes(found)
    assert {"2", "4"} <= codes(found)


def test_evidence_tells_the_sentences_of_each_label_apart() -> None:
    text = (
        "الري الذكي يوفر المياه للمزارعين ويزيد المحاصيل. "
        "ويتعلم التلاميذ في المدرسة عبر منصة إلكترونية."
    )
    found = {label.code: label.evidence for label in suggested_labels(text).goals}

    assert found["2"][0].text == text[:48].rstrip()
    assert found["4"][0].text == text[49:].strip()
    assert "المزارعين" not in {words.text for words in found["4"]}


def test_capitals_change_nothing_but_the_letters() -> None:
    text = "Telemedicine for rural clinics"

    assert codes(suggested_labels(text.upper())) == codes(suggested_labels(text))


def test_the_same_text_has_the_same_answer() -> None:
    assert suggested_labels(TELEMEDICINE["fr"]) == suggested_labels(TELEMEDICINE["fr"])


def test_a_language_outside_the_six_suggests_nothing() -> None:
    found = suggested_labels("Landärzte beraten sich per Video mit der Klinik.")

    assert (found.language, codes(found)) == ("", set())


def test_two_million_characters_are_answered() -> None:
    text = "Nurses in island clinics examine patients by video. " * 40_000

    assert "C7-ehealth" in codes(suggested_labels(text))


def test_arrays_written_again_are_the_same_file(tmp_path: Path) -> None:
    model = label_arrays.shipped()
    name = label_arrays.write_model(model, tmp_path / "again.npz")

    assert name == model.name
    assert label_arrays.read_model(tmp_path / "again.npz").name == model.name
    assert (tmp_path / "again.npz").read_bytes() == label_arrays.FILE.read_bytes()


def test_the_arrays_are_small_and_hold_no_text() -> None:
    assert label_arrays.FILE.stat().st_size < 4_000_000
    assert not [
        term for term in label_arrays.shipped().vocabulary.places if " " in term
    ]


def classify(text: str, tmp_path: Path, *args: str) -> str:
    file, out = tmp_path / "text.txt", io.StringIO()
    file.write_text(text, encoding="utf-8")
    call_command("classify", str(file), *args, stdout=out)
    return out.getvalue()


def test_classify_answers_in_json(tmp_path: Path) -> None:
    answer: dict[str, Any] = json.loads(
        classify(TELEMEDICINE["fr"], tmp_path, "--json")
    )
    found = suggested_labels(TELEMEDICINE["fr"])

    assert set(answer) == {"language", "action_lines", "goals"}
    assert answer["language"] == "fr"
    assert answer["goals"] == [
        {
            "code": label.code,
            "score": label.score,
            "evidence": [words.text for words in label.evidence],
        }
        for label in found.goals
    ]


def test_classify_answers_in_words(tmp_path: Path) -> None:
    lines = classify(TELEMEDICINE["en"], tmp_path).splitlines()

    assert lines[0] == "English"
    assert lines[3].split()[0] == "C7-ehealth"


def test_classify_says_that_nothing_was_found(tmp_path: Path) -> None:
    assert classify("", tmp_path).splitlines() == [
        "None of the six languages can be recognised.",
        "",
        "Action lines",
        "  Nothing in the text speaks for any.",
        "",
        "Goals",
        "  Nothing in the text speaks for any.",
    ]


def test_training_without_its_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="digital_public_goods"):
        call_command("train-labels", data=tmp_path, output=tmp_path / "labels.npz")

    assert not (tmp_path / "labels.npz").exists()
