"""`montada language`: an answer or a refusal for whatever it is given."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from montada.djangokit import reading


class _Input:
    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def _said(*args: Any, **options: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("language", *args, stdout=out, stderr=err, **options)
    return out.getvalue().strip(), err.getvalue().strip()


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(raw: bytes, *args: str) -> tuple[str, str]:
        monkeypatch.setattr("sys.stdin", _Input(raw))
        return _said(*args)

    return run


def test_a_file_is_answered_in_words(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(
        "\ufeffافتتح المنتدى العالمي أعماله في جنيف اليوم", encoding="utf-8"
    )
    assert _said(str(file)) == ("Arabic (1.00)", "")


def test_standard_input_is_answered_as_json(piped: Any) -> None:
    out, err = piped("Le forum s'ouvre ce matin à Genève".encode(), "--json")
    answer = json.loads(out)
    assert answer.keys() == {"language", "confidence"}
    assert answer["language"] == "fr"
    assert 0.9 < answer["confidence"] <= 1
    assert err == ""


def test_a_dash_is_standard_input(piped: Any) -> None:
    assert piped("Форум открывается сегодня".encode(), "-")[0].startswith("Russian (")


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", "😀".encode(), b"12", b"\0\0\0"])
def test_nothing_to_go_by_is_said(piped: Any, raw: bytes) -> None:
    assert json.loads(piped(raw, "--json")[0]) == {"language": "", "confidence": 0.0}
    assert piped(raw)[0] == "None of the six languages can be recognised."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("\u202bافتتح المنتدى\u202c في \u2066Geneva\u2069 اليوم", "ar"),
        ("<html><body><p>El foro abre sus puertas</p></body></html>", "es"),
        ("The\0forum\0opened this\0morning in Geneva", "en"),
        ("LE FORUM S'OUVRE CE MATIN À GENÈVE", "fr"),
        ("The fo rum op ened th is mor ning in Ge neva", "en"),
        ("3aleikum 7abibi, ana mish 3aref", ""),
        ("Die Sitzung wurde am Dienstag in Genf eröffnet", ""),
    ],
)
def test_texts_that_are_hard_to_read_get_a_sensible_answer(
    piped: Any, text: str, language: str
) -> None:
    assert json.loads(piped(text.encode(), "--json")[0])["language"] == language


def test_two_megabytes_and_more_are_answered_and_said_to_be_cut(piped: Any) -> None:
    out, err = piped(b"The forum opened this morning.\n\n" * 70_000)
    assert out.startswith("English (")
    assert err == "Only the first 2,000,000 characters were read."


@pytest.mark.parametrize(
    "raw",
    [b"\xff\xfeT\0h\0e\0", b"caf\xe9", "half \ud800".encode("utf-8", "surrogatepass")],
)
def test_bytes_that_are_not_utf_8_are_refused(piped: Any, raw: bytes) -> None:
    with pytest.raises(CommandError, match="The text is not UTF-8 "):
        piped(raw)


def test_the_byte_that_is_wrong_is_named(piped: Any) -> None:
    with pytest.raises(CommandError, match=r"\(byte 4 of it is not\)"):
        piped(b"caf\xe9")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        _said(str(tmp_path / "none.txt"))
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        _said(str(tmp_path))


def test_more_than_can_be_held_is_refused(
    piped: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 3_000_000)
    with pytest.raises(CommandError, match="larger than 3 MB"):
        piped(b"x" * 3_000_001)


def test_refusals_have_codes() -> None:
    assert {
        refusal.code
        for refusal in (
            reading.TextNotThere,
            reading.TextUnreadable,
            reading.TextTooLarge,
        )
    } == {
        "djangokit.text_not_there",
        "djangokit.text_unreadable",
        "djangokit.text_too_large",
    }
